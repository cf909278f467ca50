import { findPatchGroups, folderFor, pathFor, type PatchGroup } from '../../core/layout/patch-group.ts'
import type { LeftPin } from '../../core/layout/moved-pin.ts'
import { mentionsOf } from '../../core/layout/version-in-path.ts'
import type { Oid } from '../../core/model/oid.ts'
import { isInside, nameOf } from '../../core/model/parent-of.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { Entry, Tree } from '../../core/model/tree.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import { listOf, type FoundPatches } from './read-patches.ts'
import type { PatchFilesMove } from './standing.ts'

interface MoveQuestion {
  readonly repository: Tree
  readonly head: Oid
  readonly patches: FoundPatches
  readonly release: ReleaseTag
  readonly kubespray: { readonly from: Tree; readonly to: Tree }
  readonly from: ReleaseTag
  /** Files that run things, which may name a folder of patches. */
  readonly texts: ReadonlyMap<string, string>
}

interface MovedPatches {
  readonly move: PatchFilesMove
  /** The files at their new places, as they were; the old ones gone where that is what people do here. */
  readonly changes: ReadonlyMap<string, Entry | undefined>
  /** Where files name patches by a place that is no more the one that is applied. */
  readonly left: readonly LeftPin[]
}

/** Gives the patch files of a repository their places for another release. What stands there already is somebody's, and stays. */
export async function movePatchFiles(
  store: ObjectReader & History,
  { repository, head, patches, from, release, kubespray, texts }: MoveQuestion,
): Promise<MovedPatches> {
  const changes = new Map<string, Entry | undefined>()
  const taken = new Map<PatchGroup, string>()
  for (const group of patches.groups) {
    const moved = filesOf(repository, group).map((path) => [path, pathFor(path, group, release)] as const)
    if (moved.every(([path, to]) => path === to)) continue
    const there = moved.filter(([, to]) => repository.has(to))
    if (there.length > 0 || isTaken(repository, group, release)) {
      taken.set(group, group.named?.in === 'folder' ? folderFor(group, release) : (there[0]?.[1] ?? ''))
      continue
    }
    const isRenamed = await renamesThem(store, { repository, head, group })
    for (const [path, to] of moved) {
      changes.set(to, repository.get(path))
      if (isRenamed) changes.set(path, undefined)
    }
  }
  const files = patches.files
    .filter(({ group }) => !taken.has(group))
    .map((file) => ({ ...file, to: pathFor(file.path, file.group, release) }))
  const lists = patches.groups
    .filter((group) => !taken.has(group) && patches.lists.has(listOf(group)))
    .map((group) => ({
      path: pathFor(listOf(group), group, release),
      text: patches.lists.get(listOf(group)) ?? '',
      names: new Map(
        files.filter((file) => file.group === group).map(({ path, to }) => [to, nameIn(path, group)]),
      ),
    }))
  const left = patches.groups
    .filter((group) => !taken.has(group))
    .flatMap((group) => namedStill(group, { from, to: release }, texts))
  return { left, move: { files, lists, ...kubespray, taken: [...taken.values()] }, changes }
}

/** A script that names a folder with its version goes on applying the old one. */
function namedStill(
  group: PatchGroup,
  { from, to }: { readonly from: ReleaseTag; readonly to: ReleaseTag },
  texts: ReadonlyMap<string, string>,
): readonly LeftPin[] {
  const { named, folder, files } = group
  if (!named) return []
  const moved = named.in === 'folder' ? [folder] : files
  const scripts = new Map([...texts].filter(([path]) => !/(?:^|\/)README/i.test(path)))
  return moved
    .filter((path) => (named.in === 'folder' ? folderFor(group, to) : pathFor(path, group, to)) !== path)
    .flatMap((path) => {
      const end =
        named.in === 'folder'
          ? path.length
          : path.indexOf(named.written, path.lastIndexOf('/')) + named.written.length
      return mentionsOf({ path: path.slice(0, end), release: from, written: named.written }, scripts)
    })
    .map(({ file, line }) => ({ file, line, from, to, why: 'folder-name' as const }))
}

function nameIn(path: string, { folder }: PatchGroup): string {
  return folder === '' ? path : path.slice(folder.length + 1)
}

/** What goes along: a folder that is named for a release goes with everything in it. */
function filesOf(repository: Tree, { folder, files, named }: PatchGroup): readonly string[] {
  if (named?.in !== 'folder') return files
  return [...repository.keys()].filter((path) => isInside(path, folder))
}

function isTaken(repository: Tree, group: PatchGroup, release: ReleaseTag): boolean {
  const folder = folderFor(group, release)
  if (group.named?.in !== 'folder' || folder === group.folder) return false
  return [...repository.keys()].some((path) => isInside(path, folder))
}

/**
 * Whether people rename what is named for a release when they go to the next one. They keep it where older ones are still there; where
 * this is the only one, the commit that brought it tells.
 */
async function renamesThem(
  store: ObjectReader & History,
  { repository, head, group }: { readonly repository: Tree; readonly head: Oid; readonly group: PatchGroup },
): Promise<boolean> {
  const older = (tree: Tree): readonly PatchGroup[] =>
    findPatchGroups(tree).filter(
      (each) => each.named && each.named.written !== group.named?.written && isBeside(each, group),
    )
  if (older(repository).length > 0) return false
  const log = await store.log({ to: head, not: [], paths: group.files })
  const first = log.findLast(({ changes }) =>
    changes.some(({ path, before }) => before === undefined && group.files.includes(path)),
  )
  const [parent] = first?.parents ?? []
  if (!first || !parent) return false
  const [before, after] = [await store.readTree(parent), await store.readTree(first.oid)]
  const left = new Set(older(after).map(({ folder, named }) => `${folder}\0${named?.written}`))
  return older(before).some(({ folder, named }) => !left.has(`${folder}\0${named?.written}`))
}

/** Whether two are one thing for two releases. */
function isBeside(a: PatchGroup, b: PatchGroup): boolean {
  if (a.named?.in !== b.named?.in) return false
  if (a.named?.in === 'file') return a.folder === b.folder
  const stem = ({ folder, named }: PatchGroup): string =>
    nameOf(folder) && folder.slice(0, folder.length - (named?.written.length ?? 0)).replace(/v$/, '')
  return stem(a) === stem(b)
}
