import type { Undecided } from '../catalogue/jinja/decision.ts'

/** A task of a release that may stop a play: `assert`, or `fail` under conditions. */
export interface Check {
  readonly path: string
  /** Counted from 1. */
  readonly line: number
  readonly name?: string
  readonly kind: 'assert' | 'fail'
}

/** What became of a check on some hosts. */
export type Answer =
  | { readonly kind: 'passes' }
  /** Nothing leads to it with these settings. */
  | { readonly kind: 'not-asked' }
  | ({ readonly kind: 'left' } & Undecided)
  | Failure

/** A check that stops the play for certain. */
export interface Failure {
  readonly kind: 'fails'
  /** What is not true, as it is written; of a `fail` the conditions that all are. */
  readonly conditions: readonly string[]
  /** What the release says then; absent where it says nothing. */
  readonly message?: string
  /** The variables that decide it, nearest first. */
  readonly reads: readonly string[]
}
