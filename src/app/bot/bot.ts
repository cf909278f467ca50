import { tickedBoxes, type Box } from '../../core/explain/texts/render-dashboard.ts'
import * as say from '../../core/explain/texts/answer-comment.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { PullRequest } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import { answerCommand, commandOfButton, recheckStep } from './answer-command.ts'
import { answerBoxes } from './answer-boxes.ts'
import { answerComments, apologizeIn, mayCommand } from './answer-comments.ts'
import { DASHBOARD_LABEL, STEP_CHECK, type BotWorld } from './bot-world.ts'
import { confirmRefusals } from '../engine/confirm-refusals.ts'
import { RERUN, type Press } from '../jobs/job.ts'
import { look } from './look.ts'
import { lookAfter } from './look-after.ts'
import { lookAndNote, lookIfChanged } from './look-if-changed.ts'
import { tellTrouble } from './tell-trouble.ts'
import { tellUnclear } from './tell-unclear.ts'
import type { UseCases } from '../jobs/use-cases.ts'
import { workAt } from './work-at.ts'

/** Everything the bot does, for `runJob` to call. */
export function bot(world: BotWorld): UseCases {
  const at = confirmRefusals
  return {
    lookAfter: async (place) => void (await look(at(place), world)),
    lookIfChanged: (place) => lookIfChanged(at(place), world, look),
    recheck: (place, branch) => recheck(at(place), branch, world),
    answerComments: (place, number) => answerComments(at(place), number, world),
    pressButton: (place, press) => pressButton(at(place), press, world),
    answerDashboard: (place, change) => answerDashboard(at(place), change, world),
    tellUnclear: (place, unclear, again) => tellUnclear(at(place), { unclear, again }, world),
    apologize: (place, where, id) => apologize(at(place), where, id),
  }
}

/** The look of a run by the clock, of which the next run knows by what is noted in the repository. */
export function lookNoted(place: Workplace, world: BotWorld, anew: () => Promise<Workplace>): Promise<void> {
  return lookAndNote(confirmRefusals(place), world, { look, anew })
}

async function recheck(place: Workplace, branch: string, world: BotWorld): Promise<void> {
  const [pull] = await place.forge.pullRequests.from(branch)
  if (pull?.state !== 'open') return
  await tellingTrouble(place, pull, async () => {
    await recheckStep({ work: await workAt(place, world.clock, branch), world, pull, by: '' })
  })
  await lookAfter(place, world)
}

/** Nobody wrote a comment that could be answered, so what a person can mend goes into the check. */
async function tellingTrouble(
  place: Workplace,
  { head }: PullRequest,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await tellTrouble(place, { head: head.oid, problems: error.problems })
  }
}

/** A button answers by what it changes, and by the check, which GitHub waits for after its own "Re-run". */
async function pressButton(place: Workplace, { branch, action, by }: Press, world: BotWorld): Promise<void> {
  const { forge } = place
  const [pull] = await forge.pullRequests.from(branch)
  const command = commandOfButton(action === RERUN ? 'recheck' : action)
  if (pull?.state !== 'open' || !command) return
  if (!(await mayCommand(forge, by))) {
    world.log.info('button refused', { by, action })
    return
  }
  await tellingTrouble(place, pull, async () => {
    const work = await workAt(place, world.clock, branch)
    const outcome = await answerCommand(command, { work, world, pull, by })
    world.log.info('button', { by, action, outcome })
  })
  await lookAfter(place, world)
  if (action === RERUN) await forge.checks.repeat(pull.head.oid, STEP_CHECK)
}

async function answerDashboard(
  place: Workplace,
  { number, by, ticked }: { readonly number: number; readonly by: string; readonly ticked?: readonly Box[] },
  world: BotWorld,
): Promise<void> {
  const issue = await place.forge.issues.read(number)
  if (issue?.author.kind !== 'us' || !issue.labels.includes(DASHBOARD_LABEL)) return
  const boxes = ticked ?? tickedBoxes(issue.body)
  if (boxes.length === 0) return
  await answerBoxes(place, { boxes, by }, world)
  // A look writes the text anew, and with it these boxes unticked.
  await lookAfter(place, world, boxes)
}

async function apologize(
  place: Workplace,
  { number, branch }: { readonly number?: number; readonly branch?: string },
  id: string,
): Promise<void> {
  if (number !== undefined) return apologizeIn(place, number, id)
  const [pull] = branch === undefined ? [] : await place.forge.pullRequests.from(branch)
  if (pull?.state !== 'open') return
  const text = say.apology(id, 'press Recheck')
  await place.forge.checks.report({
    name: STEP_CHECK,
    at: pull.head.oid,
    state: 'failure',
    title: 'Something broke on my side',
    summary: text,
    annotations: [],
    actions: [{ id: 'recheck', label: 'Recheck', description: 'Judge the branch as it is now' }],
  })
}
