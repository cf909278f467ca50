import {
  saysTrouble,
  DASHBOARD_TITLE,
  renderDashboard,
  sameDashboard,
  tickedBoxes,
  type Box,
  type DashboardFacts,
} from '../../core/explain/texts/render-dashboard.ts'
import { defined } from '../../core/model/defined.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Workplace } from '../../ports/host.ts'
import { DASHBOARD_LABEL, type BotWorld } from './bot-world.ts'

interface Dashboard {
  readonly facts: DashboardFacts
  /** The boxes that are done with; others that somebody ticked stay ticked. */
  readonly answered: readonly Box[]
}

/**
 * Writes the dashboard issue where it says something else by now, and says what stood there before: whether something was in the
 * way. A fork without issues has none, and needs none.
 */
export async function keepDashboard(
  { forge }: Workplace,
  { facts, answered }: Dashboard,
  { clock, log, version }: BotWorld,
): Promise<'troubled' | 'untroubled' | 'none' | 'refused'> {
  const day = new Date(clock.now()).toISOString().slice(0, 10)
  try {
    const issue = await forge.issues.ours(DASHBOARD_LABEL)
    const ticked = tickedBoxes(issue?.body ?? '').filter((box) => !answered.includes(box))
    const body = renderDashboard({ ...facts, ...defined({ version }), ticked }, day)
    if (!issue && (await forge.repository.read())?.issues === false) return 'none'
    if (!issue) await forge.issues.open({ title: DASHBOARD_TITLE, body, label: DASHBOARD_LABEL })
    else if (!sameDashboard(issue.body, body)) await forge.issues.update(issue.number, { body })
    return issue && saysTrouble(issue.body) ? 'troubled' : 'untroubled'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    log.info('no dashboard', { codes: error.problems.map(({ code }) => code) })
    return 'refused'
  }
}
