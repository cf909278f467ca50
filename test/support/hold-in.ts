import { GitObjectStore } from '../../src/adapters/git/git-object-store.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import type { Entry } from '../../src/core/model/tree.ts'
import type { Repo } from '../github/world.ts'
import { writeRefs } from '../github/write-refs.ts'
import { signature, treeIn, type Files } from './history.ts'

/** What a repository of the stand-in is to hold. */
export interface HeldFiles {
  readonly files: Files
  /** Path → the commit of a submodule. */
  readonly links?: Readonly<Record<string, string>>
  /** Folder (`` is the root) → the commit whose files lie there, in a repository that shares its objects with this one. */
  readonly copies?: Readonly<Record<string, string>>
  readonly message?: string
}

/** Commits this as the first commit of a repository's default branch, or on top of what is there. */
export async function holdIn(repo: Repo, held: HeldFiles): Promise<Oid> {
  const store = new GitObjectStore({ gitDir: repo.gitDir })
  try {
    const ref = `refs/heads/${repo.defaultBranch}`
    const parent = (await store.listRefs(ref)).get(ref)
    const tree = new Map<string, Entry>(parent ? await store.readTree(parent) : [])
    for (const [folder, commit] of Object.entries(held.copies ?? {}))
      for (const [path, entry] of await store.readTree(commit as Oid))
        tree.set(folder === '' ? path : `${folder}/${path}`, entry)
    for (const [path, entry] of await treeIn(store, held.files)) tree.set(path, entry)
    for (const [path, oid] of Object.entries(held.links ?? {}))
      tree.set(path, { mode: '160000', oid: oid as Oid })
    const author = { ...signature(0), name: 'Ada', email: 'ada@example.com' }
    const made = await store.writeCommit({
      tree: await store.writeTree(tree),
      parents: parent ? [parent] : [],
      ...{ author, committer: author, message: held.message ?? 'What we run' },
    })
    writeRefs(repo.gitDir, new Map([[ref, made]]))
    return made
  } finally {
    await store.close()
  }
}
