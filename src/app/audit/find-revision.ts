import type { InsteadOf } from '../../core/explain/pull-request-facts.ts'
import { defined } from '../../core/model/defined.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { branchToLookAt } from '../repository/choose-branch.ts'
import type { Repository } from '../repository/read-repository.ts'

interface Revision {
  readonly head: Oid
  /** As it was named, or the branch that was taken. */
  readonly name: string
  /** Set where nothing was named and another branch than the default one holds the patches. */
  readonly insteadOf?: InsteadOf
}

/** The commit that is named, else that of the branch a plan would take, so that both speak of the same files. */
export async function findRevision(
  store: ObjectStore,
  repository: Repository | undefined,
  rev: string | undefined,
): Promise<Revision> {
  const chosen = rev === undefined && repository ? await branchToLookAt(store, repository) : undefined
  if (chosen) {
    const { head, name, insteadOf } = chosen
    return { head, name, ...defined({ insteadOf }) }
  }
  const name = rev ?? repository?.defaultBranch ?? 'HEAD'
  const head = repository?.branches.get(name) ?? (await store.resolve(name))?.oid
  if (head) return { head, name }
  throw new Refusal({
    code: 'unknown-revision',
    message: `I find no \`${name}\` in this repository: name a branch, a tag or a commit.`,
  })
}
