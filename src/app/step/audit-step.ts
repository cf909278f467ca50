import { defined } from '../../core/model/defined.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import type { ImageRegistry } from '../../ports/image-registry.ts'
import { auditFiles, type Audit } from '../audit/audit.ts'
import type { WitnessStore } from '../audit/read-witnesses.ts'
import { witnessesOf } from '../audit/witnesses-of.ts'
import { overlay } from '../carry/overlay.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'
import type { StepInventory } from './edit-for-step.ts'

interface StepToAudit {
  readonly plan: ForkPlan
  readonly inventories: readonly Pick<StepInventory, 'path'>[]
  /** What the step comes to, the inventories' changes included, and what of it is in no store yet. */
  readonly result: { readonly tree: Tree; readonly newBlobs: ReadonlyMap<Oid, Uint8Array> }
  /** The release's own tree. */
  readonly release: Tree
  /** Its name, where it is not the one that the fork stands on. */
  readonly tag?: ReleaseTag
  /** Who is asked about images; nobody where it is absent. */
  readonly registry?: ImageRegistry | undefined
}

/** What would not run on every architecture once the step is applied. */
export async function auditStep(
  store: WitnessStore,
  { plan, inventories, result, release, registry, tag = plan.fork.base.release }: StepToAudit,
): Promise<Pick<Audit, 'findings' | 'grid'>> {
  return auditFiles(overlay(store.objects, result.newBlobs), result.tree, {
    architectures: plan.architectures.architectures,
    inventories: inventories.map(({ path }) => path),
    release,
    callers: plan.fork.standing.callers,
    witnesses: await witnessesOf(store, { release: tag, releases: plan.repository.releases }),
    ...defined({ registry }),
  })
}
