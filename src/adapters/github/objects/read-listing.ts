import { addTo } from '../../../core/model/collections/grouped.ts'
import { defined } from '../../../core/model/defined.ts'
import type { Oid } from '../../../core/model/oid.ts'
import { nameOf, parentOf } from '../../../core/model/parent-of.ts'
import { encodeAll, LISTINGS } from './codec.ts'
import { folderOid } from './folder.ts'
import { ifFound } from '../api/if-found.ts'
import type { Sources } from './sources.ts'
import { readMode, type FolderRow } from './fetch-commits.ts'

interface GivenTree {
  readonly truncated: boolean
  readonly tree: readonly { readonly path: string; readonly mode: string; readonly sha: Oid }[]
}

/** Every row below a tree or a commit's tree, folders among them, named by whole paths; GitHub gives 100,000 at most. */
export async function readListing(
  { api, cache, shared }: Sources,
  oid: Oid,
): Promise<readonly FolderRow[] | 'missing' | 'too-long'> {
  const kept = await recallListing({ cache, ...defined({ shared }) }, oid)
  if (kept) return kept
  const answer = await ifFound(api.request<GivenTree>('GET /git/trees/{oid}', { oid, recursive: '1' }))
  if (!answer) return 'missing'
  if (answer.data.truncated) return 'too-long'
  const rows = answer.data.tree.map(({ path, mode, sha }) => ({ name: path, mode: readMode(mode), oid: sha }))
  await cache.write(encodeAll(LISTINGS, new Map([[oid, rows]])))
  return rows
}

/** The same from the caches alone. */
export async function recallListing(
  { cache, shared }: Pick<Sources, 'cache' | 'shared'>,
  oid: Oid,
): Promise<readonly FolderRow[] | undefined> {
  const key = `${LISTINGS.kind}:${oid}`
  for (const each of [shared, cache]) {
    const kept = (await each?.read([key]))?.get(key)
    if (kept) return LISTINGS.decode(oid, kept)
  }
  return undefined
}

/** A listing sorted into folders by their ids, the root's among them. */
export function sortListing(listing: readonly FolderRow[]): {
  root: Oid
  folders: ReadonlyMap<Oid, readonly FolderRow[]>
} {
  const byPath = new Map<string, FolderRow[]>([['', []]])
  const ids = new Map<string, Oid>()
  for (const row of listing) {
    const folder = parentOf(row.name)
    addTo(byPath, folder, { ...row, name: nameOf(row.name) })
    if (row.mode === '040000') ids.set(row.name, row.oid)
  }
  // GitHub repeats the id that was asked for, which may be a commit's; the root's own comes from its rows.
  const root = folderOid(byPath.get('') ?? [])
  ids.set('', root)
  const folders = new Map<Oid, readonly FolderRow[]>()
  for (const [path, rows] of byPath) {
    const oid = ids.get(path)
    if (oid !== undefined) folders.set(oid, rows)
  }
  return { root, folders }
}
