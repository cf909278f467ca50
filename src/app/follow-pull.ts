import type { Decisions } from '../core/commands/decisions.ts'
import { code } from '../core/explain/markdown.ts'
import { readReleaseTag, type ReleaseTag } from '../core/model/version.ts'
import type { Oid } from '../core/model/oid.ts'
import type { Forge, PullRequest } from '../ports/forge.ts'
import type { Workplace } from '../ports/host.ts'
import type { ObjectReader } from '../ports/objects.ts'
import type { StepName } from './engine.ts'
import { ONBOARDING_BRANCH, OUR_BRANCHES } from './job.ts'
import { COMMITTER_EMAIL } from './committer.ts'

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

/** Closes open steps that the new one takes the place of; one that holds a person's commits is left to its people. */
export async function closeSuperseded(
  { forge, objects }: Workplace,
  { step, pull }: { readonly step: StepName; readonly pull: PullRequest },
): Promise<void> {
  for (const old of await openSteps(forge)) {
    if (old.number === pull.number || !isOlderRelease(old.head.branch, step)) continue
    if (await isTouched(objects, old.head.oid)) continue
    const text = `#${pull.number} takes the place of this: Kubespray ${code(step.release)} is out, and it holds all of this.`
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

/** The release a branch of ours goes to. */
export function releaseOfBranch(branch: string): ReleaseTag | undefined {
  const match = /^multiarch\/kubespray-(\d+\.\d+\.\d+)$/.exec(branch)
  return match ? readReleaseTag(`v${match[1]}`) : undefined
}

/** Only a step to another patch release of the same minor is taken over; other steps stand for themselves. */
function isOlderRelease(branch: string, { release }: StepName): boolean {
  const old = releaseOfBranch(branch)
  if (!old || old === release) return false
  return old.split('.').slice(0, 2).join('.') === release.split('.').slice(0, 2).join('.')
}
