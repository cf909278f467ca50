import { defined, optional } from '../../core/model/defined.ts'
import type { ForkPlan } from '../../app/plan/plan-fork.ts'
import { furthestBehind } from '../../app/plan/running-state.ts'
import { problemsOf } from '../../app/repository/read-clusters.ts'
import { holdsFiles } from '../../app/repository/standing.ts'
import type { PlanFacts } from '../../core/explain/texts/plan-blocks.ts'
import { unreadInventory } from '../../core/explain/trouble/unread-inventory.ts'

/** What there is to say of a plan. */
export function planFacts(plan: ForkPlan): PlanFacts {
  const {
    branch,
    fork,
    clusters,
    unread,
    leftOutInventories,
    architectures,
    route,
    ahead,
    above,
    young,
    told,
  } = plan
  const { base, series, standing } = fork
  const isMixed = new Set(clusters.map(({ facts }) => facts.kubernetes.value)).size > 1
  const leading = isMixed ? furthestBehind(clusters)?.inventory.path : undefined
  const assumed = clusters.length === 0 && told === undefined ? route.steps[0]?.kubernetes.from : undefined
  const shown = standing.view.shownAt ?? ((path: string) => path)
  return {
    branch,
    base,
    layout: standing.layout,
    ...optional(holdsFiles(standing.layout) || series.patches.length > 0, () => ({ series })),
    leftOut: series.leftOut,
    clusters: clusters.map((cluster) => ({
      path: shown(cluster.inventory.path),
      isSample: cluster.inventory.isSample,
      kubernetes: cluster.facts.kubernetes.value,
      networkPlugin: cluster.facts.networkPlugin.value,
      containerManager: cluster.facts.containerManager.value,
      problems: problemsOf(cluster),
    })),
    ...optional(leading, (leading) => ({ leading: shown(leading) })),
    ...defined({ assumed }),
    problems: [...unread.map(unreadInventory), ...leftOutInventories],
    architectures,
    route,
    above,
    young,
    ahead,
  }
}
