import type { Signature } from '../../src/core/model/commit.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import type { Entry, Mode, Tree } from '../../src/core/model/tree.ts'
import type { ObjectStore } from '../../src/ports/object-store.ts'

/** A file's text or bytes, or an entry that is more than a plain file. */
export type FileContent = string | Uint8Array | { readonly mode: Mode; readonly content: string | Uint8Array }

/** Files by path; `undefined` takes a path away from what the parent had. */
export type Files = Readonly<Record<string, FileContent | undefined>>

interface CommitOptions {
  readonly parents?: readonly Oid[]
  readonly author?: Partial<Signature>
  /** Makes the branch or tag of this full name point here. */
  readonly ref?: string
  /** The whole tree, not a change to the first parent's. */
  readonly whole?: true
}

/** Builds histories in a store, a commit a call; times go up by a minute so that ids and order are always the same. */
export function historyIn(store: ObjectStore) {
  let minutes = 0

  /** Commits these changes on top of the first parent. */
  async function commit(message: string, files: Files, options: CommitOptions = {}): Promise<Oid> {
    const parents = options.parents ?? []
    const tree = new Map<string, Entry>(options.whole || !parents[0] ? [] : await store.readTree(parents[0]))
    for (const [path, entry] of await writeFiles(store, files)) {
      if (entry) tree.set(path, entry)
      else if (!tree.delete(path)) throw new Error(`${message}: there is no ${path} to take away`)
    }
    const author = { ...signature(minutes++), ...options.author }
    const oid = await store.writeCommit({
      tree: await store.writeTree(tree),
      parents,
      author,
      committer: author,
      message,
    })
    if (options.ref) await point(options.ref, oid)
    return oid
  }

  /** Makes a ref point to a commit, wherever it stood. */
  async function point(name: string, to: Oid): Promise<void> {
    const from = (await store.listRefs(name)).get(name)
    if (!(await store.moveRef({ name, from, to }))) throw new Error(`${name} could not be moved to ${to}`)
  }

  return { commit, point }
}

/** A person for tests, `minutes` after a fixed moment. */
export function signature(minutes: number): Signature {
  return {
    name: 'Test Person',
    email: 'person@example.com',
    time: 1_600_000_000 + minutes * 60,
    zone: '+0200',
  }
}

/** Writes these files as a whole tree. */
export async function treeIn(store: ObjectStore, files: Files): Promise<Tree> {
  const tree = new Map<string, Entry>()
  for (const [path, entry] of await writeFiles(store, files)) if (entry) tree.set(path, entry)
  return tree
}

async function writeFiles(store: ObjectStore, files: Files): Promise<[string, Entry | undefined][]> {
  const given = Object.entries(files)
  const contents = given.flatMap(([, content]) => (content === undefined ? [] : [bytesOf(content)]))
  const oids = await store.writeBlobs(contents)
  let next = 0
  return given.map(([path, content]) => {
    if (content === undefined) return [path, undefined]
    const mode = typeof content === 'object' && 'mode' in content ? content.mode : '100644'
    return [path, { mode, oid: oids[next++] as Oid }]
  })
}

function bytesOf(content: FileContent): Uint8Array {
  const raw = typeof content === 'object' && 'mode' in content ? content.content : content
  return typeof raw === 'string' ? Buffer.from(raw) : raw
}
