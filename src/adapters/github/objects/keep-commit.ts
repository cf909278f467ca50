import { commitObject } from '../../../core/model/bytes/commit-object.ts'
import type { Commit } from '../../../core/model/commit.ts'
import type { Oid } from '../../../core/model/oid.ts'
import type { Cache } from '../../../ports/cache.ts'
import { COMMITS, encodeAll, LISTINGS, ROWS } from './codec.ts'
import type { Folder } from './folder.ts'
import type { FolderRow } from './fetch-commits.ts'

/*
 * What was written is read again by the next job, after people have merged it. Kept where reads look first, it costs no
 * question then.
 */

/** Keeps a commit; one that GitHub wrote in another form is read again. */
export async function keepCommit(cache: Cache, commit: Commit): Promise<void> {
  if (commitObject(commit).oid !== commit.oid) return
  await cache.write(encodeAll(COMMITS, new Map([[commit.oid, commit]])))
}

/** Keeps the folders of trees that GitHub does not have yet. */
export async function keepFolders(
  cache: Cache,
  roots: readonly Folder[],
  remote: ReadonlySet<Oid>,
): Promise<void> {
  const made = roots.flatMap((root) => newFolders(root, remote))
  await cache.write(encodeAll(ROWS, new Map(made.map(({ oid, rows }) => [oid, rows]))))
}

/** Keeps a whole tree. */
export async function keepListing(cache: Cache, root: Folder): Promise<void> {
  await cache.write(encodeAll(LISTINGS, new Map([[root.oid, listingOf(root, '')]])))
}

function newFolders(folder: Folder, remote: ReadonlySet<Oid>): readonly Folder[] {
  if (remote.has(folder.oid)) return []
  return [folder, ...[...folder.folders.values()].flatMap((inner) => newFolders(inner, remote))]
}

function listingOf({ rows, folders }: Folder, prefix: string): FolderRow[] {
  return rows.flatMap((row) => {
    const inner = folders.get(row.name)
    const below = inner ? listingOf(inner, `${prefix}${row.name}/`) : []
    return [{ ...row, name: prefix + row.name }, ...below]
  })
}
