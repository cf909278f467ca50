import type { Unclear } from '../../core/model/unclear.ts'
import type { Workplace } from '../../ports/host.ts'
import type { DashboardChange, Press } from './job.ts'

/**
 * What a job may ask for, one method a kind of job. Each may be run twice, and the second time changes nothing; each
 * says what a person has to know where that person looks. What is thrown as a `Refusal` had no such place.
 */
export interface UseCases {
  /** Reads the config, onboards, proposes the next step or brings it up to date, and keeps the dashboard. */
  lookAfter(place: Workplace): Promise<void>
  /** The same, left out where nothing has changed since a look that found nothing to do. */
  lookIfChanged(place: Workplace): Promise<void>
  /** Judges the pull request of one of our branches as it is now. */
  recheck(place: Workplace, branch: string): Promise<void>
  /** Answers every command in a thread that has no answer yet. */
  answerComments(place: Workplace, number: number): Promise<void>
  pressButton(place: Workplace, press: Press): Promise<void>
  answerDashboard(place: Workplace, change: DashboardChange): Promise<void>
  /** Tells that GitHub said something that could not be acted on, and when it is asked again (milliseconds since 1970). */
  tellUnclear(place: Workplace, unclear: Unclear, again: number): Promise<void>
  /** Tells whoever waits for an answer that there will be none: our defect, under this id. */
  apologize(
    place: Workplace,
    job: { readonly number?: number; readonly branch?: string },
    id: string,
  ): Promise<void>
}
