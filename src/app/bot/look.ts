import type { Workplace } from '../../ports/host.ts'
import { answerTicked } from './answer-boxes.ts'
import { answerLost, lastSaid } from './answer-comments.ts'
import { DASHBOARD_LABEL, type BotWorld } from './bot-world.ts'
import { OUR_BRANCHES } from '../jobs/job.ts'
import { lookAfter, type Looked } from './look-after.ts'
import { readSettings } from './work-at.ts'

/**
 * A whole look at a repository: first what people asked for and nobody answered, then what is due. What fails of the first keeps
 * the second from nothing; the failure is thrown in the end.
 */
export async function look(place: Workplace, world: BotWorld): Promise<Looked> {
  // Asked for in the first turn, so that it travels with what every look asks.
  const { issues, pullRequests } = place.forge
  const ahead: readonly Promise<unknown>[] = [
    lastSaid(place.forge),
    issues.ours(DASHBOARD_LABEL),
    pullRequests.openUnder(OUR_BRANCHES),
  ]
  for (const each of ahead) each.catch(() => {})
  const settings = await readSettings(place)
  if (settings.kind === 'unseen' || settings.kind === 'closed') return lookAfter(place, world)
  const failures: unknown[] = []
  const ticked = await orFailure(answerTicked(place, world), failures)
  await orFailure(answerLost(place, world), failures)
  const outcome = await lookAfter(place, world, ticked ?? [])
  if (failures.length > 0) throw failures[0]
  return outcome
}

async function orFailure<T>(asked: Promise<T>, failures: unknown[]): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    failures.push(error)
    return undefined
  }
}
