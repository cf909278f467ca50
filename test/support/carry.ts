import { memoryObjectStore } from './memory/memory-object-store.ts'
import { converse } from '../../src/app/carry/converse.ts'
import { carry, type CarryResult } from '../../src/core/merge/whole/carry.ts'
import { Workspace } from '../../src/core/merge/workspace.ts'
import type { PathChange } from '../../src/core/model/commit.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import { treeOid, type Tree } from '../../src/core/model/tree.ts'
import type { FileOutcome } from '../../src/core/model/verdict.ts'
import type { ObjectStore } from '../../src/ports/object-store.ts'
import { historyIn, signature, type Files } from './history.ts'

/** A patch, what it was written on, and what upstream did meanwhile. */
export interface CarryStory {
  readonly base: Files
  /** What the patch changes; `undefined` takes a path away. */
  readonly patch: Files
  /** What a later patch of the same series changes. */
  readonly later?: Files
  /** What each of upstream's commits changes, oldest first, by its subject. */
  readonly upstream: Readonly<Record<string, Files>>
  /** Upstream's history where it is no straight line, on top of `upstream`: puts commits in and returns its head. */
  readonly branches?: (commit: AddCommit, from: Oid) => Promise<Oid>
  /** The first line of the patch's message. */
  readonly title?: string
  /** Who wrote the patch, upstream's author unless told; `undefined`: nobody knows, as of a bare tree. */
  readonly author?: { readonly name: string; readonly email: string } | undefined
  /** Whether a commit is seen with all that it changes, as in a clone, or with the paths asked for alone, as over an API. */
  readonly isClone?: true
  /** Blobs of these texts are missing, as in a partial clone. */
  readonly missing?: readonly string[]
}

/** Puts in a commit of upstream's on these parents; what it changes is seen from the first. */
export type AddCommit = (subject: string, files: Files, parents: readonly Oid[]) => Promise<Oid>

/** What carrying a story's patch came to. */
export interface Carried extends CarryResult {
  /** The text at a path of the result; `undefined` where there is none. */
  text(path: string): string | undefined
  /** What became of the one path. */
  file(path: string): FileOutcome
  /** Upstream's commits by their subject. */
  readonly commits: ReadonlyMap<string, Oid>
  /** The tree that the patch went onto. */
  readonly onto: Tree
  /** Whether the result is upstream's tree as it was. */
  readonly nothingLeft: boolean
}

/** Tells a story to a store in memory and carries its patch. */
export async function carryStory(story: CarryStory): Promise<Carried> {
  const store = memoryObjectStore()
  const history = historyIn(store)
  const base = await history.commit('base', story.base)
  const patch = await history.commit('patch', story.patch, { parents: [base] })
  const commits = new Map<string, Oid>()
  let head = base
  for (const [subject, files] of Object.entries(story.upstream)) {
    head = await history.commit(subject, files, { parents: [head] })
    commits.set(subject, head)
  }
  const add: AddCommit = async (subject, files, parents) => {
    const oid = await history.commit(subject, files, { parents })
    commits.set(subject, oid)
    return oid
  }
  if (story.branches) head = await story.branches(add, head)
  const [baseTree, patchTree, onto] = await Promise.all(
    [base, patch, head].map((each) => store.readTree(each)),
  )
  if (!baseTree || !patchTree || !onto) throw new Error('a tree is missing')
  async function changesOf(later: Files | undefined): Promise<readonly PathChange[]> {
    if (!later) return []
    const end = await store.readTree(await history.commit('later', later, { parents: [patch] }))
    return Object.keys(later).map((path) => ({ path, before: patchTree?.get(path), after: end?.get(path) }))
  }
  const seen = story.isClone ? seenWhole(store) : store
  const reader = await withoutTexts(seen, story.missing ?? [])
  const stretch = { from: base, to: head }
  const author = 'author' in story ? story.author : signature(0)
  const written = author ? { written: { message: story.title ?? 'patch', author } } : {}
  const series = { base: baseTree, release: onto, later: await changesOf(story.later) }
  const around = story.later ? { series } : {}
  const request = { base: baseTree, patch: patchTree, onto, ...written, ...around }
  const result = await converse(carry(request, new Workspace()), reader, stretch)
  await store.writeBlobs([...result.newBlobs.values()])
  await store.writeTree(result.tree) // throws where a blob is neither there nor among the new ones
  const texts = await store.readBlobs([...result.tree.values()].map(({ oid }) => oid))
  return {
    ...result,
    commits,
    onto,
    nothingLeft: treeOid(result.tree) === treeOid(onto),
    text: (path) => {
      const entry = result.tree.get(path)
      const bytes = entry && texts.get(entry.oid)
      return bytes && Buffer.from(bytes).toString()
    },
    file: (path) => {
      const found = result.files.filter((each) => each.path === path)
      if (found.length !== 1) throw new Error(`${path} has ${found.length} outcomes`)
      return found[0] as FileOutcome
    },
  }
}

function seenWhole(store: ObjectStore): ObjectStore {
  const log: ObjectStore['log'] = async ({ paths, ...range }) => {
    const commits = await store.log(range)
    return commits.filter(({ changes }) => !paths || changes.some(({ path }) => paths.includes(path)))
  }
  return { ...store, log }
}

async function withoutTexts(store: ObjectStore, texts: readonly string[]): Promise<ObjectStore> {
  const lost = new Set(await store.writeBlobs(texts.map((text) => Buffer.from(text))))
  return { ...store, readBlobs: (oids) => store.readBlobs(oids.filter((oid) => !lost.has(oid))) }
}

/** A text of this many lines that say something; `changes` replaces lines by their number, counted from 1. */
export function longText(name: string, changes: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: 12 }, (_, at) => changes[at + 1] ?? `${name} says line ${at + 1}`)
    .map((line) => `${line}\n`)
    .join('')
}
