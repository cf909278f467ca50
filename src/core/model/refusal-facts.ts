/**
 * What is refused, as facts: what to do about it is said otherwise to whoever has a command line than to whoever reads a pull request.
 * `core/explain/refusal-of.ts` has the words.
 */
export type RefusalFacts =
  /** Everything on the branches that were looked at is upstream's. */
  | { readonly code: 'no-own-commits'; readonly branches: number; readonly branch: string }
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
