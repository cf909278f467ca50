import type { LayoutFacts } from '../../../core/layout/layout-choice.ts'
import type { Gitlink, LayoutPlaces } from '../../../core/layout/layout.ts'
import type { Oid } from '../../../core/model/oid.ts'
import type { ReleaseTag } from '../../../core/model/release-tag.ts'
import type { History, ObjectReader } from '../../../ports/object-store.ts'
import { newestContained } from './newest-contained.ts'

/** What is known of upstream's history. */
interface Upstream {
  readonly releases: ReadonlyMap<ReleaseTag, Oid>
  readonly upstreamTips: readonly Oid[]
  readonly hasUpstreamHeads: boolean
}

type UpstreamCommit = ReturnType<LayoutFacts['releaseOf']>

/** Which commits that the repository names are upstream's, and the newest release that each of them contains. */
export async function upstreamCommits(
  store: ObjectReader & History,
  upstream: Upstream,
  { gitlinks, pins }: LayoutPlaces,
): Promise<ReadonlyMap<Oid, UpstreamCommit>> {
  const named = [
    ...gitlinks.map(({ commit }) => commit),
    ...pins.flatMap(({ says }) => (says.kind === 'commit' ? [says.commit] : [])),
  ]
  const found = new Map<Oid, UpstreamCommit>()
  for (const commit of new Set(named)) {
    const at = await upstreamCommit(store, upstream, commit)
    const link = gitlinks.find((each) => each.commit === commit)
    found.set(commit, at === 'unknown' && isAnothers(link) ? 'not-upstream' : at)
  }
  return found
}

/** What comes from another place than upstream, at a commit that upstream does not have, is of that place. */
function isAnothers(link: Gitlink | undefined): boolean {
  return link?.url !== undefined && !/kubernetes-(?:sigs|incubator)\/(?:kubespray|kargo)/i.test(link.url)
}

/** A commit that upstream's server knows may be of a fork of it: only what its own refs reach is upstream's. */
async function upstreamCommit(
  store: ObjectReader & History,
  { releases, upstreamTips, hasUpstreamHeads }: Upstream,
  commit: Oid,
): Promise<UpstreamCommit> {
  const tag = [...releases].find(([, oid]) => oid === commit)?.[0]
  if (tag !== undefined) return { release: tag, exact: true }
  if ((await store.resolve(commit))?.type !== 'commit') return 'unknown'
  const own = await store.log({ to: commit, not: upstreamTips })
  if (own.length > 0) return hasUpstreamHeads ? 'not-upstream' : 'unknown'
  const release = await newestContained(store, commit, releases)
  return release === undefined ? 'unknown' : { release, exact: false }
}
