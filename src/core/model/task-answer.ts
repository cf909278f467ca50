/** What became of one task on one host. */
export interface TaskAnswer {
  readonly kind: 'passed' | 'failed' | 'skipped' | 'told' | 'unreachable'
  readonly host: string
  readonly task: string
  /** The module or action, as it is written. */
  readonly action: string
  /** `path:line` of the task. */
  readonly at?: string
  /** In Ansible's words, or the release's. */
  readonly message?: string
  /** The condition of an assert that is not true, as it is written. */
  readonly condition?: string
}
