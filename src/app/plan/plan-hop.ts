import type { ObjectStore } from '../../ports/object-store.ts'
import { hopOnto, nextHop, withPlan, type Hop } from './next-hop.ts'
import { planRead, type ForkPlan, type PlanOptions } from './plan-fork.ts'
import type { ReadFork } from '../repository/read-fork.ts'

/** The plan, and where it or the person says to go. */
export async function planHop(
  objects: ObjectStore,
  read: ReadFork,
  { onto, ...request }: Omit<PlanOptions, 'target'> & { readonly onto?: string },
): Promise<{ plan: ForkPlan; hop: Hop }> {
  const plan = await planRead(objects, read, request)
  if (onto === undefined) return { plan, hop: nextHop(plan) }
  const hop = hopOnto(read, onto)
  const isNext = hop.kind === 'release' && plan.route.steps[0]?.kubespray.to === hop.release.tag
  if (hop.kind !== 'release' || isNext) return { plan, hop: withPlan(hop, plan.route) }
  const aside = await planRead(objects, read, { ...request, target: hop.release.tag })
  return { plan: aside, hop: withPlan(hop, aside.route) }
}
