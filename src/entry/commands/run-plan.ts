import { defined } from '../../core/model/defined.ts'
import { planFork } from '../../app/plan/plan-fork.ts'
import { catalogueCache } from './catalogue-cache.ts'
import { planJson } from '../print/plan-json.ts'
import { printPlan } from '../print/print-plan.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'
import { writeReport } from './write-report.ts'
import { say, sayJson } from '../print/say.ts'

export interface PlanOptions {
  readonly branch?: string
  readonly kubernetes?: string
  readonly upstream?: string
  readonly json?: true
  readonly report?: string
}

export async function runPlan(repo: string, options: PlanOptions): Promise<number> {
  const found = await withClone(
    {
      path: repo,
      for: 'reading',
      ...defined({ upstream: options.upstream || undefined }),
    },
    ({ store, upstreamRemotes }) =>
      planFork(store, {
        upstreamRemotes,
        ...defined({ branch: options.branch || undefined }),
        ...defined({ kubernetes: options.kubernetes || undefined }),
        cache: catalogueCache(),
      }),
  )
  const text = printPlan(found)
  if (options.json) sayJson(planJson(found))
  else say(text)
  if (options.report) await writeReport(options.report, { title: 'Plan', terminal: text })
  const isStopped = found.ahead.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))
  return found.route.stopped || isStopped || found.unread.length > 0 ? EXIT.person : EXIT.done
}
