import { defined } from '../../core/model/defined.ts'
import { tickedBoxes } from '../../core/explain/texts/render-dashboard.ts'
import { ONBOARDING_BRANCH, OUR_BRANCHES, RERUN, type Job } from './job.ts'
import type { RepositoryName } from '../../ports/forge.ts'

/** A webhook, verified and parsed. */
export interface WebhookEvent {
  /** `X-GitHub-Event`. */
  readonly name: string
  readonly payload: Payload
}

/** What an event asks for; nothing, for most. Pure: it sees the payload and nothing else. */
export function jobsFor({ name, payload }: WebhookEvent): readonly Job[] {
  return isSubscribed(name) ? HANDLERS[name](payload) : []
}

/** The events that may ask for something; whatever else comes asks for nothing. */
export const EVENTS = [
  'installation',
  'installation_repositories',
  'push',
  'pull_request',
  'issue_comment',
  'check_run',
  'check_suite',
  'issues',
] as const

export type EventName = (typeof EVENTS)[number]

export function isSubscribed(name: string): name is EventName {
  return (EVENTS as readonly string[]).includes(name)
}

/**
 * The fields we read, as the door has found them to be (`entry/server/read-payload.ts`). What GitHub does not send is absent; nothing is
 * believed to be there.
 */
export interface Payload {
  readonly action?: string
  readonly installation?: { readonly id?: number; readonly account?: { readonly login?: string } }
  readonly sender?: { readonly login?: string; readonly type?: string }
  readonly repository?: PayloadRepository
  readonly repositories?: readonly PayloadRepository[]
  readonly repositories_added?: readonly PayloadRepository[]
  readonly ref?: string
  readonly pull_request?: {
    readonly head?: { readonly ref?: string; readonly repo?: { readonly full_name?: string } | null }
  }
  readonly issue?: {
    readonly number?: number
    readonly body?: string | null
    readonly user?: { readonly type?: string } | null
  }
  readonly comment?: { readonly body?: string; readonly user?: { readonly type?: string } | null }
  readonly check_run?: {
    readonly check_suite?: { readonly head_branch?: string | null } | null
    readonly pull_requests?: readonly { readonly head?: { readonly ref?: string } }[]
  }
  readonly check_suite?: { readonly head_branch?: string | null }
  readonly requested_action?: { readonly identifier?: string }
}

interface PayloadRepository {
  readonly full_name?: string
  readonly default_branch?: string
}

type Handler = (payload: Payload) => readonly Job[]

const HANDLERS: Readonly<Record<EventName, Handler>> = {
  installation: onInstallation,
  installation_repositories: onRepositoriesAdded,
  push: onPush,
  pull_request: onPullRequest,
  issue_comment: onComment,
  check_run: onCheckRun,
  check_suite: onCheckSuite,
  issues: onIssue,
}

/** Removed and suspended installations need no work: we can no longer do any. */
function onInstallation({ action, repositories, installation }: Payload): readonly Job[] {
  if (!['created', 'unsuspend', 'new_permissions_accepted'].includes(action ?? '')) return []
  if (repositories) return looks(repositories)
  // Only a new installation comes with its repositories.
  const { id, account } = installation ?? {}
  if (id === undefined || !account?.login) return []
  return [{ kind: 'installation', repository: { owner: account.login, name: '*' }, installation: id }]
}

function onRepositoriesAdded({ action, repositories_added: added }: Payload): readonly Job[] {
  return action === 'added' ? looks(added) : []
}

/** What we push ourselves is known to us; what a person pushes to our branch comes as `pull_request.synchronize`. */
function onPush({ repository, ref }: Payload): readonly Job[] {
  const branch = ref?.replace(/^refs\/heads\//, '')
  if (!ref?.startsWith('refs/heads/') || branch?.startsWith(OUR_BRANCHES)) return []
  return looks([repository])
}

function onPullRequest({ action, repository, pull_request: pull, sender }: Payload): readonly Job[] {
  const branch = pull?.head?.ref
  // A pull request from a fork may use our branch names; it is none of ours.
  if (!branch?.startsWith(OUR_BRANCHES) || pull?.head?.repo?.full_name !== repository?.full_name) return []
  if (action === 'closed' || action === 'reopened') return looks([repository])
  if (action !== 'synchronize' || isBot(sender)) return []
  // The config proposed there may have changed, and with it the preview.
  if (branch === ONBOARDING_BRANCH) return looks([repository])
  return jobIn(repository, (name) => ({ kind: 'recheck', repository: name, branch }))
}

function onComment({ action, repository, issue, comment, sender }: Payload): readonly Job[] {
  const { number } = issue ?? {}
  if (action !== 'created' || number === undefined) return []
  // A bot never answers a bot; and most comments are not for us.
  if (isBot(sender) || isBot(comment?.user) || !/\/multiarch/i.test(comment?.body ?? '')) return []
  return jobIn(repository, (name) => ({ kind: 'comments', repository: name, number }))
}

function onCheckRun({
  action,
  repository,
  check_run: run,
  requested_action: asked,
  sender,
}: Payload): readonly Job[] {
  // A suite names no branch where the check was there before the branch was.
  const branch = run?.check_suite?.head_branch ?? run?.pull_requests?.[0]?.head?.ref
  if (action === 'rerequested') return pressed(repository, { branch, action: RERUN, sender })
  if (action === 'requested_action') return pressed(repository, { branch, action: asked?.identifier, sender })
  return []
}

function onCheckSuite({ action, repository, check_suite: suite, sender }: Payload): readonly Job[] {
  if (action !== 'rerequested') return []
  return pressed(repository, { branch: suite?.head_branch, action: RERUN, sender })
}

function onIssue({ action, repository, issue, sender }: Payload): readonly Job[] {
  const { number, user } = issue ?? {}
  const by = sender?.login
  if (action !== 'edited' || number === undefined || by === undefined) return []
  // The dashboard is an issue of a bot's; whether of this one's is asked when the job runs.
  if (!isBot(user) || isBot(sender)) return []
  const ticked = typeof issue?.body === 'string' ? tickedBoxes(issue.body) : undefined
  if (ticked?.length === 0) return []
  return jobIn(repository, (name) => ({
    kind: 'dashboard',
    repository: name,
    number,
    by,
    ...defined({ ticked }),
  }))
}

function pressed(
  repository: PayloadRepository | undefined,
  press: { branch: string | null | undefined; action: string | undefined; sender: Payload['sender'] },
): readonly Job[] {
  const { branch, action, sender } = press
  const by = sender?.login
  if (!branch?.startsWith(OUR_BRANCHES) || action === undefined || by === undefined) return []
  return jobIn(repository, (name) => ({ kind: 'button', repository: name, press: { branch, action, by } }))
}

function looks(repositories: readonly (PayloadRepository | undefined)[] | undefined): readonly Job[] {
  return (repositories ?? []).flatMap((each) => jobIn(each, (repository) => ({ kind: 'look', repository })))
}

function jobIn(
  repository: PayloadRepository | undefined,
  job: (name: RepositoryName) => Job,
): readonly Job[] {
  const [owner, name, ...more] = repository?.full_name?.split('/') ?? []
  return owner && name && more.length === 0 ? [job({ owner, name })] : []
}

function isBot(account: { readonly type?: string } | null | undefined): boolean {
  return account?.type === 'Bot'
}
