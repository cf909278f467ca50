import type { Oid } from '../../../core/model/oid.ts'
import { compareReleases, type ReleaseTag } from '../../../core/model/release-tag.ts'
import type { History, ObjectReader } from '../../../ports/object-store.ts'

/** The newest release, by version, that a commit contains. */
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
    if ((await store.mergeBase(oid, commit)) === oid) return tag
  }
  return undefined
}
