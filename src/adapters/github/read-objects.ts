import type { Commit } from '../../core/model/commit.ts'
import { blobOid, type Oid } from '../../core/model/oid.ts'
import type { Mode } from '../../core/model/tree.ts'
import type { RepositoryApi } from './repository-api.ts'
import { COMMIT_FIELDS, readCommit, type GivenCommit } from './given-commit.ts'
import { GitHubFailure } from './failures.ts'

/** One row of a folder: a file, or (mode `040000`) a folder in it. */
export interface FolderRow {
  readonly name: string
  readonly mode: Mode | '040000'
  readonly oid: Oid
}

/** How many objects one query asks for; GitHub gives a query ten seconds. */
const COMMITS_AT_ONCE = 200
const FOLDERS_AT_ONCE = 100
const BLOBS_AT_ONCE = 350

/** Reads commits, many a query; those that are not there are left out. */
export async function fetchCommits(api: RepositoryApi, oids: readonly Oid[]): Promise<Map<Oid, Commit>> {
  const asked = { fields: COMMIT_FIELDS, atOnce: COMMITS_AT_ONCE }
  const found = await fetchObjects<GivenCommit>(api, oids, asked)
  const commits = new Map<Oid, Commit>()
  for (const [oid, given] of found) {
    const commit = readCommit(oid, given)
    if (commit) commits.set(oid, commit)
  }
  return commits
}

/** Reads folders, one level each. */
export async function fetchFolders(
  api: RepositoryApi,
  oids: readonly Oid[],
): Promise<Map<Oid, readonly FolderRow[]>> {
  const fields = '... on Tree { entries { name mode oid } }'
  const found = await fetchObjects<{ entries?: { name: string; mode: number; oid: Oid }[] }>(api, oids, {
    fields,
    atOnce: FOLDERS_AT_ONCE,
  })
  const folders = new Map<Oid, readonly FolderRow[]>()
  for (const [oid, { entries }] of found)
    if (entries)
      folders.set(
        oid,
        entries.map(({ name, mode, oid: inner }) => ({ name, oid: inner, mode: readMode(mode.toString(8)) })),
      )
  return folders
}

/** Reads blobs: text by GraphQL, and one by one what that would not give byte for byte. */
export async function fetchBlobs(api: RepositoryApi, oids: readonly Oid[]): Promise<Map<Oid, Uint8Array>> {
  const found = await fetchObjects<{ text?: string | null; isTruncated?: boolean }>(api, oids, {
    fields: '... on Blob { text isTruncated }',
    atOnce: BLOBS_AT_ONCE,
  })
  const blobs = new Map<Oid, Uint8Array>()
  for (const [oid, { text, isTruncated }] of found) {
    if (isTruncated === undefined) continue // not a blob
    const bytes = typeof text === 'string' && !isTruncated ? Buffer.from(text) : undefined
    // What is no UTF-8 comes back changed; the id tells.
    if (bytes && blobOid(bytes) === oid) blobs.set(oid, bytes)
    else blobs.set(oid, await fetchBlob(api, oid))
  }
  return blobs
}

/** Which of these objects the repository has, of whatever type. */
export async function findExisting(api: RepositoryApi, oids: readonly Oid[]): Promise<Set<Oid>> {
  return new Set((await fetchObjects(api, oids, { fields: '', atOnce: 100 })).keys())
}

/** A file's mode as GitHub writes it; old trees hold modes such as 100664, which git reads as plain too. */
export function readMode(mode: string): Mode | '040000' {
  if (mode === '40000' || mode === '040000') return '040000'
  if (mode === '120000' || mode === '160000') return mode
  return (parseInt(mode, 8) & 0o100) === 0 ? '100644' : '100755'
}

async function fetchObjects<T>(
  api: RepositoryApi,
  oids: readonly Oid[],
  { fields, atOnce }: { fields: string; atOnce: number },
): Promise<Map<Oid, T>> {
  const found = new Map<Oid, T>()
  for (let start = 0; start < oids.length; start += atOnce) {
    const batch = oids.slice(start, start + atOnce)
    const selections = batch.map((oid, index) => `o${index}: object(oid: "${oid}") { oid ${fields} }`)
    const answer = await api.select<Record<string, T | null>>(selections.join(' '))
    batch.forEach((oid, index) => {
      const object = answer?.[`o${index}`]
      if (object) found.set(oid, object)
    })
  }
  return found
}

async function fetchBlob(api: RepositoryApi, oid: Oid): Promise<Uint8Array> {
  const { data } = await api.request<{ content: string }>('GET /git/blobs/{oid}', { oid })
  const bytes = Buffer.from(data.content, 'base64')
  if (blobOid(bytes) !== oid) throw new GitHubFailure(200, `blob ${oid} came back as ${blobOid(bytes)}`)
  return bytes
}
