import { renderDashboard, withTrouble, DASHBOARD_TITLE } from '../../core/explain/texts/render-dashboard.ts'
import { githubUnclear } from '../../core/explain/trouble/github-unclear.ts'
import type { Unclear } from '../../core/model/unclear.ts'
import type { Workplace } from '../../ports/host.ts'
import { DASHBOARD_LABEL, type BotWorld } from './bot-world.ts'
import { loadDecisions } from './load-decisions.ts'
import { openStep, openSteps } from './open-steps.ts'
import { tellTrouble } from './tell-trouble.ts'
import { readSettings } from './work-at.ts'

interface Told {
  readonly unclear: Unclear
  /** When GitHub is asked again, milliseconds since 1970. */
  readonly again: number
}

/**
 * Says on the dashboard what GitHub answers and nobody understood, and when it is asked again; in the check of the default branch where
 * there is no dashboard to be had. The next look that goes through writes the dashboard anew, and takes the check back. Whoever has not
 * set us up hears nothing.
 */
export async function tellUnclear(
  place: Workplace,
  { unclear, again }: Told,
  { clock }: BotWorld,
): Promise<void> {
  const { forge, objects } = place
  const problem = githubUnclear(unclear, again)
  const board = await forge.issues.ours(DASHBOARD_LABEL)
  if (board) {
    const body = withTrouble(board.body, problem)
    if (body !== board.body) await forge.issues.update(board.number, { body })
    return
  }
  const settings = await readSettings(place)
  if (settings.kind !== 'config' && settings.kind !== 'problems') return
  if ((await forge.repository.read())?.issues === false)
    return tellTrouble(place, { head: settings.head, problems: [problem] })
  const facts = {
    open: (await openSteps(forge)).map((pull) => openStep(pull)),
    patches: [],
    problems: [],
    decisions: await loadDecisions(objects),
  }
  const day = new Date(clock.now()).toISOString().slice(0, 10)
  const body = withTrouble(renderDashboard(facts, day), problem)
  await forge.issues.open({ title: DASHBOARD_TITLE, body, label: DASHBOARD_LABEL })
}
