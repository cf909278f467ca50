import { judgeStep, type Judgement, type Remark } from '../judge/judge-step.ts'
import { accountFindings } from './account-findings.ts'
import type { PullRequestFacts } from './pull-request-facts.ts'

/** What the one judge says of a step, the account of its lines with it. */
export function judgeFacts(facts: PullRequestFacts): Judgement {
  return judgeStep({ ...facts, accountRemarks: accountFindings(facts.account) })
}

/** The errors that would make something fail; a line that I cannot place is told by itself. */
export function failing({ errors }: Judgement): readonly Remark[] {
  return errors.filter(({ code }) => code !== 'unaccounted')
}
