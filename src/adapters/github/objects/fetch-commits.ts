import type { Commit } from '../../../core/model/commit.ts'
import { blobOid, type Oid } from '../../../core/model/oid.ts'
import type { Mode } from '../../../core/model/tree.ts'
import type { RepositoryApi } from '../api/repository-api.ts'
import { unread } from '../api/failure-of.ts'
import { ifFound } from '../api/if-found.ts'
import { COMMIT_FIELDS, MANY_PARENTS, readCommit, type GivenCommit } from '../api/given-commit.ts'
import { askInBatches, type Kind } from '../api/sizes.ts'

/** One row of a folder: a file, or (mode `040000`) a folder in it. */
export interface FolderRow {
  readonly name: string
  readonly mode: Mode | '040000'
  readonly oid: Oid
}

/** Hears of what was read as soon as it is there: what comes later may be refused, and need not be read twice then. */
export type Keep<T> = (found: ReadonlyMap<Oid, T>) => Promise<void>

const unkept = async (): Promise<void> => {}

/** Reads commits, many a query; those that are not there are left out. */
export async function fetchCommits(
  api: RepositoryApi,
  oids: readonly Oid[],
  keep: Keep<Commit> = unkept,
): Promise<Map<Oid, Commit>> {
  const commits = new Map<Oid, Commit>()
  const crowded: Oid[] = []
  const take = async (found: ReadonlyMap<Oid, GivenCommit>): Promise<void> => {
    const read = new Map<Oid, Commit>()
    for (const [oid, given] of found) {
      const commit = readCommit(oid, given)
      if (commit && given.parents.pageInfo?.hasNextPage) crowded.push(oid)
      else if (commit) read.set(oid, commit)
    }
    await keep(read)
    for (const [oid, commit] of read) commits.set(oid, commit)
  }
  await fetchObjects<GivenCommit>(api, oids, { fields: COMMIT_FIELDS, kind: 'commit' }, take)
  const open = crowded.splice(0)
  if (open.length > 0)
    await fetchObjects<GivenCommit>(api, open, { fields: MANY_PARENTS, kind: 'crowd' }, take)
  return commits
}

/** Reads folders, one level each. */
export async function fetchFolders(
  api: RepositoryApi,
  oids: readonly Oid[],
  keep: Keep<readonly FolderRow[]> = unkept,
): Promise<Map<Oid, readonly FolderRow[]>> {
  const fields = '... on Tree { entries { name mode oid } }'
  const folders = new Map<Oid, readonly FolderRow[]>()
  await fetchObjects<GivenFolder>(api, oids, { fields, kind: 'folder' }, async (found) => {
    const read = new Map<Oid, readonly FolderRow[]>()
    for (const [oid, { entries }] of found) if (entries) read.set(oid, entries.map(readRow))
    await keep(read)
    for (const [oid, rows] of read) folders.set(oid, rows)
  })
  return folders
}

interface GivenFolder {
  readonly entries?: readonly { readonly name: string; readonly mode: number; readonly oid: Oid }[]
}

function readRow({
  name,
  mode,
  oid,
}: {
  readonly name: string
  readonly mode: number
  readonly oid: Oid
}): FolderRow {
  return { name, oid, mode: readMode(mode.toString(8)) }
}

/** Reads blobs: text by GraphQL, and one by one what that would not give byte for byte. */
export async function fetchBlobs(
  api: RepositoryApi,
  oids: readonly Oid[],
  keep: Keep<Uint8Array> = unkept,
): Promise<Map<Oid, Uint8Array>> {
  const blobs = new Map<Oid, Uint8Array>()
  const take = async (found: ReadonlyMap<Oid, GivenBlob>): Promise<void> => {
    const read = new Map<Oid, Uint8Array>()
    for (const [oid, { text, isTruncated }] of found) {
      if (isTruncated === undefined) continue // not a blob
      const bytes = typeof text === 'string' && !isTruncated ? Buffer.from(text) : undefined
      // What is no UTF-8 comes back changed; the id tells.
      read.set(oid, bytes && blobOid(bytes) === oid ? bytes : await fetchBlob(api, oid))
    }
    await keep(read)
    for (const [oid, bytes] of read) blobs.set(oid, bytes)
  }
  const asked = {
    fields: '... on Blob { text isTruncated }',
    kind: 'blob' as const,
    // A blob that is too much for a query has a request of its own.
    alone: async (oid: Oid): Promise<void> => {
      const bytes = await ifFound(fetchBlob(api, oid))
      if (!bytes) return
      await keep(new Map([[oid, bytes]]))
      blobs.set(oid, bytes)
    },
  }
  await fetchObjects<GivenBlob>(api, oids, asked, take)
  return blobs
}

interface GivenBlob {
  readonly text?: string | null
  readonly isTruncated?: boolean
}

/** Which of these objects the repository has, of whatever type. */
export async function findExisting(api: RepositoryApi, oids: readonly Oid[]): Promise<Set<Oid>> {
  const existing = new Set<Oid>()
  await fetchObjects(api, oids, { fields: '', kind: 'exists' }, async (found) => {
    for (const oid of found.keys()) existing.add(oid)
  })
  return existing
}

/** A file's mode as GitHub writes it; old trees hold modes such as 100664, which git reads as plain too. */
export function readMode(mode: string): Mode | '040000' {
  if (mode === '40000' || mode === '040000') return '040000'
  if (mode === '120000' || mode === '160000') return mode
  return (parseInt(mode, 8) & 0o100) === 0 ? '100644' : '100755'
}

interface AskedObjects {
  readonly fields: string
  readonly kind: Kind
  readonly alone?: (oid: Oid) => Promise<void>
}

async function fetchObjects<T>(
  api: RepositoryApi,
  oids: readonly Oid[],
  { fields, kind, alone }: AskedObjects,
  take: (found: ReadonlyMap<Oid, T>) => Promise<void>,
): Promise<void> {
  const { owner, name } = api.repository
  await askInBatches(api.sizes, kind, {
    items: oids,
    ask: async (batch) => {
      const selections = batch.map((oid, index) => `o${index}: object(oid: "${oid}") { oid ${fields} }`)
      const answer = await api.select<Record<string, T | null>>(selections.join(' '))
      const given = batch.map((oid, index): [Oid, T | null | undefined] => [oid, answer[`o${index}`]])
      await take(new Map(given.filter((each): each is [Oid, T] => Boolean(each[1]))))
    },
    alone: async (oid, error) => {
      if (!alone) throw api.sizes.alone(`${oid} of ${owner}/${name}`, error)
      await alone(oid)
    },
  })
}

async function fetchBlob(api: RepositoryApi, oid: Oid): Promise<Uint8Array> {
  const { data } = await api.request<{ content: string }>('GET /git/blobs/{oid}', { oid })
  const bytes = Buffer.from(data.content, 'base64')
  if (blobOid(bytes) !== oid) throw unread(`blob ${oid}`, api.now())
  return bytes
}
