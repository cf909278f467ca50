import type { Severity } from '../audit/finding.ts'
import type { Architecture } from '../model/architecture.ts'

/** Something that a release changes without anybody setting a variable anew, and whom it touches. */
export interface ReleaseNote {
  /** The first release with it. */
  readonly release: string
  /** One or two whole sentences: what changes, and what to do. */
  readonly text: string
  readonly references: readonly string[]
  /** `error` where the play stops, or the cluster would be without something it needs; a notice where it is not given. */
  readonly severity?: Severity
  readonly touches: Touches
}

/** Whom a note is for; every condition that is given has to hold. */
export interface Touches {
  /** The inventory sets one of these; a name may end in `*`. */
  readonly sets?: readonly string[]
  /** Not where the inventory sets one of these to such a value, nor where what it sets is not known. */
  readonly unless?: Readonly<Record<string, readonly string[]>>
  /** The inventory relies on the default of these. */
  readonly leaves?: readonly string[]
  readonly networkPlugin?: readonly string[]
  readonly containerManager?: readonly string[]
  readonly architectures?: readonly Architecture[]
  /** Any of these switches is on. */
  readonly on?: readonly string[]
}
