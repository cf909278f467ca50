import type { ObjectStore } from '../../ports/object-store.ts'
import { targetOnto, nextTarget, withPlan, type StepTarget } from './next-target.ts'
import { planRead, type ForkPlan, type PlanOptions } from './plan-fork.ts'
import type { ReadFork } from '../repository/read-fork.ts'

/** The plan, and where it or the person says to go. */
export async function planTarget(
  objects: ObjectStore,
  read: ReadFork,
  { onto, ...request }: Omit<PlanOptions, 'target'> & { readonly onto?: string },
): Promise<{ plan: ForkPlan; target: StepTarget }> {
  const plan = await planRead(objects, read, request)
  if (onto === undefined) return { plan, target: nextTarget(plan) }
  const target = targetOnto(read, onto)
  const isNext = target.kind === 'release' && plan.route.steps[0]?.kubespray.to === target.release.tag
  if (target.kind !== 'release' || isNext) return { plan, target: withPlan(target, plan.route) }
  const aside = await planRead(objects, read, { ...request, target: target.release.tag })
  return { plan: aside, target: withPlan(target, aside.route) }
}
