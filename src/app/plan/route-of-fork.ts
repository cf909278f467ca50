import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { layoutOf } from '../../core/catalogue/layout.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { Reason, Route, Step, Stop } from '../../core/plan/step.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { carrySeries } from '../carry/carry-series.ts'
import type { Fork } from '../repository/find-series.ts'
import { loadCatalogue, type CatalogueStore } from './load-catalogue.ts'
import { catalogueOfTree } from './catalogue-of-tree.ts'
import { routeFrom, type RouteQuestion } from './route-from.ts'
import { newFixMemory, type FixMemory } from '../carry/make-fixes.ts'
import { remakeFor } from '../carry/remake-recipe.ts'

interface ForkRouteQuestion extends Omit<RouteQuestion, 'patched'> {
  readonly fork: Fork
}

/**
 * Plans the route of a fork. Where a release alone is in the way, it is looked at once more with the fork's patches on it: they
 * may bring just what it lacks, and often are there for nothing else.
 */
export async function routeOfFork(
  store: CatalogueStore & { readonly objects: ObjectStore },
  { fork, ...question }: ForkRouteQuestion,
): Promise<Route> {
  const standsOn = new Map<ReleaseTag, Catalogue>()
  // Between two releases the commit says what there is, not the release before it.
  if (!fork.base.exact) standsOn.set(fork.base.release, await loadCatalogue(store, await treeOf(store, fork)))
  const patched = new Map<ReleaseTag, Catalogue>()
  const memory = newFixMemory()
  for (let route = await routeFrom(store, { ...question, patched: standsOn }); ;) {
    const { stopped, steps } = route
    const release = stopped?.release
    if (!release || !mayBeOpened(stopped, fork) || patched.has(release)) return withReasons(route, patched)
    patched.set(release, await patchedCatalogue(store, release, { fork, ...question, memory }))
    // Where the patches do not suffice either, what is still missing with them on it is what a person has to know.
    route = await routeFrom(store, { ...question, patched: new Map([...standsOn, ...patched]) })
    if (route.steps.length <= steps.length) return withReasons(route, patched)
  }
}

async function treeOf({ objects }: CatalogueStore, { base }: Fork): Promise<Oid> {
  const commit = (await objects.readCommits([base.commit])).get(base.commit)
  if (!commit) throw new Error(`no commit ${base.commit}, on which the fork was found to stand`)
  return commit.tree
}

/** Only patches of what a release can download bring what it lacks. */
function mayBeOpened({ code }: Stop, { series, baseTree }: Fork): boolean {
  if (code !== 'not-installable' && code !== 'below-minimum') return false
  const files = new Set(layoutOf(baseTree).sharedVariables)
  return series.patches.some(({ changes }) => changes.some(({ path }) => files.has(path)))
}

async function patchedCatalogue(
  { objects, ...store }: CatalogueStore & { readonly objects: ObjectStore },
  release: ReleaseTag,
  { fork, releases, architectures, memory }: ForkRouteQuestion & { readonly memory: FixMemory },
): Promise<Catalogue> {
  if (release === fork.base.release) return loadCatalogue({ objects, ...store }, fork.kubespray)
  const commit = releases.get(release) as Oid
  const from = fork.base.release
  const place = { series: fork.series, from, release, releases, architectures, recipes: BRING_DOWNLOADS }
  const remake = remakeFor(objects, place, memory)
  const carried = await carrySeries(objects, fork, { commit, tree: await objects.readTree(commit), remake })
  return catalogueOfTree({ objects, ...store }, carried)
}

/** The recipes that decide what can be downloaded; a plan asks for nothing else. */
const BRING_DOWNLOADS = ['checksums-per-architecture'] as const

function withReasons(route: Route, patched: ReadonlyMap<ReleaseTag, Catalogue>): Route {
  const reasonFor = (release: ReleaseTag): Reason => ({
    code: 'with-patches',
    message: `${release} alone cannot install it on every architecture; with this fork's patches on it, it can.`,
  })
  const steps = route.steps.map((step): Step => {
    const { to } = step.kubespray
    return patched.has(to) ? { ...step, reasons: [...step.reasons, reasonFor(to)] } : step
  })
  return { ...route, steps }
}
