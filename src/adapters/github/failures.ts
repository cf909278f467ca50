import { Refusal } from '../../core/model/problem.ts'
import { TryLater } from '../../ports/try-later.ts'

/** GitHub said no in a way that its caller may know what to do about; by itself a defect of ours. */
export class GitHubFailure extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'GitHubFailure'
    this.status = status
  }
}

/** An answer that was no success, whatever brought it. */
export interface FailedAnswer {
  readonly status: number
  readonly message: string
  readonly headers: Readonly<Record<string, string | number | undefined>>
  /** What was asked for, for the log. */
  readonly asked: string
}

/** What a failed answer means: `TryLater` where time mends it, a `Refusal` where a person can, else a `GitHubFailure`. */
export function failureOf(answer: FailedAnswer, now: number): Error {
  const wait = secondsToWait(answer, now)
  if (wait !== undefined) {
    const said = `GitHub asks for patience (${answer.status}: ${answer.message})`
    return new TryLater(said, now + wait * 1000)
  }
  const problem = problemOf(answer)
  if (problem) return new Refusal(problem)
  return new GitHubFailure(answer.status, `${answer.asked}: ${answer.status} ${answer.message}`)
}

/** GitHub asks for at least a minute where it names no time. */
const AT_LEAST = 60

function secondsToWait({ status, message, headers }: FailedAnswer, now: number): number | undefined {
  if (status >= 500 || status === 0) return AT_LEAST
  if (status !== 403 && status !== 429) return undefined
  const after = Number(headers['retry-after'])
  if (after > 0) return after
  if (
    String(headers['x-ratelimit-remaining']) === '0' ||
    /API rate limit (already )?exceeded/i.test(message)
  ) {
    const reset = Number(headers['x-ratelimit-reset'])
    return Number.isFinite(reset) ? Math.max(1, Math.ceil(reset - now / 1000)) : AT_LEAST
  }
  return status === 429 || /secondary rate limit|abuse detection/i.test(message) ? AT_LEAST : undefined
}

/** What GitHub says, in what code and sentence a person gets it. The first that fits. */
const KNOWN: readonly {
  readonly says: RegExp
  readonly code: string
  message(this: void, says: string): string
}[] = [
  {
    says: /without `?workflows?`? permission|workflow.*scope/i,
    code: 'workflows-permission',
    message: (says) =>
      `GitHub does not let me write ${workflowIn(says)}, because I was not granted the permission "Workflows". Grant it in the settings of my installation, or leave that file as it is in your fork.`,
  },
  {
    says: /rule violations|protected (branch|ref)|protected branch hook/i,
    code: 'branch-protected',
    message: (says) =>
      `A branch protection or ruleset of this repository does not let me move the branch: ${oneLine(says)} Let me write branches that begin with multiarch/, or exempt me from the rule.`,
  },
  {
    says: /resource not accessible by integration/i,
    code: 'permission-missing',
    message: (says) =>
      `GitHub says that I may not do this here${permissionsIn(says)}. Accept the permissions I ask for in the settings of my installation, and make sure that this repository is among those chosen.`,
  },
  {
    says: /installation has been suspended/i,
    code: 'installation-suspended',
    message: () =>
      'My installation is suspended, so I can do nothing here until an owner of the account resumes it.',
  },
  {
    says: /archived/i,
    code: 'repository-archived',
    message: () => 'This repository is archived and cannot be written to. Unarchive it if I am to go on.',
  },
  {
    says: /repository is empty/i,
    code: 'repository-empty',
    message: () =>
      'This repository has no commits yet. Push your fork of Kubespray to it, and I will look again.',
  },
  {
    says: /issues (are|has been) disabled/i,
    code: 'issues-disabled',
    message: () =>
      'Issues are switched off in this repository, so I have no place for my dashboard. Switch them on under Settings, General, Features.',
  },
  {
    says: /parent sha does not exist|tree sha does not exist|object does not exist|is not a valid (blob|tree|commit)/i,
    code: 'object-not-reachable',
    message: (says) =>
      `GitHub does not find a commit or file of upstream in this repository (${oneLine(says)}). That is so where it was copied rather than forked.`,
  },
]

function problemOf({ message, headers }: FailedAnswer): { code: string; message: string } | undefined {
  const wanted = headers['x-accepted-github-permissions']
  const says = wanted === undefined ? message : `${message} [${wanted}]`
  const known = KNOWN.find((each) => each.says.test(says))
  return known && { code: known.code, message: known.message(says) }
}

function workflowIn(says: string): string {
  return /`([^`]*\.github\/workflows\/[^`]*)`/.exec(says)?.[0] ?? 'files under `.github/workflows`'
}

function permissionsIn(says: string): string {
  const wanted = /\[(.*)\]$/.exec(says)?.[1]
  return wanted === undefined ? '' : `; it takes ${wanted}`
}

function oneLine(says: string): string {
  const line = says
    .trim()
    .split(/\s*\n\s*/)
    .join(' ')
  return /[.!?]$/.test(line) ? line : `${line}.`
}
