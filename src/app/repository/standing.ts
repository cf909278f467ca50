import type { HowApplied } from '../../core/layout/how-applied.ts'
import type { ForkWait } from '../../core/layout/layout.ts'
import type { FolderLayout, Layout } from '../../core/layout/layout.ts'
import type { LeftPin, MovedPin } from '../../core/layout/moved-pin.ts'
import { rootView, type RepositoryView } from '../../core/layout/repository-view.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { GroupedFile } from './read-patches.ts'

/**
 * Where Kubespray stands in a repository, and how another release is put there. Whatever is planned, judged and edited, is so on the
 * tree that is seen; only who reads a branch or writes one asks where that tree comes from.
 */
export interface Standing {
  readonly layout: Layout
  /** How people run it from the repository, as far as its files tell. */
  readonly applied: HowApplied
  /** The repository as its head has it. */
  readonly view: RepositoryView
  /** Files that are seen and only tell how playbooks are run: no audit judges them. */
  readonly callers: ReadonlySet<string>
  /** A release's tree as it is seen here. */
  ofRelease(this: void, tree: Tree): Tree
  /** What the repository becomes when it goes to a release. Reads the files that pins stand in. */
  moveTo(this: void, release: NamedRelease, workflows: 'carry' | 'leave'): Promise<Move>
}

export interface NamedRelease {
  readonly tag: ReleaseTag
  readonly commit: Oid
}

/** A repository that has moved to another release. */
export interface Move {
  /** What a series is carried onto: the release, and the repository's own files on it with their pins moved. */
  start(this: void, release: Tree): Tree
  /** The repository's tree with this one seen in it, pins moved. */
  put(this: void, view: Tree): Tree
  /** What stands in the release's place: a fork's own tree of it. Absent where it is the release itself. */
  readonly release?: Tree
  /** What has to happen in the fork before this may be merged. */
  readonly waits?: ForkWait
  /** What is seen of a commit on the branch of the step. */
  see(this: void, repository: Tree): Promise<Tree>
  /** Where the release is named now, by file and line. */
  readonly pins: readonly MovedPin[]
  /** Where it is named still as before, for a person to change, each with its reason. */
  readonly left: readonly LeftPin[]
  readonly newBlobs: ReadonlyMap<Oid, Uint8Array>
  /** What the step's commit tells: the files of the release, those of a folder, or the pins that moved. */
  readonly said: 'files' | 'folder' | 'pins'
  /** `snapshot`: the release's history has no place in the repository. */
  readonly form?: 'snapshot'
  /** The folder's new name, where its release stands in it. */
  readonly renamed?: { readonly from: string; readonly to: string }
  /** Where patches are files of the repository: those, with their places for the release. */
  readonly patchFiles?: PatchFilesMove
}

/** Patch files on their way to a release. */
export interface PatchFilesMove {
  readonly files: readonly MovedPatchFile[]
  readonly lists: readonly {
    readonly path: string
    readonly text: string
    readonly names: ReadonlyMap<string, string>
  }[]
  /** The release that they were written for, and the one that they go onto, before any patch. */
  readonly from: Tree
  readonly to: Tree
  /** Folders for the release that are there already, and stay as they are. */
  readonly taken: readonly string[]
}

export interface MovedPatchFile extends GroupedFile {
  readonly to: string
}

/** Kubespray at the top: the branch of a step holds the release itself. */
export function rootStanding(repository: Tree): Standing {
  const move: Move = {
    start: (release) => release,
    put: (view) => view,
    see: (tree) => Promise.resolve(tree),
    pins: [],
    left: [],
    newBlobs: new Map(),
    said: 'files',
  }
  return {
    layout: { kind: 'root' },
    applied: { onMerge: [], byHand: [] },
    callers: new Set(),
    view: rootView(repository),
    ofRelease: (tree) => tree,
    moveTo: () => Promise.resolve(move),
  }
}

/** Whether the repository holds Kubespray's files, so that a fork's patches can be among them. */
export function holdsFiles(layout: Layout): layout is Extract<Layout, { kind: 'root' }> | FolderLayout {
  return layout.kind === 'root' || layout.kind === 'folder'
}
