import { compareReleases, minorOf, type ReleaseTag } from '../model/version.ts'

/**
 * The release to go to next: the newest patch release of the next minor there is, else of the same minor. Patch releases may be
 * skipped, minors may not (Kubespray's own rule for upgrades). `undefined` where the base is the newest.
 */
export function nextRelease(from: ReleaseTag, releases: Iterable<ReleaseTag>): ReleaseTag | undefined {
  const later = [...releases].filter((each) => compareReleases(each, from) > 0).sort(compareReleases)
  const minor = later.map(minorOf).find((each) => each !== minorOf(from)) ?? minorOf(from)
  return later.findLast((each) => minorOf(each) === minor)
}

/** Every release to stop at on the way up to the newest, nearest first. */
export function releasesAhead(from: ReleaseTag, releases: Iterable<ReleaseTag>): readonly ReleaseTag[] {
  const all = [...releases]
  const route: ReleaseTag[] = []
  for (let at = nextRelease(from, all); at; at = nextRelease(at, all)) route.push(at)
  return route
}
