import { HOOKS_FILE, howApplied, type HowApplied, type PushedTo } from '../../core/automation/how-applied.ts'
import { mayHoldCalls, onlyTells } from '../../core/inventory/calls/may-hold-calls.ts'
import { LARGEST_THAT_TELLS } from '../../core/layout/files-that-may-tell.ts'
import type { ForkWait } from '../../core/layout/layout.ts'
import type { FolderLayout, Layout } from '../../core/layout/layout.ts'
import type { ClusterScope } from '../../core/model/cluster/cluster-scope.ts'
import type { LeftPin, MovedPin } from '../../core/layout/moved-pin.ts'
import { rootView, type RepositoryView } from '../../core/layout/repository-view.ts'
import type { Oid } from '../../core/model/oid.ts'
import { differingPaths, type Tree } from '../../core/model/tree.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { GroupedFile } from './read-patches.ts'
import type { Repository } from './read-repository.ts'
import { readTexts } from './read-texts.ts'

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
  /** Whose it is, where it is one of several clusters in the repository. */
  readonly cluster?: ClusterScope
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
export function rootStanding(repository: Tree, applied: HowApplied): Standing {
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
    applied,
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

/** Whose push is asked about: workflows are started by the clock, and by one another, from the default branch alone. */
export function pushedTo({ defaultBranch, branchAtHead }: Repository, named?: string): PushedTo {
  const usual = defaultBranch ?? branchAtHead
  return { branch: named ?? usual ?? '', isDefault: (named ?? usual) === usual }
}

/** Hooks of the repository's own; upstream has some, which its forks get. */
export function hooksIn(tree: Tree, base?: Tree): string | undefined {
  const entry = tree.get(HOOKS_FILE)
  return entry && entry.oid !== base?.get(HOOKS_FILE)?.oid ? HOOKS_FILE : undefined
}

/** How a fork at the top of its repository is run, by its own files. */
export async function appliedAtRoot(
  store: Pick<ObjectReader, 'readBlobs'>,
  found: RootTrees,
  pushed: PushedTo,
): Promise<HowApplied> {
  const hooks = hooksIn(found.headTree, found.baseTree)
  return howApplied(await readRunning(store, found), { ...pushed, hooks })
}

interface RootTrees {
  readonly headTree: Tree
  readonly baseTree: Tree
}

/** What runs playbooks in a fork and is the fork's own: upstream tests its releases with many such files. */
async function readRunning(
  store: Pick<ObjectReader, 'readBlobs'>,
  { headTree, baseTree }: RootTrees,
): Promise<ReadonlyMap<string, string>> {
  const own = differingPaths(baseTree, headTree).filter((path) => {
    const entry = headTree.get(path)
    return entry !== undefined && (mayHoldCalls(path, entry) || isWrapper(path)) && !onlyTells(path)
  })
  return (await readTexts(store, headTree, own.slice(0, MOST_RUNNING), LARGEST_THAT_TELLS)).texts
}

/** Own playbooks at the top or among those for it may import one of Kubespray's. */
function isWrapper(path: string): boolean {
  return /^(?:playbooks\/)?[^/.][^/]*\.ya?ml$/.test(path)
}

/** Nobody runs a cluster from more files than these. */
const MOST_RUNNING = 100

/** Wishes whose inventories are named by their paths in the repository, or as they are seen, with the latter. */
export function withSeen<T extends { readonly inventories?: readonly string[] }>(
  wishes: T,
  fork: { readonly standing: Standing } | undefined,
): T {
  const seenAt = fork?.standing.view.seenAt
  const { inventories } = wishes
  if (!seenAt || !inventories) return wishes
  return { ...wishes, inventories: inventories.map((path) => seenAt(path) ?? path) }
}
