import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { WorkedOn } from './read-conflicts.ts'

/** How a step sees a repository, where it does not see it as it is. */
interface Seeing {
  see?(this: void, repository: Tree): Promise<Tree>
  put?(this: void, view: Tree): Tree
  readonly facts?: Pick<PullRequestFacts, 'place'>
}

/** A step's branch as people left it, as the step sees it, and how what is seen is put back into the repository. */
export async function seenBranch(
  objects: Pick<ObjectReader, 'readTree'>,
  { see, put = (view) => view, facts }: Seeing,
  { tip: oid, work }: { readonly tip: Oid } & Pick<WorkedOn, 'work'>,
): Promise<WorkedOn & { put(this: void, view: Tree): Tree }> {
  const tip = await objects.readTree(oid)
  const files = facts?.place?.move?.patchFiles ?? []
  const patchFiles = new Map(files.flatMap(({ to, patches }) => patches.map((id) => [id, to] as const)))
  return { view: see ? await see(tip) : tip, tip, work, put, patchFiles }
}
