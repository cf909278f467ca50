import { lintStep } from '../../core/plan/lint-step.ts'
import { type LintRequest, type LintFinding } from '../../core/plan/lint-finding.ts'
import { planRoute, type RouteRequest } from '../../core/plan/plan-route.ts'
import type { Route } from '../../core/plan/step.ts'
import type { Offer } from '../../core/catalogue/catalogue.ts'
import type { Oid } from '../../core/model/oid.ts'
import { compareReleases, minorOf, type ReleaseTag } from '../../core/model/release-tag.ts'
import { findMentions } from './find-mentions.ts'
import { loadCatalogue, loadOffers, type CatalogueStore } from './load-catalogue.ts'
import { settleOffers } from '../audit/read-witnesses.ts'

export interface RouteQuestion extends Omit<RouteRequest, 'catalogues'> {
  /** The commits of all releases known. */
  readonly releases: ReadonlyMap<ReleaseTag, Oid>
  /** What stands in the place of a release's own catalogue: the release with a fork's patches on it. */
  readonly patched?: ReadonlyMap<ReleaseTag, Offer>
}

/** Plans the route from a state, reading only the releases that it may stop at. */
export async function routeFrom(store: CatalogueStore, question: RouteQuestion): Promise<Route> {
  const { releases, patched = [], ...request } = question
  const stops = releasesOnTheWay(releases, question)
  const catalogues = new Map([...(await offersOf(store, stops)), ...patched])
  return planRoute({ ...request, catalogues: await settleOffers(store, catalogues, releases) })
}

/** The release that runs, and the last patch release of each minor from there to the target. */
export function releasesOnTheWay(
  releases: ReadonlyMap<ReleaseTag, Oid>,
  {
    from,
    target,
  }: { readonly from: Pick<RouteRequest['from'], 'release'>; readonly target?: ReleaseTag | undefined },
): ReadonlyMap<ReleaseTag, Oid> {
  const tags = [...releases.keys()]
    .filter((tag) => compareReleases(tag, from.release) >= 0)
    .filter((tag) => target === undefined || compareReleases(tag, target) <= 0)
    .sort(compareReleases)
  const isLast = (tag: ReleaseTag, index: number): boolean =>
    minorOf(tag) !== minorOf(tags[index + 1] ?? '0.0')
  const stops = tags.filter((tag, index) => tag === from.release || isLast(tag, index))
  return new Map(stops.map((tag) => [tag, releases.get(tag) as Oid]))
}

async function offersOf(
  store: CatalogueStore,
  releases: ReadonlyMap<ReleaseTag, Oid>,
): Promise<ReadonlyMap<ReleaseTag, Offer>> {
  const commits = await store.objects.readCommits([...releases.values()])
  const trees = [...releases].map(([tag, commit]) => [tag, commits.get(commit)?.tree as Oid] as const)
  return loadOffers(store, new Map(trees))
}

interface StepQuestion extends Pick<LintRequest, 'settings' | 'groups'> {
  readonly from: { readonly tag: ReleaseTag; readonly tree: Oid }
  readonly to: { readonly tag: ReleaseTag; readonly tree: Oid }
  /** Whether to read all tasks and templates as well: a moment over a clone, too much over an API. */
  readonly depth: 'defaults' | 'mentions'
}

/** Says what a step between two releases changes for an inventory. */
export async function lintBetween(
  store: CatalogueStore,
  question: StepQuestion,
): Promise<readonly LintFinding[]> {
  const { from, to, settings, groups = [] } = question
  const [before, after] = [await loadCatalogue(store, from.tree), await loadCatalogue(store, to.tree)]
  const request: LintRequest = {
    from: { tag: from.tag, catalogue: before },
    to: { tag: to.tag, catalogue: after },
    settings,
    groups,
  }
  if (question.depth === 'defaults') return lintStep(request)
  const names = settings.map(({ name }) => name)
  const mentioned = {
    from: await findMentions(store.objects, from.tree, names),
    to: await findMentions(store.objects, to.tree, names),
  }
  return lintStep({ ...request, mentioned })
}
