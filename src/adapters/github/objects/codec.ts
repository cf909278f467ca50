import { commitObject, readCommitObject } from '../../../core/model/bytes/commit-object.ts'
import type { Commit } from '../../../core/model/commit.ts'
import type { Oid } from '../../../core/model/oid.ts'
import { readMode, type FolderRow } from './fetch-commits.ts'

/** How a kind of object is written into a cache and read back. */
export interface Codec<T> {
  /** Stands before the id in the cache's key. */
  readonly kind: string
  /** `undefined` for what has no such form and is not kept. */
  encode(this: void, value: T): Uint8Array | undefined
  decode(this: void, oid: Oid, bytes: Uint8Array): T
}

/** As git writes it. The bytes need not hash to the id: GitHub leaves out signatures and the newline at the end. */
export const COMMITS: Codec<Commit> = {
  kind: 'commit',
  encode: (commit) => {
    try {
      return commitObject(commit).bytes
    } catch {
      return undefined // a name or date from before git checked them
    }
  },
  decode: readCommitObject,
}

export const BLOBS: Codec<Uint8Array> = {
  kind: 'blob',
  encode: (bytes) => bytes,
  decode: (_, bytes) => bytes,
}

/** Rows of `mode id name`, ended by NUL. In a listing the names are whole paths, folders among them. */
export const ROWS: Codec<readonly FolderRow[]> = {
  kind: 'rows',
  encode: (rows) => Buffer.from(rows.map(({ mode, oid, name }) => `${mode} ${oid} ${name}\0`).join('')),
  decode: (_, bytes) =>
    Buffer.from(bytes)
      .toString('utf8')
      .split('\0')
      .slice(0, -1)
      .map((line) => ({
        mode: readMode(line.slice(0, 6)),
        oid: line.slice(7, 47) as Oid,
        name: line.slice(48),
      })),
}

/** A tree with all that lies below it. */
export const LISTINGS: Codec<readonly FolderRow[]> = { ...ROWS, kind: 'listing' }

/** Values as a cache keeps them, by kind and id. */
export function encodeAll<T>(codec: Codec<T>, values: ReadonlyMap<Oid, T>): Map<string, Uint8Array> {
  const entries = new Map<string, Uint8Array>()
  for (const [oid, value] of values) {
    const bytes = codec.encode(value)
    if (bytes) entries.set(`${codec.kind}:${oid}`, bytes)
  }
  return entries
}
