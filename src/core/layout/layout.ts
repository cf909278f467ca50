import type { Oid } from '../model/oid.ts'
import type { ReleaseTag } from '../model/release-tag.ts'

/**
 * Where Kubespray is in a repository. Read from one tree and a few small files, before any history is looked at: `root` is a fork or a
 * copy with Kubespray at the top, `folder` a copy below one, `submodule` a gitlink, `pin` a version in some file (an image, a collection,
 * a clone, an archive), `inventory` nothing but hosts and variables.
 */
export type Layout = RootLayout | FolderLayout | SubmoduleLayout | PinLayout | InventoryLayout

interface RootLayout {
  readonly kind: 'root'
}

/** What names the release, and what speaks of Kubespray beside that. */
interface WithOthers {
  /** Documents, comments and forks that name some version of it, and variables that nothing sets: no step writes to them. */
  readonly others?: readonly Pin[]
}

export interface FolderLayout extends WithOthers {
  readonly kind: 'folder'
  /** The folder that holds Kubespray's tree, without a slash at its end. */
  readonly path: string
  /** Pins beside it that name the release of the folder. */
  readonly twins: readonly Pin[]
}

/** What is applied to the release that is named, before it is run. */
interface WithPatches extends WithOthers {
  /** Patch files, in the order in which they are applied; absent where there are none. */
  readonly patches?: readonly string[]
}

export interface SubmoduleLayout extends WithPatches {
  readonly kind: 'submodule'
  readonly gitlink: Gitlink
  /** The fork of the user's own that it is a commit of, as people know it; absent where it is upstream's. */
  readonly fork?: string
  /** Pins beside it that name the release which the gitlink is at. */
  readonly twins: readonly Pin[]
}

/** A pull request in a fork that has to be merged before the submodule here can go to what it brings. */
export interface ForkWait {
  readonly url: string
  /** `merged`: it is, and what the branch holds is not found to be on the release. */
  readonly state: 'open' | 'closed' | 'merged'
}

export interface PinLayout extends WithPatches {
  readonly kind: 'pin'
  /** All that name the release, in order of file and line; at least one. */
  readonly pins: readonly [Pin, ...Pin[]]
}

export interface InventoryLayout extends WithPatches {
  readonly kind: 'inventory'
  /** Commands of a README that name the release, where nothing else does. */
  readonly pins: readonly Pin[]
}

/** A submodule's entry in the tree. */
export interface Gitlink {
  readonly path: string
  readonly commit: Oid
  /**
   * Whether a URL or, where there is none, the path calls it Kubespray: `exact` for the repository's own name, `loose` for one that only
   * holds the word. Whose commit it is decides; the name matters where that cannot be looked up.
   */
  readonly named?: 'exact' | 'loose'
  /** As `.gitmodules` has it; absent where that does not name the path. */
  readonly url?: string
  /** The branch that `.gitmodules` names for it. */
  readonly branch?: TextRange & { readonly file: string; readonly line: number; readonly value: string }
}

/** A range of a file's text, in UTF-16 units, the end not included. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/** A place where the version of Kubespray is written. */
export interface Pin extends TextRange {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** As it is written, without quotes: `v2.28.0`, `2.28.0`, `refs/tags/v2.28.0`, a commit's id, `release-2.27`, `master`. */
  readonly value: string
  /** What the value is a version of. */
  readonly reaches: PinTarget
  readonly says: PinnedVersion
  /** The digest behind an image's tag, which is what is pulled: it has to move with the tag. */
  readonly digest?: TextRange & { readonly value: string }
  /** The release's name in a comment behind a commit's id; it moves with it. */
  readonly comment?: TextRange & { readonly value: string }
  /** Why it is told and not edited; absent where it is edited. */
  readonly only?: 'terraform' | 'source-code' | 'readme' | 'commented-out' | 'own-fork'
  /** Where nothing is written yet (`value` is empty): what has to stand before a release that is put there. */
  readonly before?: string
  /** A `v` stands where the value is used, so that a release is written without one. */
  readonly isBare?: true
}

/** `page` is the release's page, beside a pin that it repeats. */
export type PinTarget = 'image' | 'collection' | 'clone' | 'archive' | 'raw' | 'page'

export type PinnedVersion =
  | { readonly kind: 'release'; readonly release: ReleaseTag }
  | { readonly kind: 'commit'; readonly commit: Oid }
  /** A branch of upstream's, or no ref at all (`branch` is empty): which release runs is not in the repository. */
  | { readonly kind: 'branch'; readonly branch: string }
  /** Written as a variable that none of the files sets. */
  | { readonly kind: 'variable'; readonly name: string }

/** Everything of a tree that speaks of Kubespray, each with its place. */
export interface LayoutPlaces {
  /** Whether Kubespray stands at the top. */
  readonly isRoot: boolean
  /** Folders that hold Kubespray's tree. */
  readonly folders: readonly string[]
  /** Every gitlink of the tree: one that nobody calls Kubespray may be at a commit of its. */
  readonly gitlinks: readonly Gitlink[]
  /** Sections of `.gitmodules` for Kubespray without an entry in the tree. */
  readonly missingGitlinks: readonly { readonly path: string; readonly url: string; readonly line: number }[]
  readonly pins: readonly Pin[]
  /** Folders of inventories that are not inside a copy of Kubespray. */
  readonly inventories: readonly string[]
  /** How many files were read for it, and which were not that might tell as well. */
  readonly read?: number
  readonly unread?: readonly string[]
}
