import type { LayoutSetting } from '../model/layout-setting.ts'
import type { Oid } from '../model/oid.ts'
import type { ReleaseTag } from '../model/release-tag.ts'
import type { Gitlink, Layout, Pin } from './layout.ts'

/** What is known beyond the tree. */
export interface LayoutFacts {
  /** The newest release in a commit's history. `unknown` where upstream's history could not be asked. */
  releaseOf(commit: Oid): ReleaseAt | 'not-upstream' | 'unknown'
  /** The release that a folder's files are, where they were looked at: only then pins beside it can be its twins. */
  releaseOfFolder?(path: string): ReleaseTag | undefined
  /** `layout` and `base` of the settings. */
  readonly layout?: LayoutSetting | undefined
  readonly base?: ReleaseTag | undefined
}

export interface ReleaseAt {
  readonly release: ReleaseTag
  /** Whether it is the release itself, and not a commit after it. */
  readonly exact: boolean
}

/** A place that says which release is run. */
export type Claim =
  | { readonly kind: 'folder'; readonly path: string; readonly release?: ReleaseTag }
  | { readonly kind: 'submodule'; readonly gitlink: Gitlink; readonly release?: ReleaseTag }
  | { readonly kind: 'pin'; readonly pin: Pin; readonly release?: ReleaseTag }
  | { readonly kind: 'settings'; readonly release: ReleaseTag }
  | { readonly kind: 'root' }

export type LayoutChoice =
  | {
      readonly kind: 'layout'
      readonly layout: Layout
      /** Where it stands, as far as it is said here; absent for a tree in the repository, whose files tell. */
      readonly base?: ReleaseAt
    }
  | { readonly kind: 'question'; readonly question: LayoutQuestion }
  | { readonly kind: 'none'; readonly why: NoLayout }

export type LayoutQuestion =
  /** Several places that cannot all be what is run; `answers` are what `layout` may say, none where the places have to be made one. */
  | {
      readonly code: 'disagree'
      readonly claims: readonly Claim[]
      readonly answers: readonly LayoutSetting[]
    }
  /** The release is not in the repository: `base` in the settings says it. */
  | { readonly code: 'which-release'; readonly pins: readonly Pin[]; readonly inventories: readonly string[] }
  /** Upstream's history could not be asked whose commit this is. */
  | { readonly code: 'unknown-commit'; readonly at: Gitlink | Pin }
  /** `layout` names what is not there. */
  | {
      readonly code: 'not-there'
      readonly setting: LayoutSetting
      readonly answers: readonly LayoutSetting[]
    }

export type NoLayout =
  | { readonly code: 'own-fork'; readonly at: Gitlink | Pin }
  /** Only what is told and not edited: Terraform, source code. */
  | { readonly code: 'only-told'; readonly pins: readonly Pin[] }
  | { readonly code: 'missing-gitlink'; readonly path: string; readonly url: string; readonly line: number }
  | { readonly code: 'nothing' }
