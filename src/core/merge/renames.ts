import { oncePer } from '../model/collections/once-per.ts'
import { addTo } from '../model/collections/grouped.ts'
import { isInside, nameOf, parentOf } from '../model/parent-of.ts'
import { EMPTY_BLOB } from '../model/oid.ts'
import { hasFolder, type Entry, type Tree } from '../model/tree.ts'
import type { Conversation } from './conversation.ts'
import { alike, RENAME_SIMILARITY } from './patch-changes.ts'
import { blobsOf, isFile } from '../model/is-file.ts'
import type { Workspace } from './workspace.ts'

/** Most contents to compare for one search: beyond it a search costs more than a person's answer. */
const CANDIDATES = 400

/** The renames between two trees: found once, whichever patch asks. */
export function renamesBetween(base: Tree, upstream: Tree, workspace: Workspace): Renames {
  return renamesIn(workspace)(base)(upstream)
}

const renamesIn = oncePer((workspace: Workspace) =>
  oncePer((base: Tree) => oncePer((upstream: Tree) => new Renames(base, upstream, workspace))),
)

/** Where upstream put the files it moved between two trees: same content first, then whole folders, then similar content. */
export class Renames {
  readonly #base: Tree
  readonly #upstream: Tree
  readonly #workspace: Workspace
  #known: Differences | undefined
  readonly #found = new Map<string, string | undefined>()

  constructor(base: Tree, upstream: Tree, workspace: Workspace) {
    this.#base = base
    this.#upstream = upstream
    this.#workspace = workspace
  }

  /** Most patches are of files that upstream has, and need no two trees compared. */
  get #differences(): Differences {
    return (this.#known ??= differencesOf(this.#base, this.#upstream))
  }

  /** Where upstream has the file now; `undefined` where it is gone. */
  *find(path: string): Conversation<string | undefined> {
    if (this.#upstream.has(path)) return path
    const before = this.#base.get(path)
    if (!before) return undefined
    if (!this.#found.has(path))
      this.#found.set(path, this.#differences.exact.get(path) ?? (yield* this.#similar(path, before)))
    return this.#found.get(path)
  }

  /** Where a new file belongs when upstream moved the folder it was made for as a whole. */
  folderMoved(path: string): string {
    for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) {
      if (hasFolder(this.#upstream, folder) || !hasFolder(this.#base, folder)) continue
      const target = this.#folderTarget(folder)
      if (target !== undefined) return target + path.slice(folder.length)
    }
    return path
  }

  /** The files upstream added that have this one's name. */
  namesakes(path: string): string[] {
    return [...this.#differences.added.keys()].filter(
      (each) => bareName(each) === bareName(path) && bareName(path) !== 'main',
    )
  }

  *#similar(path: string, before: Entry): Conversation<string | undefined> {
    if (!isFile(before)) return undefined
    const moved = this.folderMoved(path)
    const groups = [
      [...this.#differences.added.keys()].filter((each) => stem(each) === stem(moved)),
      [...this.#differences.added.keys()].filter((each) => bareName(each) === bareName(path)),
      [...this.#differences.added.keys()].filter((each) => extension(each) === extension(path)),
    ]
    for (const group of groups) {
      const candidates = closestFirst(group, path).slice(0, CANDIDATES)
      yield* this.#workspace.load(
        blobsOf(before, ...candidates.map((each) => this.#differences.added.get(each))),
      )
      const best = this.#best(before, candidates)
      if (best !== undefined) return best
    }
    return undefined
  }

  #best(before: Entry, candidates: readonly string[]): string | undefined {
    let best: string | undefined
    let most = RENAME_SIMILARITY
    for (const candidate of candidates) {
      const score = alike(before, this.#differences.added.get(candidate), this.#workspace)
      if (score >= most && (best === undefined || score > most)) {
        best = candidate
        most = score
      }
    }
    return best
  }

  /** The folder most of a folder's files went to, by same content. */
  #folderTarget(folder: string): string | undefined {
    const votes = new Map<string, number>()
    for (const [from, to] of this.#differences.exact) {
      if (!isInside(from, folder)) continue
      const inner = from.slice(folder.length)
      if (to.endsWith(inner)) vote(votes, to.slice(0, to.length - inner.length))
    }
    return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0]
  }
}

/** The files that one of two trees has alone. */
interface Differences {
  readonly added: ReadonlyMap<string, Entry>
  /** Where what is gone is, by same content. */
  readonly exact: ReadonlyMap<string, string>
}

function differencesOf(base: Tree, upstream: Tree): Differences {
  const added = missing(upstream, base)
  return { added, exact: sameContent(missing(base, upstream), added) }
}

function missing(from: Tree, other: Tree): Map<string, Entry> {
  const found = new Map<string, Entry>()
  for (const [path, entry] of from) if (!other.has(path)) found.set(path, entry)
  return found
}

/** Pairs of one content, one to one; of several the one with the nearest path. Empty files say nothing. */
function sameContent(
  gone: ReadonlyMap<string, Entry>,
  added: ReadonlyMap<string, Entry>,
): Map<string, string> {
  const byOid = new Map<string, string[]>()
  for (const [path, { oid }] of added) if (oid !== EMPTY_BLOB) addTo(byOid, oid, path)
  const byName = new Map<string, string[]>()
  for (const [oid, paths] of byOid)
    if (paths.length > CANDIDATES) for (const path of paths) addTo(byName, `${oid} ${nameOf(path)}`, path)
  const found = new Map<string, string>()
  for (const [path, { oid }] of gone) {
    const all = byOid.get(oid) ?? []
    // One content at very many paths is held against those of its own name.
    const near = all.length > CANDIDATES ? (byName.get(`${oid} ${nameOf(path)}`) ?? all) : all
    const best = closestFirst(near.slice(0, CANDIDATES), path)[0]
    if (best !== undefined) found.set(path, best)
  }
  return found
}

function vote(votes: Map<string, number>, key: string): void {
  votes.set(key, (votes.get(key) ?? 0) + 1)
}

function closestFirst(paths: readonly string[], path: string): readonly string[] {
  if (paths.length < 2) return paths
  return paths
    .map((each) => ({ each, near: closeness(each, path) }))
    .sort((a, b) => b.near - a.near)
    .map(({ each }) => each)
}

/** How many parts of two paths agree, the name counting most. */
function closeness(a: string, b: string): number {
  const inOther = new Set(parentOf(b).split('/'))
  const shared = parentOf(a)
    .split('/')
    .filter((part) => inOther.has(part)).length
  return shared + (nameOf(a) === nameOf(b) ? 3 : 0) + (bareName(a) === bareName(b) ? 2 : 0)
}

function extension(path: string): string {
  return /\.ya?ml$/.test(path) ? 'yaml' : nameOf(path).replace(/^[^.]*/, '')
}

function bareName(path: string): string {
  return nameOf(path).replace(/\.ya?ml$/, '')
}

function stem(path: string): string {
  return path.replace(/\.ya?ml$/, '')
}
