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
import type { ReadFork } from '../../app/repository/read-fork.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { Progress } from '../../ports/progress.ts'
import { catalogueCache } from '../cache/catalogue-cache.ts'
import { jsonFromTop } from '../print/json-from-top.ts'
import { planJson } from '../print/plan-json.ts'
import { jsonOfEach } from '../print/json-of-each.ts'
import { planFacts } from '../print/plan-facts.ts'
import type { PlanOptions } from './run-plan.ts'

/** What a plan came to, for each way of telling it. */
interface PlanAnswer {
  /** For programs, made where it is wanted so. */
  json(this: void): object
  readonly blocks: readonly Block[]
  /** For the terminal, with what comes next. */
  readonly shown: readonly Block[]
  /** Whether something is left for a person. */
  readonly waits: boolean
}

/** The command as it was called. */
interface Called {
  readonly repo: string
  readonly options: PlanOptions
  readonly progress: Progress | undefined
}

/** Plans for what was read of a clone. */
export async function planClone(
  store: ObjectStore,
  forks: readonly ReadFork[],
  { repo, options, progress }: Called,
): Promise<PlanAnswer> {
  const cache = catalogueCache()
  const found = await planForks(store, forks, {
    ...defined({ kubernetes: options.kubernetes || undefined }),
    cache,
    ...defined({ progress }),
  })
  const beside = new Map<ForkPlan, Automation>()
  for (const plan of found)
    beside.set(plan, await readAutomation({ objects: store, cache: cacheOfRun(cache) }, plan))
  const blocksOf = (plan: ForkPlan): readonly Block[] => [
    ...titleOf(plan, found),
    ...fromTop(
      planBlocks({ ...planFacts(plan), ...defined({ automation: beside.get(plan) }) }),
      plan.fork.standing.view.shownAt,
    ),
  ]
  const told = found.map((plan) => ({ plan, blocks: blocksOf(plan) }))
  return {
    json: () => jsonOf(found),
    blocks: told.flatMap(({ blocks }) => blocks),
    shown: told.flatMap(({ plan, blocks }) => [...blocks, ...nextBlocks(repo, options, plan)]),
    waits: found.some(needsPerson),
  }
}

function jsonOf(plans: readonly ForkPlan[]): object {
  return jsonOfEach(
    plans.map((plan) => ({
      cluster: plan.config.cluster?.name,
      json: jsonFromTop(planJson(plan), plan.fork.standing.view.shownAt),
    })),
  )
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
