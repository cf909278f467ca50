import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { layoutOf } from '../../core/catalogue/layout.ts'
import { optional } from '../../core/model/defined.ts'
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
  const opened = new Map<ReleaseTag, Stop>()
  const memory = newFixMemory()
  for (let route = await routeFrom(store, { ...question, patched: standsOn }); ;) {
    const { stopped, steps } = route
    const release = stopped?.release
    if (!release || patched.has(release) || !(await mayBeOpened(store, stopped, fork)))
      return withReasons(route, opened)
    opened.set(release, stopped)
    patched.set(release, await patchedCatalogue(store, release, { fork, ...question, memory }))
    // Where the patches do not suffice either, what is still missing with them on it is what a person has to know.
    route = await routeFrom(store, { ...question, patched: new Map([...standsOn, ...patched]) })
    if (route.steps.length <= steps.length) return withReasons(route, opened)
  }
}

async function treeOf({ objects }: CatalogueStore, { base }: Fork): Promise<Oid> {
  const commit = (await objects.readCommits([base.commit])).get(base.commit)
  if (!commit) throw new Error(`no commit ${base.commit}, on which the fork was found to stand`)
  return commit.tree
}

/** What a release lacks is brought by patches of what it can download; what its checks refuse, by patches of these. */
async function mayBeOpened(store: CatalogueStore, { code }: Stop, fork: Fork): Promise<boolean> {
  const { series, baseTree } = fork
  const isAbout = (files: ReadonlySet<string>): boolean =>
    series.patches.some(({ changes }) => changes.some(({ path }) => files.has(path)))
  switch (code) {
    case 'not-installable':
    case 'below-minimum':
      return isAbout(new Set(layoutOf(baseTree).sharedVariables))
    case 'setting-refused':
    case 'precondition': {
      const { valueChecks, guards } = await loadCatalogue(store, await treeOf(store, fork))
      return isAbout(new Set([...valueChecks, ...guards.preconditions].map(({ path }) => path)))
    }
    default:
      return false
  }
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

function withReasons(route: Route, opened: ReadonlyMap<ReleaseTag, Stop>): Route {
  const steps = route.steps.map((step): Step => {
    const stop = opened.get(step.kubespray.to)
    return stop ? { ...step, reasons: [...step.reasons, reasonFor(stop, step.kubespray.to)] } : step
  })
  const { stopped } = route
  const withPatches = stopped?.release !== undefined && opened.has(stopped.release)
  return { ...route, steps, ...optional(withPatches && stopped, seenWithPatches) }
}

/** What stands in the way of a release with the patches on it may stand in nobody else's. */
function seenWithPatches(stopped: Stop): Pick<Route, 'stopped'> {
  const said = `${stopped.message} That is ${stopped.release} with your patches on it.`
  return { stopped: { ...stopped, message: said } }
}

function reasonFor({ code, component }: Stop, release: ReleaseTag): Reason {
  const isCheck = code === 'setting-refused' || code === 'precondition'
  const alone = isCheck
    ? `${release} alone stops the play for \`${component}\` as it is here; with your patches on it, it does not.`
    : `${release} alone cannot install it on every architecture; with your patches on it, it can.`
  return { code: 'with-patches', message: alone }
}
