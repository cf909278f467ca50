import { Refusal, type Problem } from '../../core/model/problem.ts'
import type { BotWorld } from './bot-world.ts'
import type { Survey, Work } from '../engine/engine.ts'
import { isUnwanted } from './open-steps.ts'
import { titleOfStep, type StepName } from '../branch/step-name.ts'

/** What is due in a repository, or why nothing is. */
interface NextStep {
  /** With the releases counted as skipped whose pull requests people closed. */
  readonly work: Work
  readonly survey?: Survey
  readonly next?: StepName
  readonly problems: readonly Problem[]
}

/** Finds the step that is due, past those that people do not want. */
export async function nextStep(work: Work, world: BotWorld): Promise<NextStep> {
  try {
    return await survey(work, world)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { work, problems: error.problems }
  }
}

async function survey(work: Work, world: BotWorld): Promise<NextStep> {
  const found = await world.engine.survey(work)
  const { next, stopped } = found
  const problems = stopped ? [stopped] : []
  if (!next) return { work, survey: found, problems }
  if (!(await isUnwanted(work.place.forge, next, work.decisions)))
    return { work, survey: found, problems, next }
  if (next.kind !== 'kubespray') return { work, survey: found, problems: [...problems, closed(next)] }
  if (work.decisions.skipped.includes(next.release))
    throw new Error(`the engine proposes ${next.release}, which is skipped`)
  const skipped = [...work.decisions.skipped, next.release]
  return survey({ ...work, decisions: { ...work.decisions, skipped } }, world)
}

function closed(step: StepName): Problem {
  const max =
    step.kind === 'kubernetes' ? ' To stay below it for good, set `kubernetes.max` in the settings.' : ''
  const message = `The next step is ${titleOfStep(step)}, and its pull request was closed. \`/multiarch resume\` proposes it again.${max}`
  return { code: 'step-closed', message }
}
