import {
  saysTrouble,
  DASHBOARD_TITLE,
  renderDashboard,
  sameDashboard,
  type DashboardFacts,
} from '../../core/explain/dashboard.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Workplace } from '../../ports/host.ts'
import { DASHBOARD_LABEL, type BotWorld } from './bot-world.ts'

/**
 * Writes the dashboard issue where it says something else by now, and says what stood there before: whether something was in the
 * way. A fork without issues has none, and needs none.
 */
export async function keepDashboard(
  { forge }: Workplace,
  facts: DashboardFacts,
  { clock, log }: BotWorld,
): Promise<'troubled' | 'untroubled' | 'unknown'> {
  const day = new Date(clock.now()).toISOString().slice(0, 10)
  const body = renderDashboard(facts, day)
  try {
    const issue = await forge.issues.ours(DASHBOARD_LABEL)
    if (!issue && (await forge.repository.read())?.issues === false) return 'unknown'
    if (!issue) await forge.issues.open({ title: DASHBOARD_TITLE, body, label: DASHBOARD_LABEL })
    else if (!sameDashboard(issue.body, body)) await forge.issues.update(issue.number, { body })
    return issue && saysTrouble(issue.body) ? 'troubled' : 'untroubled'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    log.info('no dashboard', { codes: error.problems.map(({ code }) => code) })
    return 'unknown'
  }
}
