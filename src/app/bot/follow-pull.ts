import type { Decisions } from '../../core/commands/decisions.ts'
import type { Forge, PullRequest } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import type { ObjectReader } from '../../ports/objects.ts'
import type { Oid } from '../../core/model/oid.ts'
import { ONBOARDING_BRANCH, OUR_BRANCHES } from '../jobs/job.ts'
import { COMMITTER_EMAIL } from '../committer.ts'
import { readStepName, takesPlaceOf, titleOfStep, type StepName } from '../step/step-name.ts'

/** Our open pull requests for steps. */
export async function openSteps(forge: Forge): Promise<readonly PullRequest[]> {
  const open = await forge.pullRequests.openUnder(OUR_BRANCHES)
  return open.filter(({ head }) => head.branch !== ONBOARDING_BRANCH && !head.elsewhere)
}

/**
 * Whether people do not want a step: its pull request was closed unmerged since the last `resume`. One that was merged
 * and then reverted is wanted again.
 */
export async function isUnwanted(
  forge: Forge,
  { branch }: StepName,
  { forgiven }: Decisions,
): Promise<boolean> {
  const [newest] = await forge.pullRequests.from(branch)
  return newest?.state === 'closed' && newest.number > forgiven
}

export interface NewStep {
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
    const text = `#${pull.number} takes the place of this: ${titleOfStep(step)} is out, and it holds all of this.`
    const comments = await forge.comments.on(old.number)
    // Said already, by a job that died before it could close.
    const said = comments.some(({ author, body }) => author.kind === 'us' && body === text)
    if (!said) await forge.comments.add(old.number, text)
    await forge.pullRequests.update(old.number, { state: 'closed' })
  }
}

/** A person's commits go on top of ours, so the topmost tells. */
async function isTouched(objects: ObjectReader, head: Oid): Promise<boolean> {
  const commit = (await objects.readCommits([head])).get(head)
  return commit?.committer.email !== COMMITTER_EMAIL
}
