import { hashObject, type Oid } from './oid.ts'
import { bytesOfPath } from './parent-of.ts'

/** Git's file modes: plain, executable, symbolic link, gitlink (a submodule's commit). */
export type Mode = '100644' | '100755' | '120000' | '160000'

export interface Entry {
  readonly mode: Mode
  /** A blob's id; for a gitlink the id of a commit in another repository. */
  readonly oid: Oid
}

/** A whole tree, flat: path with `/` between parts → entry. Folders are implied by their files, as in git. */
export type Tree = ReadonlyMap<string, Entry>

/** What to do at a path: put this entry there, or take the path away (`undefined`). */
type TreeChanges = ReadonlyMap<string, Entry | undefined>

export function sameEntry(a: Entry | undefined, b: Entry | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.oid === b.oid && a.mode === b.mode)
}

/** The tree with the changes made; the given tree stays as it is. */
export function withChanges(tree: Tree, changes: TreeChanges): Tree {
  if (changes.size === 0) return tree
  const next = new Map(tree)
  for (const [path, entry] of changes) {
    if (entry) next.set(path, entry)
    else next.delete(path)
  }
  origins.set(next, { tree, changes })
  return next
}

/** What a tree was made from: its folders are those of the other, but for the changed paths. */
const origins = new WeakMap<Tree, { readonly tree: Tree; readonly changes: TreeChanges }>()

/** The paths at which two trees differ, sorted; renames are not followed. */
export function differingPaths(a: Tree, b: Tree): string[] {
  const paths: string[] = []
  collectDiffering({ a: rootOf(a), b: rootOf(b) }, '', paths)
  return paths.sort()
}

/** Two trees of one history share nearly all of their folders: those are not looked into. */
function collectDiffering(
  { a, b }: { readonly a: Folder | undefined; readonly b: Folder | undefined },
  prefix: string,
  into: string[],
): void {
  if (a === b || (a?.oid !== undefined && a.oid === b?.oid)) return
  for (const [name, entry] of a?.files ?? [])
    if (!sameEntry(entry, b?.files.get(name))) into.push(prefix + name)
  for (const name of b?.files.keys() ?? []) if (!a?.files.has(name)) into.push(prefix + name)
  for (const [name, folder] of a?.folders ?? [])
    collectDiffering({ a: folder, b: b?.folders.get(name) }, `${prefix}${name}/`, into)
  for (const [name, folder] of b?.folders ?? [])
    if (!a?.folders.has(name)) collectDiffering({ a: undefined, b: folder }, `${prefix}${name}/`, into)
}

/** A tree object as git stores it, ready to hash or write. */
interface TreeObject {
  readonly oid: Oid
  readonly bytes: Uint8Array
}

/** A folder and what is in it. Folders are never changed, so that trees share them, with the objects made of them. */
export interface Folder {
  readonly files: ReadonlyMap<string, Entry>
  readonly folders: ReadonlyMap<string, Folder>
  /** Where a store has it already, exactly as it would be written: its id need not be computed. */
  readonly oid?: Oid
  object?: TreeObject
}

/** The flat tree of a folder. */
export function treeOf(root: Folder): Tree {
  const tree = new Map<string, Entry>()
  fill(tree, '', root)
  roots.set(tree, root)
  return tree
}

function fill(tree: Map<string, Entry>, prefix: string, { files, folders }: Folder): void {
  for (const [name, entry] of files) tree.set(prefix + name, entry)
  for (const [name, folder] of folders) fill(tree, `${prefix}${name}/`, folder)
}

/** Every tree object a flat tree needs, deepest first and the root last, with git's own ids; without those that are known, and what is in them. */
export function treeObjects(tree: Tree, isKnown: (oid: Oid) => boolean = () => false): readonly TreeObject[] {
  const objects: TreeObject[] = []
  collectObjects(rootOf(tree), isKnown, objects)
  return objects
}

/** Whether there is a file below this folder. */
export function hasFolder(tree: Tree, path: string): boolean {
  let folder: Folder | undefined = rootOf(tree)
  for (const part of path.split('/')) folder = folder?.folders.get(part)
  return folder !== undefined
}

export function treeOid(tree: Tree): Oid {
  return oidOf(rootOf(tree))
}

const roots = new WeakMap<Tree, Folder>()

function rootOf(tree: Tree): Folder {
  let root = roots.get(tree)
  if (root) return root
  const origin = origins.get(tree)
  if (origin) {
    root = rootOf(origin.tree)
    const made = new Set<Folder>()
    for (const [path, entry] of origin.changes) root = withEntry(root, path.split('/'), { entry, made })
  } else root = folderOf(tree)
  roots.set(tree, root)
  return root
}

interface OpenFolder extends Folder {
  readonly files: Map<string, Entry>
  readonly folders: Map<string, OpenFolder>
}

function folderOf(tree: Tree): Folder {
  const root: OpenFolder = { files: new Map(), folders: new Map() }
  for (const [path, entry] of tree) {
    const parts = path.split('/')
    const name = parts.pop() as string
    let folder = root
    for (const part of parts) {
      let next = folder.folders.get(part)
      if (!next) folder.folders.set(part, (next = { files: new Map(), folders: new Map() }))
      folder = next
    }
    folder.files.set(name, entry)
  }
  return root
}

/**
 * The folder with this entry put in or taken away; a folder that loses its last file goes too, as in git. What was `made` for the same
 * tree is filled on: each folder is copied once, however many of its files change.
 */
function withEntry(
  folder: Folder,
  [part = '', ...rest]: readonly string[],
  change: { readonly entry: Entry | undefined; readonly made: Set<Folder> },
): Folder {
  const next = ownCopy(folder, change.made)
  if (rest.length === 0) {
    if (change.entry) next.files.set(part, change.entry)
    else next.files.delete(part)
  } else {
    const inner = withEntry(next.folders.get(part) ?? EMPTY, rest, change)
    if (inner.files.size + inner.folders.size > 0) next.folders.set(part, inner)
    else next.folders.delete(part)
  }
  return next
}

const EMPTY: Folder = { files: new Map(), folders: new Map() }

/** A folder that is still being made; nobody has it yet. */
interface UnfinishedFolder extends Folder {
  readonly files: Map<string, Entry>
  readonly folders: Map<string, Folder>
}

function ownCopy(folder: Folder, made: Set<Folder>): UnfinishedFolder {
  if (made.has(folder)) return folder as UnfinishedFolder
  const copy = { files: new Map(folder.files), folders: new Map(folder.folders) }
  made.add(copy)
  return copy
}

function collectObjects(folder: Folder, isKnown: (oid: Oid) => boolean, into: TreeObject[]): void {
  if (isKnown(oidOf(folder))) return
  for (const inner of folder.folders.values()) collectObjects(inner, isKnown, into)
  into.push(objectOf(folder))
}

function oidOf(folder: Folder): Oid {
  return folder.oid ?? objectOf(folder).oid
}

function objectOf(folder: Folder): TreeObject {
  if (folder.object) return folder.object
  const rows: { sortKey: Buffer; line: Buffer }[] = []
  for (const [name, entry] of folder.files) rows.push(row(name, entry.mode, entry.oid, name))
  // Git sorts a folder as if its name ended in `/`.
  for (const [name, inner] of folder.folders) rows.push(row(name, '40000', oidOf(inner), `${name}/`))
  rows.sort((a, b) => Buffer.compare(a.sortKey, b.sortKey))
  const bytes = Buffer.concat(rows.map((each) => each.line))
  folder.object = { oid: hashObject('tree', bytes), bytes }
  return folder.object
}

function row(name: string, mode: string, oid: Oid, sortName: string): { sortKey: Buffer; line: Buffer } {
  const line = Buffer.concat([Buffer.from(`${mode} `), bytesOfPath(name), NUL, Buffer.from(oid, 'hex')])
  return { sortKey: bytesOfPath(sortName), line }
}

const NUL = Buffer.of(0)

/** Whether a file here would stand where a folder is, or inside what is a file. */
export function clashes(path: string, tree: Tree): boolean {
  for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
    if (tree.has(path.slice(0, slash))) return true
  }
  return hasFolder(tree, path)
}
