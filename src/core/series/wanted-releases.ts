import { compareReleases, minorOf, type ReleaseTag } from '../model/release-tag.ts'

/**
 * The releases to plan with where people skipped some: neither those, nor older patch releases of their minors, which would be
 * a step back from what they turned down. What the fork stands on stays known.
 */
export function wantedReleases<T>(
  releases: ReadonlyMap<ReleaseTag, T>,
  { base, skipped }: { readonly base: ReleaseTag; readonly skipped: readonly ReleaseTag[] },
): ReadonlyMap<ReleaseTag, T> {
  const isUnwanted = (tag: ReleaseTag): boolean =>
    tag !== base && skipped.some((each) => minorOf(each) === minorOf(tag) && compareReleases(tag, each) <= 0)
  return new Map([...releases].filter(([tag]) => compareReleases(tag, base) < 0 || !isUnwanted(tag)))
}
