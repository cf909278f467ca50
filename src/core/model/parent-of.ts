import { isUtf8 } from './is-utf8.ts'

/**
 * The path that these bytes of git's spell. Git keeps names as bytes, most of them UTF-8; each byte that is none becomes a lone low
 * surrogate of its own (`\xe9` is U+DCE9), which no UTF-8 text holds, so that two names never become one and none is lost.
 */
export function pathOfBytes(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
  let path = ''
  for (let at = 0; at < bytes.length;) {
    const length = lengthOfCharacter(bytes, at)
    const character = bytes.subarray(at, at + Math.max(length, 1))
    path += length > 0 ? Buffer.from(character).toString() : String.fromCharCode(0xdc00 + (bytes[at] ?? 0))
    at += character.length
  }
  return path
}

/** The bytes that git has for a path; `pathOfBytes` the other way. */
export function bytesOfPath(path: string): Buffer {
  if (!STRAY_BYTE.test(path)) return Buffer.from(path)
  const parts = [...path].map((character) =>
    STRAY_BYTE.test(character) ? Buffer.of(character.charCodeAt(0) - 0xdc00) : Buffer.from(character),
  )
  return Buffer.concat(parts)
}

/** A path as people can read it: a byte that is no text as its number, `caf\xe9`. */
export function readablePath(path: string): string {
  return path.replace(/[\uDC80-\uDCFF]/gu, (stray) => `\\x${(stray.charCodeAt(0) - 0xdc00).toString(16)}`)
}

/** With `u` a surrogate stands for itself only where it is none of a pair. */
const STRAY_BYTE = /[\uDC80-\uDCFF]/u

/** How many bytes the UTF-8 character takes that begins here; 0 where none does. */
function lengthOfCharacter(bytes: Uint8Array, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++)
    if (isUtf8(bytes.subarray(at, at + length))) return length
  return 0
}

/** The folder a path stands in; the root is the empty string. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

export function isInside(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`)
}

/**
 * Whether a path is inside what a package manager put there (a virtual environment, modules of Node.js, providers of Terraform) and
 * somebody committed: nobody of the fork wrote it, and no play of Kubespray's reads it.
 */
export function isInstalled(path: string): boolean {
  return /(?:^|\/)(?:node_modules|site-packages|dist-packages|__pycache__|\.terraform)\//.test(path)
}

/** Whether a path is safe to write: relative, no empty, `.`, `..` or `.git` part (git's own rule for index entries). */
export function isSafePath(path: string): boolean {
  return (
    path !== '' &&
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/^\.git$/i.test(part))
  )
}

/** Inventories of a fork hold keys and passwords, so nothing of them is quoted; only the sample is upstream's and public. */
export function isPrivatePath(path: string): boolean {
  return isInside(path, 'inventory') && !isInside(path, 'inventory/sample')
}

/** A path that we cannot carry on: no working tree could hold it, or a forge did not tell it as it is. */
export class UnusablePath extends Error {
  readonly path: string
  readonly why: 'unsafe' | 'not-told'

  constructor(path: string, why: 'unsafe' | 'not-told') {
    super(`a path that cannot be worked with (${why}): ${readablePath(path)}`)
    this.name = 'UnusablePath'
    this.path = path
    this.why = why
  }
}
