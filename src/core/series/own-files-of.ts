import type { LoggedCommit } from '../model/commit.ts'
import { isInside, isInstalled, parentOf } from '../model/parent-of.ts'
import { sameEntry, type Entry, type Tree } from '../model/tree.ts'

/**
 * The files that came with changes to upstream's files and belong to those patches: not in the base, and touched by patches
 * only. Inventories are never among them: they are the user's configuration and must not go away with a dropped patch; nor is
 * what a package manager put there.
 */
export function companionPaths(commits: readonly LoggedCommit[], base: Tree): ReadonlySet<string> {
  const companions = new Set<string>()
  const alone = new Set<string>()
  for (const { changes } of commits) {
    const own = changes.filter(({ path }) => !base.has(path))
    const ofBase = changes.filter(({ path }) => base.has(path))
    // Who copies upstream's files in adds them; what else such a commit brings came beside them.
    const brought = ofBase.filter(({ before }) => before === undefined).length
    const isPatch = ofBase.length > 2 * brought
    for (const { path, after } of own)
      if (isPatch) companions.add(path)
      // Who takes a patch back puts upstream's files in again, and what came with it goes: that brings nothing.
      else if (after || brought === 0) alone.add(path)
  }
  for (const path of companions)
    if (alone.has(path) || isInside(path, 'inventory') || isInstalled(path)) companions.delete(path)
  return companions
}

/** The files of the fork that the base does not have, less those that belong to patches. */
export function ownFilesOf(head: Tree, base: Tree, companions: ReadonlySet<string>): Tree {
  const own = new Map<string, Entry>()
  for (const [path, entry] of head) if (!base.has(path) && !companions.has(path)) own.set(path, entry)
  return own
}

/** Own files on their way to a release. */
interface SortedOwnFiles {
  /** They go there as they are. */
  readonly plain: Tree
  /** The release has another file there, a folder in the way, or has moved the folder they stand in: they need merging. */
  readonly contested: Tree
}

export function sortOwnFiles(own: Tree, base: Tree, release: Tree): SortedOwnFiles {
  const plain = new Map<string, Entry>()
  const contested = new Map<string, Entry>()
  const baseFolders = foldersOf(base)
  const folders = foldersOf(release)
  for (const [path, entry] of own) {
    const there = release.get(path)
    const folder = parentOf(path)
    const inTheWay = folders.has(path) || ancestorsOf(path).some((above) => release.has(above))
    const folderGone = baseFolders.has(folder) && !folders.has(folder)
    const clashes = (there !== undefined && !sameEntry(there, entry)) || inTheWay || folderGone
    ;(clashes ? contested : plain).set(path, entry)
  }
  return { plain, contested }
}

function foldersOf(tree: Tree): ReadonlySet<string> {
  const folders = new Set<string>([''])
  for (const path of tree.keys()) {
    for (let folder = parentOf(path); !folders.has(folder); folder = parentOf(folder)) folders.add(folder)
  }
  return folders
}

function ancestorsOf(path: string): readonly string[] {
  const above: string[] = []
  for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) above.push(folder)
  return above
}
