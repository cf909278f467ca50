import { Failure } from './call.ts'
import { EMPTY_TREE } from '../../src/core/model/oid.ts'
import { writeObject } from './git.ts'
import type { Repo } from './world.ts'

/** An entry as it is written in a request: by id, with its content, or (`null`) taken away. */
export interface WrittenEntry {
  readonly path?: string
  readonly mode?: string
  readonly type?: string
  readonly sha?: string | null
  readonly content?: string
}

interface Folder {
  readonly rows: Map<string, { readonly mode: string; readonly oid: string } | Folder>
}

interface TreeOrder {
  readonly entries: readonly WrittenEntry[]
  readonly base: string | undefined
  /** Whether a replica shows this object yet. */
  readonly known: (oid: string) => boolean
}

/** Makes a tree from entries laid over a base tree, with the folders that lie between, and returns its id. */
export function buildTree(repo: Repo, { entries, base, known }: TreeOrder): string {
  const root: Folder = base === undefined ? { rows: new Map() } : folderOf(repo, base)
  for (const entry of entries) lay(repo, root, { entry, known })
  return writeFolders(repo, root)
}

function folderOf(repo: Repo, oid: string): Folder {
  const found = repo.objects.get(oid)
  const tree = found?.type === 'commit' ? repo.objects.commit(oid)?.tree : oid
  const rows = tree && repo.objects.rows(tree)
  if (!rows) throw new Failure(422, 'base_tree is not a valid tree oid')
  return { rows: new Map(rows.map((row) => [row.name, { mode: row.mode, oid: row.oid }])) }
}

function lay(
  repo: Repo,
  root: Folder,
  { entry, known }: { entry: WrittenEntry; known: (oid: string) => boolean },
): void {
  const parts = (entry.path ?? '').split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /^\.git$/i.test(part)))
    throw new Failure(422, 'tree.path contains a malformed path component')
  const name = parts.pop() as string
  let folder = root
  for (const part of parts) {
    const there = folder.rows.get(part)
    const inner = there && 'rows' in there ? there : openFolder(repo, there)
    folder.rows.set(part, inner)
    folder = inner
  }
  if (entry.sha === null) folder.rows.delete(name)
  else folder.rows.set(name, { mode: entry.mode ?? '', oid: entryOid(repo, entry, known) })
}

function openFolder(repo: Repo, there: { mode: string; oid: string } | undefined): Folder {
  return there?.mode === '040000' ? folderOf(repo, there.oid) : { rows: new Map() }
}

function entryOid(repo: Repo, entry: WrittenEntry, known: (oid: string) => boolean): string {
  const { sha, content, mode, type } = entry
  if (typeof sha === 'string' && content !== undefined)
    throw new Failure(422, 'Must supply either tree.sha or tree.content, not both')
  if (!mode) throw new Failure(422, 'Must supply a valid tree.mode')
  if (content !== undefined) return writeObject(repo.gitDir, 'blob', Buffer.from(content))
  if (typeof sha !== 'string') throw new Failure(422, 'Must supply tree.sha or tree.content')
  if (mode === '160000') return sha
  const wanted = mode === '040000' ? 'tree' : 'blob'
  if (type !== undefined && type !== wanted)
    throw new Failure(422, `tree.type ${type} does not fit tree.mode ${mode}`)
  if (repo.objects.get(sha)?.type !== wanted || !known(sha))
    throw new Failure(422, `tree.sha ${sha} is not a valid ${wanted}`)
  return sha
}

/** Writes the folders, the deepest first. Git stores no empty ones; the root alone may be empty. */
function writeFolders(repo: Repo, folder: Folder): string {
  const rows = [...folder.rows].flatMap(([name, row]) => {
    if (!('rows' in row)) return [{ name, ...row }]
    const oid = writeFolders(repo, row)
    return oid === EMPTY_TREE ? [] : [{ name, mode: '040000', oid }]
  })
  const key = ({ name, mode }: { name: string; mode: string }) =>
    Buffer.from(mode === '040000' ? `${name}/` : name)
  rows.sort((a, b) => Buffer.compare(key(a), key(b)))
  const lines = rows.flatMap(({ name, mode, oid }) => [
    Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`),
    Buffer.from(oid, 'hex'),
  ])
  return writeObject(repo.gitDir, 'tree', Buffer.concat(lines))
}
