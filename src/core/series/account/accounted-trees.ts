import type { Oid } from '../../model/oid.ts'
import { nameOf } from '../../model/parent-of.ts'
import { differingPaths, sameEntry, type Entry, type Tree } from '../../model/tree.ts'
import { decodeText, splitLines } from '../../text/split-lines.ts'
import type { CarriedPatch } from '../carried-series.ts'
import type { ReadFile } from './changed-runs.ts'
import type { FileGroup } from './group-state.ts'

/** The four trees of an account, and what became of the patches between them. */
export interface AccountedTrees {
  readonly base: Tree
  readonly head: Tree
  readonly release: Tree
  readonly result: Tree
  readonly patches: readonly CarriedPatch[]
}

const VERSIONS = ['base', 'head', 'release', 'result'] as const
type Version = (typeof VERSIONS)[number]

/**
 * The paths whose lines are accounted for, in groups that renames connect: what the fork changed, what carrying changed, and the
 * places of both. Own files that stand in the result byte for byte need no reading, unless a patch brought them.
 */
export function groupPaths(trees: AccountedTrees): readonly (readonly string[])[] {
  const { base, head, release, result, patches } = trees
  const patched = new Set(patches.flatMap(({ patch }) => patch.changes.map(({ path }) => path)))
  const isAlong = (path: string): boolean =>
    !patched.has(path) && !base.has(path) && !release.has(path) && sameEntry(head.get(path), result.get(path))
  const forked = differingPaths(base, head).filter((path) => !isAlong(path))
  const changed = differingPaths(release, result).filter((path) => !isAlong(path))
  const groups = new Groups([...forked, ...changed])
  for (const { files } of patches)
    for (const { path, to, reasons } of files) {
      groups.join(path, to)
      for (const reason of reasons)
        if (LEADS_TO.has(reason.code) && 'to' in reason) groups.join(path, reason.to)
    }
  for (const [from, to] of renames(base, head, forked)) groups.join(from, to)
  const gone = forked.filter((path) => base.has(path) && !release.has(path))
  for (const [from, to] of movedWhole(gone, base, release)) groups.join(from, to)
  return groups.all()
}

/** The fork's name of a file that upstream gave another one; the file to which upstream moved a block that the fork changes. */
const LEADS_TO: ReadonlySet<string> = new Set(['other-name', 'block-moved'])

class Groups {
  readonly #of = new Map<string, string[]>()

  constructor(paths: readonly string[]) {
    for (const path of paths) this.#of.set(path, [path])
  }

  join(a: string, b: string): void {
    const left = this.#of.get(a) ?? [a]
    this.#of.set(a, left)
    if (a === b) return
    const right = this.#of.get(b) ?? [b]
    if (left === right) return
    const [small, large] = left.length < right.length ? [left, right] : [right, left]
    for (const path of small) large.push(path)
    for (const path of small) this.#of.set(path, large)
  }

  all(): readonly (readonly string[])[] {
    return [...new Set(this.#of.values())]
  }
}

/** The fork's own renames: the same content, else the only file of the same name. */
function renames(base: Tree, head: Tree, paths: readonly string[]): readonly (readonly [string, string])[] {
  const gone = paths.filter((path) => base.has(path) && !head.has(path))
  const added = paths.filter((path) => !base.has(path) && head.has(path))
  const byOid = new Map(added.map((path) => [head.get(path)?.oid, path]))
  const byName = new Map<string, string | undefined>()
  for (const path of added) byName.set(nameOf(path), byName.has(nameOf(path)) ? undefined : path)
  return gone.flatMap((path) => {
    const to = byOid.get(base.get(path)?.oid) ?? byName.get(nameOf(path))
    return to === undefined ? [] : [[path, to] as const]
  })
}

/** Files that the release has under another path with the very content. */
function movedWhole(
  gone: readonly string[],
  base: Tree,
  release: Tree,
): readonly (readonly [string, string])[] {
  if (gone.length === 0) return []
  const wanted = new Map(gone.map((path) => [base.get(path)?.oid, path]))
  const found: [string, string][] = []
  for (const [to, { oid }] of release) {
    const from = base.has(to) ? undefined : wanted.get(oid)
    if (from !== undefined) found.push([from, to])
  }
  return found
}

/** The blobs that an account of these trees reads. */
export function blobsToRead(trees: AccountedTrees): readonly Oid[] {
  const entries = groupPaths(trees)
    .flat()
    .flatMap((path) => VERSIONS.map((version) => trees[version].get(path)))
  return blobsIn(entries)
}

export function blobsIn(entries: readonly (Entry | undefined)[]): readonly Oid[] {
  return entries.flatMap((entry) => (entry && entry.mode !== '160000' ? [entry.oid] : []))
}

/** Reads files by what they are: text in lines, everything else as one line that names it. */
export class FileReader {
  readonly #blobs: ReadonlyMap<Oid, Uint8Array>
  readonly #known = new Map<string, readonly string[]>()

  constructor(blobs: ReadonlyMap<Oid, Uint8Array>) {
    this.#blobs = blobs
  }

  group(paths: readonly string[], trees: AccountedTrees): FileGroup {
    const read = (version: Version): readonly ReadFile[] =>
      paths.flatMap((path) => {
        const entry = trees[version].get(path)
        return entry ? [{ path, lines: this.lines(entry) }] : []
      })
    return {
      paths: new Set(paths),
      base: read('base'),
      head: read('head'),
      release: read('release'),
      result: read('result'),
    }
  }

  /** Lines without their ends; a mark stands at the end of one that ends otherwise than most of its file. */
  lines(entry: Entry): readonly string[] {
    const kind = entry.mode === '100755' ? '100644' : entry.mode
    const key = `${kind} ${entry.oid}`
    let lines = this.#known.get(key)
    if (!lines) this.#known.set(key, (lines = this.#read(entry)))
    return lines
  }

  #read({ mode, oid }: Entry): readonly string[] {
    if (mode === '160000') return [`(submodule at ${oid})`]
    const bytes = this.#blobs.get(oid)
    const text = bytes && decodeText(bytes)
    if (text === undefined) return [`(not text: ${oid})`]
    if (mode === '120000') return [`(link to ${text})`]
    return withoutEnds(splitLines(text))
  }

  text(entry: Entry): string | undefined {
    const bytes = entry.mode === '160000' ? undefined : this.#blobs.get(entry.oid)
    return bytes && decodeText(bytes)
  }
}

function withoutEnds(lines: readonly string[]): readonly string[] {
  const isCrlf = hasCrlf(lines)
  return lines.map((line) => {
    const bare = line.endsWith('\n') ? line.slice(0, -1) : line
    if (!isCrlf) return bare
    if (bare.endsWith('\r')) return bare.slice(0, -1)
    return line.endsWith('\n') ? `${bare}␊` : bare
  })
}

/** Whether most lines end as on Windows. */
export function hasCrlf(lines: readonly string[]): boolean {
  let count = 0
  for (const line of lines) if (line.endsWith('\r\n')) count++
  return count * 2 > lines.length
}
