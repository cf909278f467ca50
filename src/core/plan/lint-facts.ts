import type { LintFinding } from './lint-finding.ts'

/** A finding of a step before it is put into words. */
export interface FoundLint extends Omit<LintFinding, 'message'> {
  readonly facts: LintFacts
}

/** Where a release says something: its file, counted from line 1. */
export interface ReleasePlace {
  readonly path: string
  readonly line?: number
}

export type LintFacts =
  | {
      readonly kind: 'default-kept'
      readonly tag: string
      readonly decides: string
      /** What the cluster was built with, and what the release gone to has, as they are written. */
      readonly before: string
      readonly after: string
    }
  | {
      readonly kind: 'default-refused'
      readonly tag: string
      readonly decides: string
      readonly before: string
      readonly after: string
      readonly allowed: readonly string[]
      readonly by: ReleasePlace
    }
  | {
      /** A value that tasks or templates of the release cannot do with what they do. */
      readonly kind: 'value-shape'
      readonly tag: string
      readonly shape: string
      /** The value itself, where it is short and no secret. */
      readonly shown?: string
      /** What is done with it: `loop`, `.items()`. */
      readonly how: string
      readonly by: ReleasePlace
      /** How many places more stop at it. */
      readonly others: number
      /** What all readers take; absent where no shape suits them all. */
      readonly wanted?: string
      /** The keys that are asked of its mappings. */
      readonly keys?: readonly string[]
      /** Set where the value is off, so that the step itself writes the new form of nothing. */
      readonly off?: boolean
      /** Where the shape is right, the key that is not there. */
      readonly missing?: string
    }
  | {
      /** What a variable said has its place inside of another one now. */
      readonly kind: 'variable-folded'
      readonly tag: string
      /** `metallb_config.address_pools`. */
      readonly into: string
      /** What each entry there calls it; absent where it only went along with another variable. */
      readonly as?: string
      readonly with?: string
      readonly by: ReleasePlace
      /** Where the sample inventory shows it. */
      readonly shown?: ReleasePlace
    }
  | {
      /** A template still reads it, and another one is chosen. */
      readonly kind: 'reader-gone'
      readonly tag: string
      readonly from: string
      readonly reader: string
      /** The expression that chooses, what it comes to, and where. */
      readonly choice: string
      readonly chosen: string
      readonly by: string
    }
