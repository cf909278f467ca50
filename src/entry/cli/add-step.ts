import type { Command } from 'commander'
import { say, sayJson } from '../print/say.ts'
import type { ReportFacts } from '../report/report-page.ts'
import { EXIT } from './exit.ts'
import { withClone, type OpenClone } from './open-clone.ts'
import { writesOf, type StepOptions } from './step-options.ts'
import { writeStepReport } from './write-report.ts'

/** A command that takes one step on a clone: `upgrade`, `bump`, `addons`. */
interface StepCommand<O extends StepOptions> {
  readonly name: string
  readonly description: string
  /** Flags with what they do, in the order in which the help shows them. */
  readonly options: readonly (readonly [flags: string, description: string])[]
  take(this: void, clone: OpenClone, options: O): Promise<StepAnswer>
}

/** What a step came to, for each way of telling it. */
export interface StepAnswer {
  readonly json: object
  /** For the terminal. */
  readonly text: string
  /** Absent where no step was taken. */
  readonly report?: ReportFacts
  /** Whether something is left for a person. */
  readonly waits: boolean
}

/** Adds a command of a step; how it opens the clone, tells and ends is the same for all of them. */
export function addStep<O extends StepOptions>(
  { name, description, options, take }: StepCommand<O>,
  program: Command,
  setCode: (code: number) => void,
): void {
  const command = program
    .command(name)
    .description(description)
    .argument('<repo>', 'path of a clone; its working tree is not needed and not touched')
  for (const option of options) command.option(...option)
  command.action(async (repo: string, given: O) => {
    const answer = await withClone(writesOf(repo, given), (clone) => take(clone, given))
    setCode(await tell(answer, given))
  })
}

async function tell({ json, text, report, waits }: StepAnswer, options: StepOptions): Promise<number> {
  if (options.json) sayJson(json)
  else say(text)
  if (options.report && report) await writeStepReport(options.report, report)
  return waits ? EXIT.person : EXIT.done
}
