import type { KubernetesFacts } from '../../core/explain/pull-request-facts.ts'
import type { Place } from '../../core/model/problem.ts'
import type { Step } from '../../core/plan/step.ts'
import { optional } from '../../core/model/defined.ts'
import type { StepInventory } from './edit-for-step.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'
import { linesNaming } from '../../core/automation/lines-naming.ts'
import { filesThatMayTell, LARGEST_THAT_TELLS } from '../../core/layout/files-that-may-tell.ts'
import { isWithin } from '../../core/model/cluster/cluster-scope.ts'
import type { Oid } from '../../core/model/oid.ts'
import { bareVersion } from '../../core/model/release-tag.ts'
import { withChanges, type Tree } from '../../core/model/tree.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import { overlay } from '../carry/overlay.ts'
import { readTexts } from '../repository/read-texts.ts'
import type { Standing } from '../repository/standing.ts'

/** Which Kubernetes a step brings, and to whom. */
export function kubernetesFactsOf(
  { architectures }: Pick<ForkPlan, 'architectures'>,
  step: Step,
  inventories: readonly Pick<StepInventory, 'held'>[],
  named: readonly Place[],
): KubernetesFacts {
  const { from, to } = step.kubernetes
  // What would bring this Kubernetes is left undone where a command says another.
  const held = inventories.flatMap((each) =>
    each.held.flatMap(({ name, wanted, at }) => {
      const isIt = wanted.kind === 'value' && (name === 'kube_version' || wanted.value === to)
      return isIt ? [at] : []
    }),
  )
  return {
    from,
    to,
    architectures: architectures.architectures,
    told: architectures.from,
    ...optional(held.length > 0, () => ({ held })),
    ...optional(named.length > 0, () => ({ named })),
  }
}

interface Result {
  /** The repository as the step would leave it. */
  readonly repository: Tree
  readonly newBlobs: ReadonlyMap<Oid, Uint8Array>
}

/**
 * Where the repository goes on naming the Kubernetes that a step leaves: a default of a pipeline's, a document. A fork at the top is all files
 * of upstream's, and what is its own there runs the play.
 */
export async function kubernetesNamed(
  store: Pick<ObjectReader, 'readBlobs'>,
  { layout, cluster }: Pick<Standing, 'layout' | 'cluster'>,
  { kubernetes: { from, to } }: Pick<Step, 'kubernetes'>,
  { repository, newBlobs }: Result,
): Promise<readonly Place[]> {
  if (layout.kind === 'root' || from === undefined || bareVersion(from) === bareVersion(to)) return []
  const hidden = [...repository.keys()].filter((path) => cluster && isWithin(path, cluster.others))
  const tree = withChanges(repository, new Map(hidden.map((path) => [path, undefined])))
  const files = filesThatMayTell(tree)
  const { texts } = await readTexts(overlay(store, newBlobs), tree, files, LARGEST_THAT_TELLS)
  return [...texts].flatMap(([file, text]) =>
    linesNaming(text, bareVersion(from)).map((line) => ({ file, line, column: 1 })),
  )
}
