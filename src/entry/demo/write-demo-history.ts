import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Signature } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Entry, Tree } from '../../core/model/tree.ts'
import type { ObjectStore } from '../../ports/object-store.ts'

/** Where the parts of the demo's history begin and end. */
interface DemoHistory {
  readonly upstream: Oid
  readonly fork: Oid
}

/**
 * Writes the demo's history (`fixtures/demo/about.md` says how it is laid out) into an empty repository: upstream's commits with
 * their tags as the branch `upstream/master` of a remote, the fork's on the first release as `main`.
 */
export async function writeDemoHistory(store: ObjectStore, folder: string): Promise<DemoHistory> {
  const releases = new Map<string, Grown>()
  let upstream: Grown | undefined
  for (const step of await readSteps(join(folder, 'upstream'))) {
    upstream = await grow(store, step, upstream)
    if (step.tag) releases.set(step.tag, upstream)
  }
  let fork = [...releases.values()][0]
  if (!upstream || !fork) throw new Error(`${folder} holds no release`)
  for (const step of await readSteps(join(folder, 'fork'))) fork = await grow(store, step, fork)
  for (const [tag, { commit }] of releases) await point(store, `refs/tags/${tag}`, commit)
  await point(store, 'refs/remotes/upstream/master', upstream.commit)
  await point(store, 'refs/heads/main', fork.commit)
  return { upstream: upstream.commit, fork: fork.commit }
}

interface Grown {
  readonly commit: Oid
  readonly tree: Tree
}

interface Step {
  readonly author: Signature
  readonly message: string
  readonly tag: string | undefined
  readonly moves: readonly (readonly [string, string])[]
  readonly files: ReadonlyMap<string, Uint8Array>
}

async function grow(store: ObjectStore, step: Step, below: Grown | undefined): Promise<Grown> {
  const tree = new Map<string, Entry>(below?.tree)
  for (const [from, to] of step.moves) {
    const moved = tree.get(from)
    if (!moved) throw new Error(`nothing at ${from} to move`)
    tree.delete(from)
    tree.set(to, moved)
  }
  const oids = await store.writeBlobs([...step.files.values()])
  for (const [index, path] of [...step.files.keys()].entries()) {
    tree.set(path, { mode: '100644', oid: oids[index] as Oid })
  }
  const commit = await store.writeCommit({
    tree: await store.writeTree(tree),
    parents: below ? [below.commit] : [],
    author: step.author,
    committer: step.author,
    message: step.message,
  })
  return { commit, tree }
}

async function point(store: ObjectStore, name: string, to: Oid): Promise<void> {
  if (!(await store.moveRef({ name, from: undefined, to }))) throw new Error(`${name} exists already`)
}

async function readSteps(folder: string): Promise<readonly Step[]> {
  const names = (await readdir(folder)).sort()
  return Promise.all(names.map((name) => readStep(join(folder, name))))
}

async function readStep(folder: string): Promise<Step> {
  const text = await readFile(join(folder, 'commit.txt'), 'utf8')
  const split = text.indexOf('\n\n')
  const fields = text
    .slice(0, split)
    .split('\n')
    .map((line) => /^(\w+): (.*)$/.exec(line)?.slice(1) ?? [])
  const field = (name: string): string | undefined => fields.find(([key]) => key === name)?.[1]
  const [, name = '', email = ''] = /^([^<]*) <(.*)>$/.exec(field('author') ?? '') ?? []
  const moves = fields
    .filter(([key]) => key === 'moves')
    .map(([, value]) => value?.split(' -> ') as [string, string])
  const time = Date.parse(field('date') ?? '') / 1000
  return {
    author: { name, email, time, zone: '+0000' },
    message: text.slice(split + 2),
    tag: field('tag'),
    moves,
    files: await readFiles(join(folder, 'files')),
  }
}

async function readFiles(folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = new Map<string, Uint8Array>()
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name)
    files.set(path.slice(folder.length + 1).replaceAll('\\', '/'), await readFile(path))
  }
  return files
}
