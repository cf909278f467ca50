import type { Block } from '../../core/explain/blocks/block.ts'
import { dryRunBlocks, nextCommand } from '../../core/explain/texts/delivery-blocks.ts'
import { commandLine, repoWords } from '../delivery/command-line.ts'
import { deliver, type Deliverable } from '../delivery/deliver.ts'
import type { Next } from '../delivery/next-of.ts'
import type { Progress } from '../../ports/progress.ts'
import { progressLine } from '../print/progress-line.ts'
import { sayBlocks, sayJson } from '../print/say.ts'
import type { ReportFacts } from '../report/report-page.ts'
import { EXIT } from './exit.ts'
import { withClone, type OpenClone } from './open-clone.ts'
import { writesOf, type StepOptions } from './step-request.ts'

/** What a step came to, for each way of telling it. */
export interface StepAnswer {
  /** For programs, made where it is wanted so. */
  json(this: void): object
  /** For the terminal, without what comes next. */
  readonly blocks: readonly Block[]
  /** Absent where no step was taken. */
  readonly report?: ReportFacts
  /** Whether something is left for a person. */
  readonly waits: boolean
  readonly next: Next
}

/** Takes a step on an open clone. */
export type StepTaker<O extends StepOptions> = (
  clone: OpenClone,
  options: O,
  progress: Progress | undefined,
) => Promise<StepAnswer>

/** A command as it was called. */
interface Called<O> {
  readonly name: string
  readonly repo: string
  readonly options: O
}

/**
 * Runs a command that takes a step: opens the clone, tells what came of it, and says how it ended. What takes the step is loaded while git
 * answers.
 */
export async function runStep<O extends StepOptions>(
  called: Called<O>,
  load: () => Promise<StepTaker<O>>,
): Promise<number> {
  const { repo, options } = called
  const progress = progressLine(options)
  const place = { ...writesOf(repo, options), progress }
  const loading = load()
  const { answer, clone } = await withClone(place, async (clone) => ({
    answer: await (await loading)(clone, options, progress),
    clone,
  }))
  if (options.json) sayJson(answer.json())
  else sayBlocks([...answer.blocks, ...(await nextBlocks(called, answer, clone))])
  // The branch is there by now: where the report finds no room, that is told last, and no other word is lost for it.
  if (options.report && answer.report)
    await (await import('./write-report.ts')).writeStepReport(options.report, answer.report)
  return answer.waits ? EXIT.person : EXIT.done
}

async function nextBlocks<O extends StepOptions>(
  { name, repo, options }: Called<O>,
  { next, waits }: StepAnswer,
  { gitDir, upstreamRemotes }: Pick<Deliverable, 'gitDir' | 'upstreamRemotes'>,
): Promise<readonly Block[]> {
  const { dryRun: _, json: __, quiet: ___, ...given } = options
  switch (next.kind) {
    case 'nothing':
      return []
    case 'dry-run':
      return dryRunBlocks(commandLine([name, ...repoWords(repo)], { ...given }))
    case 'command': {
      const { branch, cluster, kubernetes, upstream } = options
      return nextCommand(
        commandLine([next.name, ...repoWords(repo)], { branch, cluster, kubernetes, upstream }),
      )
    }
    case 'written':
      return deliver({ repo, gitDir, upstreamRemotes, ...next, isDraft: waits, report: options.report })
  }
}
