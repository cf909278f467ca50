import { Failure } from './call.ts'
import { gitText } from './git.ts'
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

export interface TreeOrder {
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
  if (content !== undefined) return gitText(repo.gitDir, ['hash-object', '-w', '--stdin'], content)
  if (typeof sha !== 'string') throw new Failure(422, 'Must supply tree.sha or tree.content')
  if (mode === '160000') return sha
  const wanted = mode === '040000' ? 'tree' : 'blob'
  if (type !== undefined && type !== wanted)
    throw new Failure(422, `tree.type ${type} does not fit tree.mode ${mode}`)
  if (repo.objects.get(sha)?.type !== wanted || !known(sha))
    throw new Failure(422, `tree.sha ${sha} is not a valid ${wanted}`)
  return sha
}

/** Writes the folders, all of one depth in one go, the deepest first. */
function writeFolders(repo: Repo, root: Folder): string {
  const levels: Folder[][] = [[root]]
  for (let level = levels[0]; level?.length; level = levels.at(-1))
    levels.push(
      level.flatMap(({ rows }) => [...rows.values()].filter((each): each is Folder => 'rows' in each)),
    )
  const written = new Map<Folder, string>()
  for (const level of levels.reverse()) {
    if (level.length === 0) continue
    const oids = gitText(
      repo.gitDir,
      ['mktree', '-z', '--batch'],
      level.map((folder) => `${listing(folder, written)}\0`).join(''),
    ).split('\n')
    level.forEach((folder, index) => written.set(folder, oids[index] as string))
  }
  return written.get(root) as string
}

function listing({ rows }: Folder, written: ReadonlyMap<Folder, string>): string {
  const types = { '040000': 'tree', '160000': 'commit' } as const
  return [...rows]
    .map(([name, row]) =>
      'rows' in row ? { name, mode: '040000', oid: written.get(row) as string } : { name, ...row },
    )
    .filter(({ oid }) => oid !== EMPTY_TREE)
    .map(({ name, mode, oid }) => `${mode} ${types[mode as keyof typeof types] ?? 'blob'} ${oid}\t${name}\0`)
    .join('')
}

/** Git stores no empty folders; the root alone may be empty. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
