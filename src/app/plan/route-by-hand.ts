import type { Architecture } from '../../core/model/architecture.ts'
import { nearest } from '../../core/model/nearest.ts'
import { Refusal } from '../../core/model/problem.ts'
import { releaseReport, type ReleaseReport } from '../../core/catalogue/release-report.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Route } from '../../core/plan/step.ts'
import type { ObjectReader, Refs } from '../../ports/object-store.ts'
import type { ValueCache } from '../../ports/value-cache.ts'
import { loadCatalogue } from './load-catalogue.ts'
import { cacheOfRun } from './catalogue-of-tree.ts'
import { routeFrom } from './route-from.ts'
import { settleOffers } from '../audit/read-witnesses.ts'
import { findRelease, readReleases } from '../repository/read-repository.ts'
import { treeOfCommit } from './tree-of-commit.ts'

/** A state given by hand, everything as a person writes it. */
interface HandRequest {
  readonly from: string
  readonly kubernetes: string
  readonly architectures: readonly Architecture[]
  readonly containerManager?: string
  readonly to?: string
  readonly cache?: ValueCache
}

/** The route for a state without a fork, over upstream's releases. */
export async function routeByHand(objects: ObjectReader & Refs, request: HandRequest): Promise<Route> {
  const releases = await readReleases(objects)
  const from = findRelease({ releases }, request.from)
  const target = request.to === undefined ? undefined : findRelease({ releases }, request.to).tag
  const store = { objects, cache: cacheOfRun(request.cache) }
  const { containerManager, architectures, kubernetes } = request
  if (containerManager !== undefined)
    refuseUnknownManager(
      containerManager,
      await loadCatalogue(store, await treeOfCommit(objects, from.commit)),
    )
  return routeFrom(store, {
    releases,
    from: { release: from.tag, kubernetes },
    architectures,
    containerManager,
    target,
  })
}

/** What one release holds. */
export async function releaseByHand(
  objects: ObjectReader & Refs,
  { tag: written, cache }: { readonly tag: string; readonly cache?: ValueCache },
): Promise<ReleaseReport> {
  const releases = await readReleases(objects)
  const { tag, commit } = findRelease({ releases }, written)
  const store = { objects, cache: cacheOfRun(cache) }
  const catalogue = await loadCatalogue(store, await treeOfCommit(objects, commit))
  const settled = await settleOffers(store, new Map([[tag, catalogue]]), releases)
  return releaseReport(tag, commit, settled.get(tag) ?? catalogue)
}

function refuseUnknownManager(name: string, { containerManager }: Catalogue): void {
  const { allowed } = containerManager
  if (allowed.length === 0 || allowed.includes(name)) return
  const meant = nearest(name, allowed)
  const hint = meant ? `Did you mean \`${meant}\`?` : `Known are ${allowed.join(', ')}.`
  throw new Refusal({
    code: 'unknown-container-manager',
    message: `There is no container manager \`${name}\` in the release that runs. ${hint}`,
  })
}
