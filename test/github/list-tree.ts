import { gitOnce, type Objects } from './git.ts'
import type { Repo } from './world.ts'

export interface ListedRow {
  readonly path: string
  readonly mode: string
  readonly type: string
  readonly oid: string
  /** Of blobs. */
  readonly size: number
}

/** What a tree holds, with folders before what is in them: `git ls-tree -l -r -t`, a process cheaper where nothing is packed. */
export function listTree(repo: Repo, tree: string, isRecursive: boolean): readonly ListedRow[] {
  const rows: ListedRow[] = []
  if (listLoose(repo.objects, { tree, folder: '', isRecursive }, rows)) return rows
  const args = ['ls-tree', '-z', '-l', ...(isRecursive ? ['-r', '-t'] : []), tree]
  return gitOnce(repo, args).split('\0').filter(Boolean).map(listedRow)
}

function listedRow(line: string): ListedRow {
  const [head = '', path = ''] = line.split('\t')
  const [mode = '', type = '', oid = '', size] = head.split(/\s+/)
  return { path, mode, type, oid, size: Number(size) }
}

/** `false`: something of it is packed. */
function listLoose(
  objects: Objects,
  {
    tree,
    folder,
    isRecursive,
  }: { readonly tree: string; readonly folder: string; readonly isRecursive: boolean },
  rows: ListedRow[],
): boolean {
  if (!objects.loose(tree)) return false
  for (const { name, mode, type, oid } of objects.rows(tree) ?? []) {
    const blob = type === 'blob' ? objects.loose(oid) : undefined
    if (type === 'blob' && !blob) return false
    const path = folder + name
    rows.push({ path, mode, type, oid, size: blob?.bytes.length ?? NaN })
    const inner = { tree: oid, folder: `${path}/`, isRecursive }
    if (isRecursive && type === 'tree' && !listLoose(objects, inner, rows)) return false
  }
  return true
}
