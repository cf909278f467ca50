import type { KubernetesFacts } from '../../core/explain/pull-request-facts.ts'
import type { Step } from '../../core/plan/step.ts'
import { optional } from '../../core/model/defined.ts'
import type { StepInventory } from './edit-for-step.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'

/** Which Kubernetes a step brings, and to whom. */
export function kubernetesFactsOf(
  { architectures }: Pick<ForkPlan, 'architectures'>,
  step: Step,
  inventories: readonly Pick<StepInventory, 'held'>[] = [],
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
  }
}
