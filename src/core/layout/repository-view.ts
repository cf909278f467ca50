import { once } from '../model/once.ts'
import { isInside, parentOf } from '../model/parent-of.ts'
import { withChanges, type Entry, type Tree } from '../model/tree.ts'

/**
 * A repository as the engine sees it: Kubespray's tree at the top, with the repository's own inventories on it, wherever the two stand.
 * Everything is planned, judged and edited on this tree; what it became is put back to where it came from.
 */
export interface RepositoryView {
  readonly tree: Tree
  /** Kubespray as it is, without what is laid on it. */
  readonly kubespray: Tree
  /** The repository's files that are seen at their own paths beside Kubespray's. */
  readonly own: Tree
  /** The repository's tree once the view has become this one. */
  put(this: void, view: Tree): Tree
  /** Where a file of the view stands in the repository; `undefined` where it is upstream's and not in it. */
  pathOf(this: void, path: string): string | undefined
  /** Where a file of the repository is seen; `undefined` where it is not. */
  seenAt(this: void, path: string): string | undefined
  /**
   * How people find what is seen, a file or a folder of inventories, from the top of the repository. What is no path of the view, or is
   * one of the repository beside it as well, stays as it is. Absent where all paths are the repository's.
   */
  shownAt?(this: void, path: string): string
}

/** Kubespray at the top: the repository is what is seen. */
export function rootView(repository: Tree): RepositoryView {
  const same = (path: string): string => path
  return {
    tree: repository,
    kubespray: repository,
    own: new Map(),
    put: (view) => view,
    pathOf: same,
    seenAt: same,
  }
}

/** Files of a repository beside Kubespray's that are seen: its inventories, and what runs playbooks with them. */
export interface OwnFiles {
  readonly paths: ReadonlySet<string>
  /** Those of them that only tell how playbooks are run: nothing of them is Kubespray's to judge. */
  readonly callers: ReadonlySet<string>
  /** Folders of inventories, in which new files of variables may come to stand. */
  readonly folders: readonly string[]
  /** Whether patches change upstream's own inventories, so that these are seen. */
  readonly showsSample?: boolean
}

/** Kubespray in a folder of its own; `moved` where a step gives that another name. */
export function folderView(
  repository: Tree,
  {
    path: folder,
    own,
    moved = folder,
  }: { readonly path: string; readonly own: OwnFiles; readonly moved?: string },
): RepositoryView {
  const below = new Map<string, Entry>()
  const around = new Map<string, Entry>()
  for (const [path, entry] of repository)
    if (isInside(path, folder)) below.set(path.slice(folder.length + 1), entry)
    else around.set(path, entry)
  const shared = [...around].filter(([path]) => own.paths.has(path) && !below.has(path))
  const isOwn = ownPaths(new Set(shared.map(([path]) => path)), own, below)
  const pathOf = (path: string): string => (isOwn(path) ? path : `${moved}/${path}`)
  return {
    tree: withChanges(below, new Map(shared)),
    kubespray: below,
    own: new Map(shared),
    pathOf,
    shownAt: shownAt(below, { repository, pathOf }),
    seenAt: (path) => {
      if (isInside(path, folder)) return path.slice(folder.length + 1)
      return isOwn(path) ? path : undefined
    },
    put: (view) => {
      const next = new Map([...around].filter(([path]) => !isOwn(path)))
      for (const [path, entry] of view) next.set(pathOf(path), entry)
      return next
    },
  }
}

function shownAt(
  below: Tree,
  { repository, pathOf }: { readonly repository: Tree; readonly pathOf: (path: string) => string },
): (path: string) => string {
  const folders = once(() => new Set([...below.keys()].flatMap(foldersAbove)))
  const elsewhere = once(() => new Set([...repository.keys()].flatMap(foldersAbove)))
  return (path) => {
    const isSeen = below.has(path) || (path.includes('/') && folders().has(path))
    return isSeen && !repository.has(path) && !elsewhere().has(path) ? pathOf(path) : path
  }
}

function foldersAbove(path: string): readonly string[] {
  const folder = parentOf(path)
  return folder === '' ? [] : [folder, ...foldersAbove(folder)]
}

/** Kubespray elsewhere, at a pin: upstream's tree of it, on which the repository's inventories are laid. */
export function pinnedView(
  repository: Tree,
  { kubespray, own }: { readonly kubespray: Tree; readonly own: OwnFiles },
): RepositoryView {
  const upstream = withoutOwn(withoutInventories(kubespray, own), own)
  const shared = [...repository].filter(([path]) => own.paths.has(path))
  const isOwn = ownPaths(new Set(shared.map(([path]) => path)), own, upstream)
  return {
    tree: withChanges(upstream, new Map(shared)),
    kubespray: upstream,
    own: new Map(shared),
    pathOf: (path) => (isOwn(path) ? path : undefined),
    seenAt: (path) => (isOwn(path) ? path : undefined),
    put: (view) => {
      const changes = new Map<string, Entry | undefined>(shared.map(([path]) => [path, undefined]))
      for (const [path, entry] of view) if (isOwn(path)) changes.set(path, entry)
      return withChanges(repository, changes)
    },
  }
}

/** A release's tree without what the repository's own files stand in the place of. */
export function withoutOwn(release: Tree, { paths }: Pick<OwnFiles, 'paths'>): Tree {
  const covered = [...release.keys()].filter((path) => paths.has(path))
  return withChanges(release, new Map(covered.map((path) => [path, undefined])))
}

/** Upstream's own inventories are nobody's where Kubespray is not in the repository, and one of the same name there is the user's. */
export function withoutInventories(
  kubespray: Tree,
  { showsSample }: Pick<OwnFiles, 'showsSample'> = {},
): Tree {
  const isSeen = (path: string): boolean => showsSample === true && isInside(path, 'inventory/sample')
  const upstreams = [...kubespray.keys()].filter((path) => isInside(path, 'inventory') && !isSeen(path))
  return withChanges(kubespray, new Map(upstreams.map((path) => [path, undefined])))
}

/** Whether a path of the view is the repository's own: a file that is there, or a new one beside its variables. */
function ownPaths(files: ReadonlySet<string>, own: OwnFiles, kubespray: Tree): (path: string) => boolean {
  const folders = own.folders.flatMap((path) =>
    ['group_vars', 'host_vars'].map((name) => (path === '' ? name : `${path}/${name}`)),
  )
  return (path) =>
    files.has(path) || (!kubespray.has(path) && folders.some((folder) => isInside(path, folder)))
}
