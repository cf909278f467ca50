import type { Decisions } from '../../core/commands/decisions.ts'
import type { Forge, PullRequest } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import { markAtEnd } from '../../core/explain/marker.ts'
import type { OpenStep } from '../../core/explain/texts/stand-blocks.ts'
import { defined, optional } from '../../core/model/defined.ts'
import type { Proposal } from '../step/proposal-of.ts'
import { takesPlace, waitsFor } from '../../core/explain/takes-place.ts'
import type { Oid } from '../../core/model/oid.ts'
import { ONBOARDING_BRANCH, OUR_BRANCHES } from '../jobs/job.ts'
import { COMMITTER_EMAIL } from '../repository/committer-at.ts'
import { readStepName, takesPlaceOf, titleOfStep, type StepName } from '../branch/step-name.ts'

/** Our open pull requests for steps. */
export async function openSteps(forge: Forge): Promise<readonly PullRequest[]> {
  const open = await forge.pullRequests.openUnder(OUR_BRANCHES)
  return open.filter(({ head }) => head.branch !== ONBOARDING_BRANCH && !head.elsewhere)
}

/** One as the dashboard shows it, with what its check says where it was judged just now. */
export function openStep(
  { number, title, url, draft, head, base }: PullRequest,
  judged: readonly Proposal[] = [],
): OpenStep {
  const proposal = judged.find(({ step }) => step.branch === head.branch)
  return {
    number,
    title,
    url,
    draft,
    ...defined({ cluster: readStepName(head.branch, base.branch)?.cluster }),
    ...optional(proposal, ({ check }) => ({ outcome: check.title })),
  }
}

/**
 * Whether people do not want a step: its pull request was closed unmerged since the last `resume`. One that was merged
 * and then reverted is wanted again, and so is one that we closed ourselves to wait for another.
 */
export async function isUnwanted(
  forge: Forge,
  { branch }: StepName,
  { forgiven }: Decisions,
): Promise<boolean> {
  const [newest] = await forge.pullRequests.from(branch)
  if (newest?.state !== 'closed' || newest.number <= forgiven) return false
  return !(await waitsForAnother(forge, newest))
}

async function waitsForAnother(forge: Forge, { number }: PullRequest): Promise<boolean> {
  const ours = (await forge.comments.on(number)).filter(({ author }) => author.kind === 'us')
  return markAtEnd(ours.at(-1)?.body ?? '', 'waits') !== undefined
}

interface NewStep {
  readonly step: StepName
  readonly pull: PullRequest
  /** The other open steps. */
  readonly open: readonly PullRequest[]
}

/** Closes open steps that the new one takes the place of; one that holds a person's commits is left to its people. */
export async function closeSuperseded(
  { forge, objects }: Workplace,
  { step, pull, open }: NewStep,
): Promise<void> {
  for (const old of open) {
    const name = readStepName(old.head.branch, old.base.branch)
    if (!name || !takesPlaceOf(step, name) || (await isTouched(objects, old.head.oid))) continue
    await closeWith(forge, old, takesPlace(pull.number, titleOfStep(step)))
  }
}

/**
 * One at a time: a step that was proposed after the one that is due, while that was closed, waits again once somebody reopened that.
 * Whatever a person worked on is left to its people.
 */
export async function closeWaiting(
  { forge, objects }: Workplace,
  { step, pull, open }: NewStep,
): Promise<void> {
  const isOfAnother = ({ head, base }: PullRequest): boolean =>
    readStepName(head.branch, base.branch)?.cluster !== step.cluster
  for (const late of open.filter((each) => each.number > pull.number && !isOfAnother(each))) {
    if (await isTouched(objects, late.head.oid)) continue
    await closeWith(forge, late, waitsFor(pull.number))
  }
}

/** Says why and closes; said already where a job died before it could close. */
async function closeWith(forge: Forge, { number }: PullRequest, text: string): Promise<void> {
  const ours = (await forge.comments.on(number)).filter(({ author }) => author.kind === 'us')
  if (ours.at(-1)?.body.trim() !== text.trim()) await forge.comments.add(number, text)
  await forge.pullRequests.update(number, { state: 'closed' })
}

/** A person's commits go on top of ours, so the topmost tells. */
async function isTouched(objects: ObjectReader, head: Oid): Promise<boolean> {
  const commit = (await objects.readCommits([head])).get(head)
  return commit?.committer.email !== COMMITTER_EMAIL
}
