import type { KubernetesFacts } from '../../core/explain/pull-request-facts.ts'
import type { Step } from '../../core/plan/step.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'

/** Which Kubernetes a step brings, and to whom. */
export function kubernetesFactsOf(
  { architectures }: Pick<ForkPlan, 'architectures'>,
  step: Step,
): KubernetesFacts {
  const { from, to } = step.kubernetes
  return { from, to, architectures: architectures.architectures, told: TOLD[architectures.from] }
}

const TOLD = { config: 'config', inventory: 'inventory', patches: 'patches', nothing: 'assumed' } as const
