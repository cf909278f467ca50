import type { LoggedCommit, PathChange, Signature } from '../model/commit.ts'
import type { Oid } from '../model/oid.ts'
import type { Tree } from '../model/tree.ts'
import type { ReleaseTag } from '../model/release-tag.ts'

/** What the fork stands on. */
export interface Base {
  /** The newest release it contains, or the closest one where history does not say. */
  readonly release: ReleaseTag
  /** The upstream commit it stands on; three forks of four stand between two releases. */
  readonly commit: Oid
  /** Whether that commit is the release's own. */
  readonly exact: boolean
  readonly found: BaseEvidence
  /** Where upstream's tag of the release points now, if it is not the commit that the fork was moved to. */
  readonly tagMoved?: Oid
  /** Set where ancestry or a trailer names another release than the content does; the content won. */
  readonly disagreement?: { readonly says: BaseEvidence; readonly release: ReleaseTag }
}

/**
 * How a base was found: by our own trailer, by common history, by the release with the closest files, by what the repository pins, or
 * by the settings.
 */
export type BaseEvidence = 'trailer' | 'ancestry' | 'content' | 'pin' | 'settings'

/** One change of the fork to upstream's files: a commit, or a topic of a net change. */
export interface Patch {
  /** Stays the same when the patch is carried on: the id of the commit it began as. */
  readonly id: string
  /** `topic`: files that changed together in a net change; `files`: own files that need merging. */
  readonly kind: 'commit' | 'topic' | 'files'
  readonly title: string
  readonly message: string
  readonly author: Signature
  /** The commits it came from, oldest first; never empty. */
  readonly commits: readonly Oid[]
  /** For a topic: what each of its commits did, oldest first; not the merges among them. */
  readonly parts?: readonly LoggedCommit[]
  /** Sorted by path. */
  readonly changes: readonly PathChange[]
  /** Upstream commits its message says it was picked from. */
  readonly pickedFrom: readonly Oid[]
  /** The patch file that it stands in, where patches are files of the repository and not commits. */
  readonly file?: string
}

/** An own commit that is not carried as a patch, and why. */
export interface LeftOut {
  readonly commit: Oid
  readonly title: string
  /** `open`: a patch of an earlier step that was merged before anything of it was settled; `dropped`: at a person's word. */
  readonly why: 'own-files' | 'reverted' | 'bot' | 'merge' | 'empty' | 'open' | 'dropped'
  /** For `reverted`: the other commit of the pair. */
  readonly pair?: Oid
  /** For `dropped`: what it would have done. */
  readonly changes?: readonly PathChange[]
}

/** Everything of the fork above its base. */
export interface Series {
  /** In the order in which they are carried. */
  readonly patches: readonly Patch[]
  /** Own files as the branch has them now; they go to the release as they are. */
  readonly ownFiles: Tree
  readonly leftOut: readonly LeftOut[]
  /** The patch that first added an own file which later commits changed, by its path. */
  readonly broughtBy?: ReadonlyMap<string, Patch>
  /** Why the net change is carried instead of commits; absent where each patch is a commit. */
  readonly net?: 'merges' | 'copied'
}
