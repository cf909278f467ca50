import { readValues, type FileValues } from '../yaml/values/read-values.ts'
import type { Oid } from '../model/oid.ts'
import type { Tree } from '../model/tree.ts'
import { parentOf } from '../model/parent-of.ts'
import { layoutOf, pathsNeeded, type Layout } from './layout.ts'

/** The files of a release that the catalogue reads, as text and as values. */
export interface ReleaseFiles {
  readonly layout: Layout
  /** Empty where the release has no such file. */
  text(path: string): string
  /** The variables a file defines. */
  values(path: string): FileValues
}

/** The blobs without which no catalogue can be made, each once. */
export function blobsNeeded(tree: Tree): readonly Oid[] {
  const paths = pathsNeeded(layoutOf(tree))
  return [...new Set(paths.map((path) => tree.get(path)?.oid).filter((oid) => oid !== undefined))]
}

/**
 * Opens a release's files; each is decoded and read at most once. `read` keeps what files say across
 * releases, by blob.
 */
export function releaseFiles(
  tree: Tree,
  blobs: ReadonlyMap<Oid, Uint8Array>,
  read = new Map<Oid, FileValues>(),
): ReleaseFiles {
  const texts = new Map<string, string>()
  const text = (path: string): string => {
    let known = texts.get(path)
    if (known === undefined) texts.set(path, (known = decoded(path, tree, blobs)))
    return known
  }
  const values = (path: string): FileValues => {
    const oid = tree.get(path)?.oid
    const known = oid && read.get(oid)
    if (known) return known
    const fresh = readValues(text(path))
    if (oid) read.set(oid, fresh)
    return fresh
  }
  return { layout: layoutOf(tree), text, values }
}

function decoded(path: string, tree: Tree, blobs: ReadonlyMap<Oid, Uint8Array>): string {
  const entry = tree.get(path)
  if (!entry) return ''
  const bytes = blobs.get(entry.oid)
  if (!bytes) throw new Error(`no blob ${entry.oid} for ${path}: blobsNeeded() missed it`)
  const text = new TextDecoder().decode(bytes)
  // `requirements.txt` was a symbolic link to the file of one Ansible version for a while.
  const target =
    entry.mode === '120000' ? tree.get(`${parentOf(path)}/${text}`.replace(/^\//, '')) : undefined
  const linked = target && blobs.get(target.oid)
  return linked ? new TextDecoder().decode(linked) : text
}
