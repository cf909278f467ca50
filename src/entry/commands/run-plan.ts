import { defined } from '../../core/model/defined.ts'
import { progressLine } from '../print/progress-line.ts'
import { sayBlocks, sayJson } from '../print/say.ts'
import { EXIT } from './exit.ts'
import { withClone } from './open-clone.ts'

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

/** What reads the fork is loaded while git opens the clone, and what plans while it reads the history: each takes as long as the other. */
export async function runPlan(repo: string, options: PlanOptions): Promise<number> {
  const progress = progressLine(options)
  const reading = import('../../app/repository/read-fork.ts')
  const told = await withClone(
    {
      path: repo,
      for: 'reading',
      progress,
      ...defined({ upstream: options.upstream || undefined, fork: options.fork || undefined }),
    },
    async ({ store, upstreamRemotes, forkOf }) => {
      const { readForks } = await reading
      const planning = import('./plan-clone.ts').then(({ planClone }) => planClone)
      const forks = await readForks(store, {
        upstreamRemotes,
        ...defined({ forkOf, progress }),
        ...defined({ branch: options.branch || undefined, cluster: options.cluster || undefined }),
      })
      const planClone = await planning
      return planClone(store, forks, { repo, options, progress })
    },
  )
  if (options.json) sayJson(told.json())
  else sayBlocks(told.shown)
  if (options.report)
    await (
      await import('./write-report.ts')
    ).writeReport(options.report, { title: 'Plan', blocks: told.blocks })
  return told.waits ? EXIT.person : EXIT.done
}
