import type { Oid } from '../../../core/model/oid.ts'
import type { Commit } from '../../../core/model/commit.ts'
import { compareReleases, type ReleaseTag } from '../../../core/model/release-tag.ts'
import type { History, ObjectReader } from '../../../ports/object-store.ts'

/**
 * The newest release, by version, that a commit contains. A minor's first release counts as well where the commit lacks nothing of it but
 * the tagged commit itself: the branch of its patch releases can start one commit before it, as upstream's for v2.8 and v2.17 do.
 */
export async function newestContained(
  store: ObjectReader & History,
  commit: Oid,
  releases: ReadonlyMap<ReleaseTag, Oid>,
): Promise<ReleaseTag | undefined> {
  const newestFirst = [...releases].sort(([a], [b]) => compareReleases(b, a))
  const exact = newestFirst.find(([, oid]) => oid === commit)
  if (exact) return exact[0]
  const commits = await store.readCommits([commit, ...releases.values()])
  const time = (commits.get(commit) as { committer: { time: number } }).committer.time
  for (const [tag, oid] of newestFirst) {
    // A commit made later cannot be contained; a day is spared for clocks that were wrong.
    if ((commits.get(oid)?.committer.time ?? 0) > time + 86_400) continue
    const shared = await store.mergeBase(oid, commit)
    if (
      shared === oid ||
      (isFirstOfMinor(tag) && shared !== commit && isRightBelow(shared, commits.get(oid)))
    )
      return tag
  }
  return undefined
}

/** A patch release one commit above what both have is another matter: the fix that it was made for is what the commit lacks. */
function isFirstOfMinor(tag: ReleaseTag): boolean {
  return tag.endsWith('.0')
}

function isRightBelow(shared: Oid | undefined, release: Commit | undefined): boolean {
  return shared !== undefined && release?.parents.length === 1 && release.parents[0] === shared
}
