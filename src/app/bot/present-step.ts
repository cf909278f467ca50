import { newBody } from '../../core/explain/keep-ticks.ts'
import { readSuggestion, suggestionComment } from '../../core/explain/settling/suggestion-comment.ts'
import { defined, optional } from '../../core/model/defined.ts'
import type { Config } from '../../core/config/resolve-config.ts'
import type { CheckReport, Forge, NewPullRequest, PullRequest } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import { STEP_CHECK } from './bot-world.ts'
import type { Proposal } from '../step/proposal-of.ts'

/** Opens the pull request of a step or brings it up to date, and its check with it. The same proposal twice writes nothing. */
export async function presentStep(
  place: Workplace,
  proposal: Proposal,
  config: Pick<Config, 'pullRequests'>,
): Promise<PullRequest> {
  const { forge } = place
  const { branch, onto } = proposal.step
  const { title, body, open } = proposal
  const [newest] = await forge.pullRequests.from(branch)
  if (newest?.state === 'open') return bringUpToDate(forge, { pull: newest, proposal, config })
  const opened = await openUnlessThere(forge, { title, body, branch, onto, draft: open })
  // Somebody was faster, and theirs is as good as ours.
  if (!opened.isOurs) return bringUpToDate(forge, { pull: opened.pull, proposal, config })
  await decorate(opened.pull.number, config.pullRequests, forge)
  await report(proposal, forge)
  await suggest(opened.pull.number, proposal, forge)
  return opened.pull
}

async function openUnlessThere(
  { pullRequests }: Forge,
  request: NewPullRequest,
): Promise<{ readonly pull: PullRequest; readonly isOurs: boolean }> {
  try {
    return { pull: await pullRequests.open(request), isOurs: true }
  } catch (error) {
    const [theirs] = await pullRequests.from(request.branch)
    if (theirs?.state !== 'open') throw error
    return { pull: theirs, isOurs: false }
  }
}

interface Opened {
  readonly pull: PullRequest
  readonly proposal: Proposal
  readonly config: Pick<Config, 'pullRequests'>
}

async function bringUpToDate(forge: Forge, { pull, proposal, config }: Opened): Promise<PullRequest> {
  await update(pull, proposal, forge)
  if (await wasCutShort(pull, proposal, forge)) await decorate(pull.number, config.pullRequests, forge)
  await report(proposal, forge)
  await suggest(pull.number, proposal, forge)
  return pull
}

/** The check comes last. Without it, and without any label, a job died right after it had opened the pull request. */
async function wasCutShort({ labels }: PullRequest, { head }: Proposal, { checks }: Forge): Promise<boolean> {
  return labels.length === 0 && (await checks.find(head, STEP_CHECK)) === undefined
}

async function decorate(
  number: number,
  { labels, reviewers, assignees }: Config['pullRequests'],
  forge: Forge,
): Promise<void> {
  if (labels.length > 0) await forge.labels.add(number, labels)
  if (reviewers.length > 0) await forge.pullRequests.askForReview(number, reviewers)
  if (assignees.length > 0) await forge.pullRequests.assign(number, assignees)
}

async function update(pull: PullRequest, { title, body: text, open }: Proposal, forge: Forge): Promise<void> {
  const change = {
    ...optional(pull.title !== title, () => ({ title })),
    ...defined({ body: newBody(pull.body, text) }),
    ...optional(pull.draft !== open, () => ({ draft: open })),
  }
  if (Object.keys(change).length > 0) await forge.pullRequests.update(pull.number, change)
}

/** Also a commit that was just made may have a check: the same inputs give the same commit, which a branch may have left and come back to. */
async function report(proposal: Proposal, { checks }: Forge): Promise<void> {
  await checks.report(checkOf(proposal))
}

/** Each once: one whose lines moved or were settled since is told so by GitHub. */
async function suggest(
  number: number,
  { head, suggestions }: Proposal,
  { lineComments }: Forge,
): Promise<void> {
  if (suggestions.length === 0) return
  const said = new Set((await lineComments.ours(number)).map(({ body }) => readSuggestion(body)))
  for (const suggestion of suggestions.slice(0, MOST_SUGGESTIONS)) {
    const body = said.has(suggestion.name) ? undefined : suggestionComment(suggestion)
    const { path, from, to } = suggestion
    if (body !== undefined) await lineComments.add(number, { at: head, path, from, to, body })
  }
}

/** Each is a message to everybody who follows the pull request. */
const MOST_SUGGESTIONS = 10

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
