import { defined } from '../../core/model/defined.ts'
import type { Block } from '../../core/explain/blocks/block.ts'
import { clusterHeading } from '../../core/explain/blocks/cluster-heading.ts'
import { fromTop } from '../../core/explain/blocks/from-top.ts'
import { planBlocks } from '../../core/explain/texts/plan-blocks.ts'
import { nextCommand } from '../../core/explain/texts/delivery-blocks.ts'
import { commandLine, repoWords } from '../delivery/command-line.ts'
import { planForks, type ForkPlan } from '../../app/plan/plan-fork.ts'
import type { Automation } from '../../core/automation/automation.ts'
import { readAutomation } from '../../app/automation/read-automation.ts'
import { cacheOfRun } from '../../app/plan/catalogue-of-tree.ts'
import { catalogueCache } from './catalogue-cache.ts'
import { jsonFromTop } from '../print/json-from-top.ts'
import { planJson } from '../print/plan-json.ts'
import { jsonOfEach } from '../print/json-of-each.ts'
import { planFacts } from '../print/plan-facts.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { writeReport } from './write-report.ts'
import { progressLine } from '../print/progress-line.ts'
import { sayBlocks, sayJson } from '../print/say.ts'

export interface PlanOptions {
  readonly branch?: string
  readonly cluster?: string
  readonly kubernetes?: string
  readonly upstream?: string
  readonly fork?: string
  readonly json?: true
  readonly quiet?: true
  readonly report?: string
}

export async function runPlan(repo: string, options: PlanOptions): Promise<number> {
  const progress = progressLine(options)
  const { found, beside } = await withClone(
    {
      path: repo,
      for: 'reading',
      progress,
      ...defined({ upstream: options.upstream || undefined, fork: options.fork || undefined }),
    },
    async ({ store, upstreamRemotes, forkOf }) => {
      const cache = catalogueCache()
      const plans = await planForks(store, {
        upstreamRemotes,
        ...defined({ forkOf }),
        ...defined({ branch: options.branch || undefined, cluster: options.cluster || undefined }),
        ...defined({ kubernetes: options.kubernetes || undefined }),
        cache,
        ...defined({ progress }),
      })
      const beside = new Map<ForkPlan, Automation>()
      for (const plan of plans)
        beside.set(plan, await readAutomation({ objects: store, cache: cacheOfRun(cache) }, plan))
      return { found: plans, beside }
    },
  )
  const blocksOf = (plan: ForkPlan): readonly Block[] => [
    ...titleOf(plan, found),
    ...fromTop(
      planBlocks({ ...planFacts(plan), ...defined({ automation: beside.get(plan) }) }),
      plan.fork.standing.view.shownAt,
    ),
  ]
  const blocks = found.flatMap(blocksOf)
  if (options.json)
    sayJson(
      jsonOfEach(
        found.map((plan) => ({
          cluster: plan.config.cluster?.name,
          json: jsonFromTop(planJson(plan), plan.fork.standing.view.shownAt),
        })),
      ),
    )
  else sayBlocks(found.flatMap((plan) => [...blocksOf(plan), ...nextBlocks(repo, options, plan)]))
  if (options.report) await writeReport(options.report, { title: 'Plan', blocks })
  return found.some(needsPerson) ? EXIT.person : EXIT.done
}

/** Each of several clusters under its name. */
function titleOf({ config: { cluster } }: ForkPlan, all: readonly ForkPlan[]): readonly Block[] {
  return cluster && all.length > 1 ? [clusterHeading(cluster.name)] : []
}

function needsPerson({ route, ahead, unread }: ForkPlan): boolean {
  const isStopped = ahead.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))
  return route.stopped !== undefined || isStopped || unread.length > 0
}

/** The command that takes the next step, with what was said of the fork here. */
function nextBlocks(
  repo: string,
  { branch, kubernetes, upstream }: PlanOptions,
  { route, config }: ForkPlan,
): readonly Block[] {
  const {
    steps: [next],
  } = route
  if (!next) return []
  const name = next.kind === 'kubernetes' ? 'bump' : 'upgrade'
  return nextCommand(
    commandLine([name, ...repoWords(repo)], { branch, cluster: config.cluster?.name, kubernetes, upstream }),
  )
}
