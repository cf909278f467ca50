/** What was asked of Ansible. */
export type Question = 'inventory' | 'syntax' | 'validation'

/** One run of Ansible, or one that was not made. */
export interface VerifiedRun {
  readonly question: Question
  /** The inventory by its folder or file; absent where there is none. */
  readonly inventory?: string
  readonly playbook?: string
  readonly answer: 'passes' | 'fails' | 'unanswered' | 'not-run'
  /** Why it was not run, or not answered. */
  readonly why?: WhyNot
  readonly failures: readonly Failure[]
  /** What the release's own tasks say beside that. */
  readonly told: readonly string[]
  /** How many checks the release has, and how many of them were asked of a host at least: others wait for a setting that is not on. */
  readonly checks?: number
  readonly asked?: number
}

export type WhyNot =
  /** The release asks its questions in the midst of its roles, of facts of hosts. */
  | { readonly code: 'no-validation-role' }
  | { readonly code: 'other-tasks'; readonly file: string; readonly line: number; readonly doing: string }
  | { readonly code: 'lookup'; readonly file: string; readonly line: number; readonly name?: string }
  | { readonly code: 'dynamic'; readonly files: readonly string[] }
  | { readonly code: 'no-hosts' }
  | { readonly code: 'odd-name'; readonly path: string }
  | { readonly code: 'no-playbook' }
  | { readonly code: 'inventory-fails' }
  | { readonly code: 'vault'; readonly file?: string }
  | { readonly code: 'timed-out' }
  | { readonly code: 'own-filter'; readonly name: string }
  /** A collection, or a library of Python, that the release wants beside Ansible. */
  | { readonly code: 'not-installed'; readonly name: string }

/** What Ansible stops at, in its own words. */
export interface Failure {
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly task?: string
  /** The condition that is not true. */
  readonly condition?: string
  /** None: whatever host it is. */
  readonly hosts: readonly string[]
}

/** All that was asked of a revision, and what was not looked at. */
export interface Verified {
  readonly revision: string
  readonly release?: string
  readonly ansible: AnsibleVersion
  readonly runs: readonly VerifiedRun[]
  /** Programs of the tree that Ansible would load, and did not get: filters, actions and the like. */
  readonly withheld: readonly string[]
  /** Commands that hand in what no file says, and were not followed. */
  readonly unclear: readonly string[]
}

export interface AnsibleVersion {
  readonly installed: string
  readonly min?: string
  readonly maxExclusive?: string
}

/** Whether all that was asked was answered, and with yes. */
export function isFine({ runs }: Pick<Verified, 'runs'>): boolean {
  return runs.every(({ answer }) => answer === 'passes' || answer === 'not-run')
}
