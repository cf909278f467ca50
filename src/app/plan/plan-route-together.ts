import { printed } from '../../core/catalogue/jinja/value.ts'
import { compareReleases, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { Route, Stop } from '../../core/plan/step.ts'
import type { CatalogueStore } from './load-catalogue.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import { furthestBehind, runningState, type RunningState } from './running-state.ts'
import { planRoute, type RouteQuestion } from './plan-route.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { codeSpan } from '../../core/model/code-span.ts'

interface TogetherQuestion extends Omit<RouteQuestion, 'running'> {
  readonly clusters: readonly Cluster[]
  /** The Kubernetes that is said to run, whatever the inventories say. */
  readonly told: string | undefined
}

/**
 * The way of a fork with all its clusters. They share one Kubespray, so the one that runs the oldest Kubernetes decides about the
 * steps, and the way ends where the first of the others cannot follow.
 */
export async function planRouteTogether(
  store: CatalogueStore & { readonly objects: ObjectStore },
  { clusters, told, ...question }: TogetherQuestion,
): Promise<Route> {
  const leading = furthestBehind(clusters)
  const stateOf = (cluster: Cluster | undefined): RunningState =>
    runningState(cluster, question.catalogue, told)
  const start = question.read.fork.base.release
  let way = await planRoute(store, { ...question, running: stateOf(leading) })
  const planned = new Set([keyOf(stateOf(leading))])
  for (const cluster of clusters) {
    const running = stateOf(cluster)
    // What a person has to find out for one cluster does not hold up the others.
    if (planned.has(keyOf(running)) || running.kubernetes === undefined) continue
    planned.add(keyOf(running))
    const { steps, stopped } = await planRoute(store, { ...question, running })
    const last = steps.at(-1)?.kubespray.to ?? start
    if (stopped && compareReleases(last, way.steps.at(-1)?.kubespray.to ?? start) < 0)
      way = { steps: upTo(last, way), stopped: stopOf(cluster, stopped) }
  }
  return way
}

function keyOf({ kubernetes, containerManager, networkPlugin, pinned, set }: RunningState): string {
  const values = [...set].map(([name, { value }]) => `${name}=${printed(value)}`)
  return [kubernetes, containerManager, networkPlugin, ...[...pinned].sort().flat(), ...values.sort()].join(
    '\0',
  )
}

function upTo(release: ReleaseTag, { steps }: Route): Route['steps'] {
  return steps.filter(({ kubespray }) => compareReleases(kubespray.to, release) <= 0)
}

function stopOf({ inventory }: Cluster, stop: Stop): Stop {
  return { ...stop, message: `The cluster of ${codeSpan(inventory.path)} cannot follow. ${stop.message}` }
}
