import type { Oid } from './oid.ts'
import type { ReleaseTag } from './release-tag.ts'

/**
 * What is refused, as facts: what to do about it is said otherwise to whoever has a command line than to whoever reads a pull request.
 * `core/explain/refusal-of.ts` has the words.
 */
export type RefusalFacts =
  /** Everything on the branches that were looked at is upstream's; `release` is the newest that the named one contains. */
  | {
      readonly code: 'no-own-commits'
      readonly branches: number
      readonly branch: string
      readonly release?: ReleaseTag
    }
  | { readonly code: 'not-kubespray' }
  | { readonly code: 'no-releases' }
  /** Most commits that no known release contains look like upstream's own. */
  | { readonly code: 'tags-too-old'; readonly commits: number; readonly newest: string }
  | { readonly code: 'release-incomplete'; readonly missing: number }
  | {
      readonly code: 'unknown-branch'
      readonly branch: string
      readonly near?: string
      readonly branches: readonly string[]
    }
  | { readonly code: 'unknown-release'; readonly release: string; readonly near: string }
  /** A branch of ours that people worked on; `free` is a name that nothing has. */
  | { readonly code: 'branch-changed' | 'branch-not-ours'; readonly branch: string; readonly free: string }
  /** The branch to be written is the one that the step is made from. */
  | { readonly code: 'branch-is-source'; readonly branch: string }
  /** It is checked out, and would move below a working tree; a forge has none. */
  | { readonly code: 'branch-checked-out'; readonly branch: string; readonly at?: string }
  /** Git keeps a branch as a file: none can be named as another's folder. */
  | { readonly code: 'branch-in-the-way'; readonly branch: string; readonly other: string }
  /** Most of what Kubespray is made of was deleted there; `others` are branches that hold it. */
  | {
      readonly code: 'kubespray-removed'
      readonly branch: string
      readonly left: number
      readonly of: number
      readonly others: readonly string[]
    }
  | { readonly code: 'missing-object'; readonly oid: Oid }
  /** A submodule of an own fork, which has to make the step first. */
  | { readonly code: 'fork-first'; readonly fork: string; readonly path: string; readonly release: string }
  /** The same, where the fork cannot be read. */
  | { readonly code: 'fork-unread'; readonly url: string; readonly path: string; readonly commit: Oid }
