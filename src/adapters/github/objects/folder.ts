import { EMPTY_TREE, hashObject, type Oid } from '../../../core/model/oid.ts'
import { UnusablePath } from '../../../core/model/parent-of.ts'
import type { Entry, Tree } from '../../../core/model/tree.ts'
import type { FolderRow } from './fetch-commits.ts'

/** A folder made here: its id, its rows, and the folders in it that were made with it. */
export interface Folder {
  readonly oid: Oid
  readonly rows: readonly FolderRow[]
  readonly folders: ReadonlyMap<string, Folder>
}

/** A flat tree as folders in folders, with git's ids. Throws where a path is file and folder at once. */
export function foldersOf(tree: Tree): Folder {
  const root = newDraft()
  for (const [path, entry] of tree) {
    const parts = path.split('/')
    const name = parts.pop() as string
    let draft = root
    for (const part of parts) {
      let next = draft.folders.get(part)
      if (!next) draft.folders.set(part, (next = newDraft()))
      draft = next
    }
    draft.files.set(name, entry)
  }
  return finish(root, '')
}

/** The bytes' id of a folder with these rows, in git's order: a folder sorts as if its name ended in `/`. */
export function folderOid(rows: readonly FolderRow[]): Oid {
  if (rows.length === 0) return EMPTY_TREE
  const key = ({ name, mode }: FolderRow) => Buffer.from(mode === '040000' ? `${name}/` : name)
  const sorted = [...rows].sort((a, b) => Buffer.compare(key(a), key(b)))
  const lines = sorted.flatMap(({ name, mode, oid }) => [
    Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`),
    Buffer.from(oid, 'hex'),
  ])
  return hashObject('tree', Buffer.concat(lines))
}

/** The flat tree below a folder, as far as its folders are known; `undefined` where one is not. */
export function flatten(root: Oid, rowsOf: (oid: Oid) => readonly FolderRow[] | undefined): Tree | undefined {
  const tree = new Map<string, Entry>()
  const walk = (oid: Oid, prefix: string): boolean => {
    const rows = oid === EMPTY_TREE ? [] : rowsOf(oid)
    if (!rows) return false
    for (const { name, mode, oid: inner } of rows) {
      // GitHub answers in JSON, which has no room for other bytes than UTF-8: what it puts there stands for any of them.
      if (name.includes('\uFFFD')) throw new UnusablePath(prefix + name, 'not-told')
      if (mode !== '040000') tree.set(prefix + name, { mode, oid: inner })
      else if (!walk(inner, `${prefix}${name}/`)) return false
    }
    return true
  }
  return walk(root, '') ? tree : undefined
}

interface Draft {
  readonly files: Map<string, Entry>
  readonly folders: Map<string, Draft>
}

function newDraft(): Draft {
  return { files: new Map(), folders: new Map() }
}

function finish(draft: Draft, path: string): Folder {
  const folders = new Map<string, Folder>()
  const rows: FolderRow[] = [...draft.files].map(([name, entry]) => ({ name, ...entry }))
  for (const [name, inner] of draft.folders) {
    if (draft.files.has(name)) throw new Error(`${path}${name} is a file and a folder at once`)
    const folder = finish(inner, `${path}${name}/`)
    folders.set(name, folder)
    rows.push({ name, mode: '040000', oid: folder.oid })
  }
  return { oid: folderOid(rows), rows, folders }
}
