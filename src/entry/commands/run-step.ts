import { say, sayJson } from '../print/say.ts'
import type { ReportFacts } from '../report/report-page.ts'
import { EXIT } from './exit.ts'
import { withClone, type OpenClone } from './open-clone.ts'
import { writesOf, type StepOptions } from './step-request.ts'
import { writeStepReport } from './write-report.ts'

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

/** Takes a step on an open clone. */
export type StepTaker<O extends StepOptions> = (clone: OpenClone, options: O) => Promise<StepAnswer>

/** Runs a command that takes a step: opens the clone, tells what came of it, and says how it ended. */
export async function runStep<O extends StepOptions>(
  repo: string,
  options: O,
  take: StepTaker<O>,
): Promise<number> {
  const answer = await withClone(writesOf(repo, options), (clone) => take(clone, options))
  return tell(answer, options)
}

async function tell({ json, text, report, waits }: StepAnswer, options: StepOptions): Promise<number> {
  if (options.json) sayJson(json)
  else say(text)
  if (options.report && report) await writeStepReport(options.report, report)
  return waits ? EXIT.person : EXIT.done
}
