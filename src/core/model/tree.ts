import { hashObject, type Oid } from './oid.ts'

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
export type TreeChanges = ReadonlyMap<string, Entry | undefined>

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
  return next
}

/** The paths at which two trees differ, sorted; renames are not followed. */
export function differingPaths(a: Tree, b: Tree): string[] {
  const paths: string[] = []
  for (const [path, entry] of a) if (!sameEntry(entry, b.get(path))) paths.push(path)
  for (const path of b.keys()) if (!a.has(path)) paths.push(path)
  return paths.sort()
}

/** A tree object as git stores it, ready to hash or write. */
export interface TreeObject {
  readonly oid: Oid
  readonly bytes: Uint8Array
}

interface Folder {
  readonly files: Map<string, Entry>
  readonly folders: Map<string, Folder>
}

/** Every tree object a flat tree needs, deepest first and the root last, with git's own ids. */
export function treeObjects(tree: Tree): readonly TreeObject[] {
  const root: Folder = { files: new Map(), folders: new Map() }
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
  const objects: TreeObject[] = []
  writeFolder(root, objects)
  return objects
}

export function treeOid(tree: Tree): Oid {
  return (treeObjects(tree).at(-1) as TreeObject).oid
}

function writeFolder(folder: Folder, into: TreeObject[]): Oid {
  const rows: { sortKey: Buffer; line: Buffer }[] = []
  for (const [name, entry] of folder.files) rows.push(row(name, entry.mode, entry.oid, name))
  // Git sorts a folder as if its name ended in `/`.
  for (const [name, inner] of folder.folders)
    rows.push(row(name, '40000', writeFolder(inner, into), `${name}/`))
  rows.sort((a, b) => Buffer.compare(a.sortKey, b.sortKey))
  const bytes = Buffer.concat(rows.map((each) => each.line))
  const oid = hashObject('tree', bytes)
  into.push({ oid, bytes })
  return oid
}

function row(name: string, mode: string, oid: Oid, sortName: string): { sortKey: Buffer; line: Buffer } {
  const line = Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')])
  return { sortKey: Buffer.from(sortName), line }
}
