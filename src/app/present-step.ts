import type { Config } from '../core/config/resolve.ts'
import type { CheckReport, Forge, PullRequest } from '../ports/forge.ts'
import type { Workplace } from '../ports/host.ts'
import { STEP_CHECK } from './bot-world.ts'
import type { Built, Proposal } from './engine.ts'

/** Opens the pull request of a step or brings it up to date, and its check with it. The same proposal twice writes nothing. */
export async function presentStep(
  { forge }: Workplace,
  { proposal, change }: Pick<Built, 'proposal' | 'change'>,
  { pullRequests }: Pick<Config, 'pullRequests'>,
): Promise<PullRequest> {
  const { branch, onto } = proposal.step
  const { title, body, open } = proposal
  const [newest] = await forge.pullRequests.from(branch)
  if (newest?.state === 'open') {
    await update(newest, proposal, forge)
    if (await wasCutShort(newest, proposal, forge)) await decorate(newest.number, pullRequests, forge)
    await report(proposal, change, forge)
    return newest
  }
  const pull = await forge.pullRequests.open({ title, body, branch, onto, draft: open })
  await decorate(pull.number, pullRequests, forge)
  await report(proposal, change, forge)
  return pull
}

/** The check comes last. Without it, and without any label, a job died right after it had opened the pull request. */
async function wasCutShort({ labels }: PullRequest, { head }: Proposal, { checks }: Forge): Promise<boolean> {
  return labels.length === 0 && (await checks.find(head, STEP_CHECK)) === undefined
}

async function decorate(
  number: number,
  { labels, reviewers }: Config['pullRequests'],
  forge: Forge,
): Promise<void> {
  if (labels.length > 0) await forge.labels.add(number, labels)
  if (reviewers.length > 0) await forge.pullRequests.askForReview(number, reviewers)
}

async function update(pull: PullRequest, { title, body, open }: Proposal, forge: Forge): Promise<void> {
  const change = {
    ...(pull.title !== title && { title }),
    ...(!sameText(pull.body, body) && { body }),
    ...(pull.draft !== open && { draft: open }),
  }
  if (Object.keys(change).length > 0) await forge.pullRequests.update(pull.number, change)
}

/** GitHub gives bodies back with its own line ends, and without the last one. */
export function sameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trim() === b.replaceAll('\r\n', '\n').trim()
}

/** A commit that was made a moment ago has no check yet that could be compared with. */
async function report(proposal: Proposal, change: Built['change'], { checks }: Forge): Promise<void> {
  const isNew = change === 'created' || change === 'moved'
  await (isNew ? checks.create(checkOf(proposal)) : checks.report(checkOf(proposal)))
}

function checkOf({ head, open, check }: Proposal): CheckReport {
  return {
    name: STEP_CHECK,
    at: head,
    state: open ? 'failure' : 'success',
    title: check.title,
    summary: check.summary,
    annotations: check.annotations,
    actions: [
      { id: 'recheck', label: 'Recheck', description: 'Judge the branch as it is now' },
      { id: 'rebase', label: 'Rebase', description: 'Build it again on the newest state' },
    ],
  }
}
