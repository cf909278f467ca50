import type { LoggedCommit, PathChange } from '../../src/core/model/commit.ts'
import { blobOid, hashObject, type Oid } from '../../src/core/model/oid.ts'
import type { Entry, Tree } from '../../src/core/model/tree.ts'

/** A file's entry by its content, so that equal contents have equal ids. */
function entry(content: string): Entry {
  return { mode: '100644', oid: blobOid(Buffer.from(content)) }
}

/** A tree from path → content. */
export function treeOf(files: Readonly<Record<string, string>>): Tree {
  return new Map(Object.entries(files).map(([path, content]) => [path, entry(content)]))
}

export interface Spec {
  readonly title: string
  readonly body?: string
  readonly by?: string
  readonly committedBy?: string
  readonly time?: number
  readonly parents?: readonly Oid[]
  /** Path → [content before, content after]; `undefined` where the file is not there. */
  readonly changes?: Readonly<Record<string, readonly [string | undefined, string | undefined]>>
}

/** A commit as a store's log gives it. */
export function commit(spec: Spec): LoggedCommit {
  const time = spec.time ?? 1_500_000_000
  const message = spec.body === undefined ? `${spec.title}\n` : `${spec.title}\n\n${spec.body}\n`
  const author = signature(spec.by ?? 'ada', time)
  const committer = signature(spec.committedBy ?? spec.by ?? 'ada', time)
  const parents = spec.parents ?? []
  const changes = Object.entries(spec.changes ?? {}).map(([path, [before, after]]) =>
    changeOf(path, before, after),
  )
  const name = JSON.stringify([message, author, committer, parents, changes])
  return { oid: hashObject('commit', Buffer.from(name)), parents, author, committer, message, changes }
}

/** Commits in a line, each the child of the one before. */
export function line(below: Oid, specs: readonly Spec[]): readonly LoggedCommit[] {
  const commits: LoggedCommit[] = []
  for (const spec of specs) commits.push(commit({ ...spec, parents: [commits.at(-1)?.oid ?? below] }))
  return commits
}

/** An object id made from a word. */
export function oid(word: string): Oid {
  return hashObject('commit', Buffer.from(word))
}

function changeOf(path: string, before: string | undefined, after: string | undefined): PathChange {
  if (before === after) throw new Error(`${path} does not change: ${before}`)
  return {
    path,
    before: before === undefined ? undefined : entry(before),
    after: after === undefined ? undefined : entry(after),
  }
}

function signature(name: string, time: number): LoggedCommit['author'] {
  const email = name === 'GitHub' ? 'noreply@github.com' : `${name}@example.org`
  return { name, email, time, zone: '+0000' }
}
