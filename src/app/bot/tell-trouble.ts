import { renderConfigCheck } from '../../core/explain/texts/render-config-check.ts'
import { ofCluster } from '../../core/explain/trouble/which-cluster.ts'
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
  /** The commit that the check is on. */
  readonly head: Oid
  readonly problems: readonly Problem[]
}

/** Says in a check what keeps a step from being taken. */
export async function tellTrouble({ forge }: Workplace, { head, problems }: Trouble): Promise<void> {
  await forge.checks.report(checkOf(head, 'action-required', renderTrouble(problems)))
}

/**
 * The same of several clusters: each on its own pull request, and together on the default branch where they have none, since that has one
 * check.
 */
export async function tellTroubles(
  place: Workplace,
  { head, looks }: { readonly head: Oid; readonly looks: readonly TroubledLook[] },
): Promise<void> {
  const homeless: Problem[] = []
  for (const { facts, branch, troubles } of looks.filter((each) => each.troubles.length > 0)) {
    const [pull] = branch === undefined ? [] : await place.forge.pullRequests.from(branch)
    if (pull?.state === 'open') await tellTrouble(place, { head: pull.head.oid, problems: troubles })
    else homeless.push(...troubles.map((each) => ofCluster(each, facts.name)))
  }
  if (homeless.length > 0) await tellTrouble(place, { head, problems: homeless })
}

interface TroubledLook {
  readonly facts: { readonly name?: string }
  /** The branch of the step that could not be taken, where it is about one. */
  readonly branch?: string
  readonly troubles: readonly Problem[]
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
