import { compareReleases, minorOf, type ReleaseTag } from '../model/release-tag.ts'

/**
 * The release to go to next: the newest patch release of the next minor there is, else of the same minor. Patch releases may be
 * skipped, minors may not (Kubespray's own rule for upgrades). `undefined` where the base is the newest.
 */
export function nextRelease(from: ReleaseTag, releases: Iterable<ReleaseTag>): ReleaseTag | undefined {
  const later = [...releases].filter((each) => compareReleases(each, from) > 0).sort(compareReleases)
  const minor = later.map(minorOf).find((each) => each !== minorOf(from)) ?? minorOf(from)
  return later.findLast((each) => minorOf(each) === minor)
}
