import type { KubernetesFacts } from '../../core/explain/pull-request-facts.ts'
import type { Place } from '../../core/model/problem.ts'
import type { Step } from '../../core/plan/step.ts'
import { optional } from '../../core/model/defined.ts'
import type { StepInventory } from './edit-for-step.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'
import { linesNaming } from '../../core/automation/lines-naming.ts'
import { filesThatMayTell, LARGEST_THAT_TELLS } from '../../core/layout/files-that-may-tell.ts'
import { isWithin } from '../../core/model/cluster/cluster-scope.ts'
import type { LeftPin } from '../../core/layout/moved-pin.ts'
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

/** The repository as a step would leave it. */
interface Result {
  readonly repository: Tree
  readonly newBlobs: ReadonlyMap<Oid, Uint8Array>
}

/** Where a repository goes on naming what a step leaves. */
interface StillNamed {
  readonly kubernetes: readonly Place[]
  readonly release: readonly Place[]
}

/**
 * Defaults of pipelines, documents and comments that name the release or the Kubernetes of before. A fork at the top is all files of
 * upstream's, and what is its own there runs the play.
 */
export async function stillNamed(
  store: Pick<ObjectReader, 'readBlobs'>,
  { layout, cluster }: Pick<Standing, 'layout' | 'cluster'>,
  moves: { readonly kubernetes: Move | undefined; readonly kubespray: Move },
  { repository, newBlobs }: Result,
): Promise<StillNamed> {
  if (layout.kind === 'root') return { kubernetes: [], release: [] }
  const hidden = [...repository.keys()].filter((path) => cluster && isWithin(path, cluster.others))
  const tree = withChanges(repository, new Map(hidden.map((path) => [path, undefined])))
  const files = filesThatMayTell(tree)
  const { texts } = await readTexts(overlay(store, newBlobs), tree, files, LARGEST_THAT_TELLS)
  const placesOf = ({ from, to }: Move = NO_MOVE, word: RegExp): readonly Place[] => {
    if (from === undefined || bareVersion(from) === bareVersion(to)) return []
    return [...texts].flatMap(([file, text]) =>
      linesNaming(text, bareVersion(from), word).map((line) => ({ file, line, column: 1 })),
    )
  }
  return {
    kubernetes: placesOf(moves.kubernetes, /kube|k8s/i),
    release: placesOf(moves.kubespray, /kubespray|kargo/i),
  }
}

const NO_MOVE: Move = { from: undefined, to: '' }

interface Move {
  readonly from: string | undefined
  readonly to: string
}

/** What is left of pins, and the lines that say the release beside them. */
export function withMentions(
  left: readonly LeftPin[],
  places: readonly Place[],
  { from, to }: Step['kubespray'],
): readonly LeftPin[] {
  const known = new Set(left.map(({ file, line }) => `${file}:${line}`))
  const others = places.filter(({ file, line }) => !known.has(`${file}:${line}`))
  return [...left, ...others.map(({ file, line }) => ({ file, line, from, to, why: 'mention' as const }))]
}
