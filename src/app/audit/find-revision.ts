import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { Repository } from '../repository/read-repository.ts'

interface Revision {
  readonly head: Oid
  /** As it was named, or the default branch. */
  readonly name: string
}

/** The commit that is named, or that of the default branch. */
export async function findRevision(
  store: ObjectStore,
  repository: Repository | undefined,
  rev: string | undefined,
): Promise<Revision> {
  const name = rev ?? repository?.defaultBranch ?? 'HEAD'
  const head = repository?.branches.get(name) ?? (await store.resolve(name))?.oid
  if (head) return { head, name }
  throw new Refusal({
    code: 'unknown-revision',
    message: `I find no \`${name}\` in this repository: name a branch, a tag or a commit.`,
  })
}
