import { createHash } from 'node:crypto'

/** The name git gives an object: 40 lower-case hexadecimal digits (SHA-1). */
export type Oid = string & { readonly brand: 'Oid' }

/** Reads an object id, `undefined` where the text is none. */
export function readOid(text: string): Oid | undefined {
  return isOid(text) ? text : undefined
}

export function isOid(text: string): text is Oid {
  return /^[0-9a-f]{40}$/.test(text)
}

/** The id git gives to these bytes as an object of this type (`gitformat-loose`: header `type size NUL`, then the bytes). */
export function hashObject(type: 'blob' | 'tree' | 'commit', bytes: Uint8Array): Oid {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex') as Oid
}

export function blobOid(bytes: Uint8Array): Oid {
  return hashObject('blob', bytes)
}

/** The first nine digits, as people quote an id of Kubespray's history. */
export function short(oid: Oid): string {
  return oid.slice(0, 9)
}

export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904' as Oid
export const EMPTY_BLOB = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391' as Oid
