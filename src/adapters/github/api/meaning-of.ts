import type { Problem } from '../../../core/model/problem.ts'

/*
 * How GitHub says no, and what each way means. GitHub documents few of its words, so each row names where it was seen. Rows are tried in
 * their order, the first that fits counts; what fits none is no defect of ours, but something to try again, more slowly.
 */

export type Headers = Readonly<Record<string, string | number | undefined>>

/** An answer that was no success, whatever brought it. */
export interface FailedAnswer {
  readonly api: 'rest' | 'graphql'
  /** The HTTP status; of a GraphQL error in an answer of 200 the one that its type stands for; 0 where there was no answer. */
  readonly status: number
  /** What GraphQL calls it, `RATE_LIMIT` for one. */
  readonly type?: string
  readonly message: string
  /** The errors beside the message, as they came. */
  readonly details?: string
  readonly headers: Headers
  /** What was asked for, for the log. */
  readonly asked: string
}

type Meaning =
  /** Nothing is answered before then (seconds). */
  | { readonly kind: 'wait'; readonly seconds: number }
  /** It was too much for one question. `certain`: GitHub has counted; else it ran out of time. */
  | { readonly kind: 'ask-less'; readonly certain: boolean }
  /** What a person can mend, or has decided. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** There is no such thing, by this answer. */
  | { readonly kind: 'gone' }
  /** Time may mend it, or nobody knows what it is. */
  | { readonly kind: 'slower' }

export function meaningOf(answer: FailedAnswer, now: number): Meaning {
  for (const { says, means } of ROWS) if (says(answer)) return means(answer, now)
  return { kind: 'slower' }
}

interface Row {
  says(this: void, answer: FailedAnswer): boolean
  means(this: void, answer: FailedAnswer, now: number): Meaning
}

/** GitHub asks for at least a minute where it names no time. */
const AT_LEAST = 60

const ROWS: readonly Row[] = [
  // The hour's requests are used up. Over GraphQL with status 200, and with either type: yanyongyu/githubkit#271,
  // renovatebot/renovate#45396 (RATE_LIMIT), renovatebot/renovate#21861 (RATE_LIMITED).
  {
    says: ({ type, message }) =>
      /^RATE_LIMIT(?:ED)?$/.test(type ?? '') || /^API rate limit (?:already )?exceeded\b/i.test(message),
    means: (answer, now) => ({
      kind: 'wait',
      seconds: untilReset(answer, now) ?? retryAfter(answer) ?? AT_LEAST,
    }),
  },
  // A secondary limit: by its words whatever the status, since GraphQL gives it with 200 or 403 and without a type
  // (docs, "Exceeding the rate limit"), and what was created too fast with 422 (cli/cli#4801).
  {
    says: ({ message, details }) =>
      /^You have (?:exceeded a secondary rate limit|triggered an abuse detection mechanism)\b/i.test(
        message,
      ) || /"was submitted too quickly/.test(details ?? ''),
    means: waitFor,
  },
  {
    says: ({ status, headers }) => status === 429 || (status === 403 && has(headers, 'retry-after')),
    means: waitFor,
  },
  // github.blog changelog 2025-09-01, vn7n24fzkq/github-profile-summary-cards; the node limit is documented.
  {
    says: ({ type }) => /^(?:RESOURCE_LIMITS_EXCEEDED|MAX_NODE_LIMIT_EXCEEDED)$/.test(type ?? ''),
    means: () => ({ kind: 'ask-less', certain: true }),
  },
  // A query that ran out of GitHub's ten seconds: in words with 200 or 502, or a page of HTML (cli/cli#6262, octokit/graphql.js#293).
  {
    says: ({ message, api, status }) =>
      /^Something went wrong while executing your query\b/i.test(message) ||
      (api === 'graphql' && [0, 502, 504].includes(status)),
    means: () => ({ kind: 'ask-less', certain: false }),
  },
  // REST compare and diffs: github-changelog-generator#920. Of a comparison that fails without these words nothing else is known either.
  {
    says: ({ message, asked, status }) =>
      /^(?:Server Error: )?Sorry, this diff is (?:taking too long to generate|too large)/i.test(message) ||
      (/^GET \S*\/compare\//.test(asked) && [0, 500, 502, 504].includes(status)),
    means: () => ({ kind: 'ask-less', certain: false }),
  },
  // Workflow files without the permission for them: 403 (microsoft/AL-Go#808, vercel/next.js#94596) or 404
  // (WordPress/contributor-toolkit#179, winget-create#235); the header names what it takes.
  {
    says: ({ status, headers }) =>
      (status === 403 || status === 404) && /\bworkflows=write\b/.test(String(headers[ACCEPTED] ?? '')),
    means: ({ message }) => ({ kind: 'refused', problem: withoutWorkflows(message) }),
  },
  {
    says: (answer) => knownIn(answer) !== undefined,
    means: (answer) => ({ kind: 'refused', problem: knownIn(answer) as Problem }),
  },
  // The last request of an hour may fail for its own reasons, which stand above.
  {
    says: ({ status, headers }) => status === 403 && String(headers['x-ratelimit-remaining']) === '0',
    means: (answer, now) => ({ kind: 'wait', seconds: untilReset(answer, now) ?? AT_LEAST }),
  },
  { says: ({ status }) => status >= 500 || status === 0, means: waitFor },
  { says: ({ status }) => status === 404 || status === 410, means: () => ({ kind: 'gone' }) },
]

function waitFor(answer: FailedAnswer, now: number): Meaning {
  const seconds = retryAfter(answer) ?? (isUsedUp(answer) ? untilReset(answer, now) : undefined)
  return { kind: 'wait', seconds: seconds ?? AT_LEAST }
}

/** Seconds, or (as HTTP allows) a date. */
function retryAfter({ headers }: FailedAnswer): number | undefined {
  const seconds = Number(headers['retry-after'])
  return has(headers, 'retry-after') && seconds > 0 ? Math.ceil(seconds) : undefined
}

function untilReset({ headers }: FailedAnswer, now: number): number | undefined {
  const reset = Number(headers['x-ratelimit-reset'])
  return has(headers, 'x-ratelimit-reset') && reset > 0
    ? Math.max(1, Math.ceil(reset - now / 1000))
    : undefined
}

function isUsedUp({ headers }: FailedAnswer): boolean {
  return String(headers['x-ratelimit-remaining']) === '0'
}

function has(headers: Headers, name: string): boolean {
  return headers[name] !== undefined && headers[name] !== ''
}

/** What a person can mend, in what words GitHub says it and in what sentence a person gets it. */
const KNOWN: readonly {
  /** Read from its beginning, where GitHub puts it: paths and names of people's stand further on. */
  readonly says: RegExp
  readonly code: string
  message(this: void, says: string, wanted: string | undefined): string
}[] = [
  {
    // What git push is told; over REST and GraphQL as well.
    says: /^(?:.{0,80}: )?refusing to allow an? [\w ]{1,40} to create or update workflow\b/i,
    code: 'workflows-permission',
    message: (says) => withoutWorkflows(says).message,
  },
  {
    says: /^(?:GH0(?:06|13)\b|Repository rule violations found|Cannot \S+ (?:this|a) protected (?:branch|ref)|Protected branch|protected branch hook declined|You're not authorized to push to this branch|Changes must be made through a pull request|Required status check)/i,
    code: 'branch-protected',
    message: (says) =>
      `A branch protection or ruleset of this repository does not let me move the branch: ${oneLine(says)} Let me write branches that begin with multiarch/, or exempt me from the rule.`,
  },
  {
    says: /^GitHub Actions is not permitted to create or approve pull requests/i,
    code: 'actions-may-not-propose',
    message: () =>
      'GitHub does not let a workflow open pull requests here. Tick “Allow GitHub Actions to create and approve pull requests” under Settings, Actions, General.',
  },
  {
    // docs, "Resource not accessible"; the header names what it takes.
    says: /^Resource not accessible by (?:integration|personal access token)\b/i,
    code: 'permission-missing',
    message: (_, wanted) =>
      `GitHub says that I may not do this here${wanted === undefined ? '' : `; it takes ${wanted}`}. Accept the permissions I ask for in the settings of my installation (in a workflow: grant them under \`permissions:\`, or to the App whose token it uses), and make sure that this repository is among those chosen.`,
  },
  {
    says: /^(?:This |The )?installation has been suspended/i,
    code: 'installation-suspended',
    message: () =>
      'My installation is suspended, so I can do nothing here until an owner of the account resumes it.',
  },
  {
    says: /^(?:This )?repository (?:was|is|has been) archived\b/i,
    code: 'repository-archived',
    message: () => 'This repository is archived and cannot be written to. Unarchive it if I am to go on.',
  },
  {
    says: /^(?:Repository access blocked|(?:This )?repository (?:has been|is) (?:disabled|locked))/i,
    code: 'repository-blocked',
    message: (says) =>
      `GitHub has closed this repository (${withoutStop(says)}), so I can do nothing here. What to do about it, GitHub Support knows.`,
  },
  {
    says: /\bhas an IP allow list enabled, and your IP address is not permitted\b/i,
    code: 'address-not-allowed',
    message: () =>
      'The organization lets in only addresses of its IP allow list, and mine is not among them. Add the address of whoever runs me to that list, or let Apps in by it.',
  },
  {
    says: /^Resource protected by organization SAML enforcement/i,
    code: 'saml-enforced',
    message: () =>
      'The organization wants this token to be authorized for its single sign-on (SAML). Authorize it there, or use an App’s token.',
  },
  {
    says: /^(?:Git )?repository is empty/i,
    code: 'repository-empty',
    message: () =>
      'This repository has no commits yet. Push your fork of Kubespray to it, and I will look again.',
  },
  {
    says: /^Issues (?:are|has been|have been) disabled\b/i,
    code: 'issues-disabled',
    message: () =>
      'Issues are switched off in this repository, so I have no place for my dashboard. Switch them on under Settings, General, Features.',
  },
  {
    says: /^(?:(?:parent|tree) sha does not exist|object does not exist|(?:tree\.)?\S{1,60} [0-9a-f]{40} is not a valid (?:blob|tree|commit))/i,
    code: 'object-not-reachable',
    message: (says) =>
      `GitHub does not find a commit or file of upstream in this repository (${oneLine(says)}). That is so where it was copied rather than forked.`,
  },
]

const ACCEPTED = 'x-accepted-github-permissions'

function withoutWorkflows(says: string): Problem {
  const message = `GitHub does not let me write ${workflowIn(says)}, because I was not granted the permission "Workflows". ${GRANT}, or leave that file as it is in your fork.`
  return { code: 'workflows-permission', message }
}

const GRANT =
  'Grant it in the settings of my installation (in a workflow: to the App whose token it uses, since `github.token` never has it)'

function knownIn({ message, details, headers }: FailedAnswer): Problem | undefined {
  const wanted = headers[ACCEPTED]
  // Over GraphQL and in lists of errors the words may stand behind GitHub's own heading.
  const said = [message, details === undefined ? '' : wordsOf(details)].filter((each) => each !== '')
  for (const says of said) {
    const known = KNOWN.find((each) => each.says.test(says.trim()))
    if (known)
      return {
        code: known.code,
        message: known.message(says, wanted === undefined ? undefined : String(wanted)),
      }
  }
  return undefined
}

/** The first of the errors beside a message, in words. */
function wordsOf(details: string): string {
  const found =
    /"message":"((?:[^"\\]|\\.)*)"/.exec(details)?.[1] ?? /^\["((?:[^"\\]|\\.)*)"/.exec(details)?.[1]
  return found ?? ''
}

function workflowIn(says: string): string {
  return /`([^`]*\.github\/workflows\/[^`]*)`/.exec(says)?.[0] ?? 'files under `.github/workflows`'
}

function oneLine(says: string): string {
  const lines = says.split('\n').map((each) => each.trim())
  const line = lines.filter((each) => each !== '').join(' ')
  return /[.!?]$/.test(line) ? line : `${line}.`
}

function withoutStop(says: string): string {
  return oneLine(says).replace(/[.]$/, '')
}
