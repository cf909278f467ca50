import type { LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import { compareReleases, type ReleaseTag } from '../../core/model/release-tag.ts'
import { boundaryOf } from '../../core/series/mainline.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'

/** What is known to be upstream's. */
export interface UpstreamRefs {
  readonly releases: ReadonlyMap<ReleaseTag, Oid>
  readonly upstreamTips: readonly Oid[]
}

/** The commits of a branch that are its own, and upstream's refs without tags that turned out to be the fork's. */
interface OwnWork extends UpstreamRefs {
  /** Children first. */
  readonly own: readonly LoggedCommit[]
}

/**
 * Reads a branch's own commits. A fork may tag its own states `v1.4.2`, which look like releases and would hide everything below
 * them; such a tag is told by what it contains.
 */
export async function readOwn(
  store: ObjectReader & History,
  refs: UpstreamRefs,
  head: Oid,
): Promise<OwnWork> {
  const own = await store.log({ to: head, not: refs.upstreamTips })
  const boundary = boundaryOf(new Map(own.map((commit) => [commit.oid, commit])), head)
  const foreign = await findForkTag(store, refs.releases, boundary)
  if (foreign === undefined) return { ...refs, own }
  const commit = refs.releases.get(foreign)
  const rest = {
    releases: new Map([...refs.releases].filter(([tag]) => tag !== foreign)),
    upstreamTips: refs.upstreamTips.filter((tip) => tip !== commit),
  }
  return readOwn(store, rest, head)
}

/** A tag among these commits that contains a release of a higher version, which no release of upstream ever does. */
async function findForkTag(
  store: ObjectReader & History,
  releases: ReadonlyMap<ReleaseTag, Oid>,
  boundary: readonly Oid[],
): Promise<ReleaseTag | undefined> {
  const tagged = [...releases].filter(([, commit]) => boundary.includes(commit))
  if (tagged.length === 0) return undefined
  const commits = await store.readCommits([...releases.values()])
  const time = (oid: Oid): number => commits.get(oid)?.committer.time ?? 0
  for (const [tag, commit] of tagged) {
    for (const [other, older] of releases) {
      const isHigher = compareReleases(other, tag) > 0 && older !== commit && time(older) <= time(commit)
      if (isHigher && (await store.mergeBase(older, commit)) === older) return tag
    }
  }
  return undefined
}
