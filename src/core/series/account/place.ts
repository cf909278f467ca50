import type { Oid } from '../../model/oid.ts'
import type { ToldLine } from './told-lines.ts'

/** Where a line that the fork adds or removes has come to. */
export type Place =
  /** In the result, or gone from it, as the fork has it; `form` where it is written otherwise there. */
  | { readonly at: 'result'; readonly file?: string; readonly line?: number; readonly form?: string }
  /** The release has it, or has taken it away, by itself. */
  | {
      readonly at: 'release'
      readonly file?: string
      readonly line?: number
      readonly form?: string
      readonly by?: Oid
    }
  /** The report names it among what is left out. */
  | {
      readonly at: 'left-out'
      readonly why: Exclude<ToldLine['why'], 'open'>
      readonly upstream?: Oid
      readonly patch: string
    }
  /** In a conflict that the report shows. */
  | { readonly at: 'open'; readonly patch: string }
  /** Nowhere: a defect, or somebody's loss. */
  | { readonly at: 'nowhere' }

/** One line of the fork's net change. */
export interface PlacedLine {
  readonly side: 'added' | 'removed'
  /** Where the fork has it, or for a removed one where the base has it. */
  readonly file: string
  readonly line: number
  readonly text: string
  readonly place: Place
}

/**
 * A line that the result should not have so: `lost`: the fork adds it, and it is nowhere · `moved`: the fork moves it, and it stands
 * in its old place · `back`: the fork takes it away, and it
 * stands there · `twice`: it stands there more often than fork and release justify · `stray`: neither of the two has it there ·
 * `edited`: a line of an inventory that the step's edits change and do not name.
 */
export interface UnplacedLine {
  readonly kind: 'lost' | 'moved' | 'back' | 'twice' | 'stray' | 'edited'
  /** Where it stands in the result; of a lost one, where the fork has it. */
  readonly file: string
  readonly line: number
  readonly text: string
}
