import { isSafePath, parentOf } from '../model/parent-of.ts'
import type { Oid } from '../model/oid.ts'
import type { Tree } from '../model/tree.ts'

/** Files of a tree by path, as what blob each of them is written. */
export type Written = ReadonlyMap<string, Oid>

/**
 * The files of a tree with links followed: a link to a file becomes that file, one to a folder the files in it. What leads out of the
 * tree, or to nothing in it, is left out, and so are names that no disk takes. `targets` gives what links say, by their blobs.
 */
export function treeAsFiles(tree: Tree, targets: ReadonlyMap<Oid, string>): Written {
  const files = new Map<string, Oid>()
  for (const [path, { mode, oid }] of tree)
    if ((mode === '100644' || mode === '100755') && isWritable(path)) files.set(path, oid)
  const own = [...files]
  let open = [...tree].filter(([path, { mode }]) => mode === '120000' && isWritable(path))
  for (let before = -1; open.length !== before;) {
    before = open.length
    open = open.filter(([path, { oid }]) => {
      const found = followed(path, targets.get(oid) ?? '', files, own)
      for (const [each, blob] of found) files.set(each, blob)
      return found.length === 0
    })
  }
  return withoutClashes(files)
}

/** What a link comes to by now. In a folder only files count that are no links: links in linked folders could double each other. */
function followed(
  path: string,
  target: string,
  files: Written,
  own: readonly (readonly [string, Oid])[],
): readonly (readonly [string, Oid])[] {
  const place = resolved(parentOf(path), target)
  if (place === undefined) return []
  const file = files.get(place)
  if (file !== undefined) return [[path, file]]
  const below = own.filter(([each]) => each.startsWith(`${place}/`))
  return below.map(([each, blob]) => [`${path}${each.slice(place.length)}`, blob] as const)
}

/** The blobs of a tree's links. */
export function linksOf(tree: Tree): readonly Oid[] {
  return [...tree.values()].flatMap(({ mode, oid }) => (mode === '120000' ? [oid] : []))
}

/** Lone surrogates stand for bytes that are no text. */
function isWritable(path: string): boolean {
  return isSafePath(path) && !/[\uD800-\uDFFF]/u.test(path) && !path.includes('\0')
}

function resolved(folder: string, target: string): string | undefined {
  if (target === '' || target.startsWith('/')) return undefined
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of target.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined
    if (part !== '..' && part !== '.' && part !== '') parts.push(part)
  }
  const path = parts.join('/')
  return path === '' || !isSafePath(path) ? undefined : path
}

/** A name is a file or a folder; no tree of git's has both, and a crafted one may. */
function withoutClashes(files: Written): Written {
  const folders = new Set<string>()
  for (const path of files.keys())
    for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) folders.add(folder)
  return new Map([...files].filter(([path]) => !folders.has(path)))
}
