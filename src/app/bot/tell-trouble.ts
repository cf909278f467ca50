import { renderConfigCheck } from '../../core/explain/texts/render-config-check.ts'
import { RELIEF, renderTrouble } from '../../core/explain/render-trouble.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Problem } from '../../core/model/problem.ts'
import type { CheckReport } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import { CONFIG_CHECK, STEP_CHECK } from './bot-world.ts'

/** Says on the commit that broke the config what is wrong with it, at its lines. */
export async function tellConfigProblems(
  { forge }: Workplace,
  at: Oid,
  problems: readonly Problem[],
): Promise<void> {
  const check = renderConfigCheck(problems)
  await forge.checks.report({ name: CONFIG_CHECK, at, state: 'failure', ...check, actions: [] })
}

interface Trouble {
  /** The head of the default branch. */
  readonly head: Oid
  /** The step that could not be taken, where it is about one. */
  readonly branch?: string | undefined
  readonly problems: readonly Problem[]
}

/** Says in a check what keeps a step from being taken: on its pull request, or on the default branch where it has none. */
export async function tellTrouble({ forge }: Workplace, { head, branch, problems }: Trouble): Promise<void> {
  const [pull] = branch === undefined ? [] : await forge.pullRequests.from(branch)
  const at = pull?.state === 'open' ? pull.head.oid : head
  await forge.checks.report(checkOf(at, 'action-required', renderTrouble(problems)))
}

/** Takes back what a check on the default branch said, once nothing is in the way any more. */
export async function tellRelief({ forge }: Workplace, head: Oid): Promise<void> {
  const check = await forge.checks.find(head, STEP_CHECK)
  if (check?.state === 'action-required') await forge.checks.report(checkOf(head, 'success', RELIEF))
}

function checkOf(
  at: Oid,
  state: CheckReport['state'],
  text: { readonly title: string; readonly summary: string },
): CheckReport {
  return { name: STEP_CHECK, at, state, ...text, annotations: [], actions: [] }
}
