import { defined } from '../../core/model/defined.ts'
import type { Block } from '../../core/explain/blocks/block.ts'
import type { Route } from '../../core/plan/step.ts'
import { planBlocks } from '../../core/explain/texts/plan-blocks.ts'
import { nextCommand } from '../../core/explain/texts/delivery-blocks.ts'
import { commandLine, repoWords } from '../delivery/command-line.ts'
import { planFork } from '../../app/plan/plan-fork.ts'
import { catalogueCache } from './catalogue-cache.ts'
import { planJson } from '../print/plan-json.ts'
import { planFacts } from '../print/plan-facts.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { writeReport } from './write-report.ts'
import { progressLine } from '../print/progress-line.ts'
import { sayBlocks, sayJson } from '../print/say.ts'

export interface PlanOptions {
  readonly branch?: string
  readonly kubernetes?: string
  readonly upstream?: string
  readonly fork?: string
  readonly json?: true
  readonly quiet?: true
  readonly report?: string
}

export async function runPlan(repo: string, options: PlanOptions): Promise<number> {
  const progress = progressLine(options)
  const found = await withClone(
    {
      path: repo,
      for: 'reading',
      progress,
      ...defined({ upstream: options.upstream || undefined, fork: options.fork || undefined }),
    },
    ({ store, upstreamRemotes, forkOf }) =>
      planFork(store, {
        upstreamRemotes,
        ...defined({ forkOf }),
        ...defined({ branch: options.branch || undefined }),
        ...defined({ kubernetes: options.kubernetes || undefined }),
        cache: catalogueCache(),
        ...defined({ progress }),
      }),
  )
  const blocks = planBlocks(planFacts(found))
  if (options.report) await writeReport(options.report, { title: 'Plan', blocks })
  if (options.json) sayJson(planJson(found))
  else sayBlocks([...blocks, ...nextBlocks(repo, options, found.route)])
  const isStopped = found.ahead.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))
  return found.route.stopped || isStopped || found.unread.length > 0 ? EXIT.person : EXIT.done
}

/** The command that takes the next step, with what was said of the fork here. */
function nextBlocks(
  repo: string,
  { branch, kubernetes, upstream }: PlanOptions,
  { steps: [next] }: Route,
): readonly Block[] {
  if (!next) return []
  const name = next.kind === 'kubernetes' ? 'bump' : 'upgrade'
  return nextCommand(commandLine([name, ...repoWords(repo)], { branch, kubernetes, upstream }))
}
