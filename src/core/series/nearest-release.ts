import { nearest } from '../model/nearest.ts'
import { compareVersions, minorOf, type ReleaseTag } from '../model/release-tag.ts'

/**
 * The release that was probably meant: of a number, the last one of its minor, else the one before it; of anything else, the
 * newest whose name is near, else the newest. The releases are in order.
 */
export function nearestRelease(written: string, releases: readonly ReleaseTag[]): ReleaseTag | undefined {
  const newest = releases.at(-1)
  if (!/^v?\d+\.\d+(?:\.\d+)?$/.test(written)) {
    return (nearest(written, releases.toReversed()) as ReleaseTag | undefined) ?? newest
  }
  const ofMinor = releases.findLast((tag) => minorOf(tag) === minorOf(written))
  return ofMinor ?? releases.findLast((tag) => compareVersions(tag, written) < 0) ?? releases[0]
}
