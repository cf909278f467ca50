import type { Tree } from '../core/model/tree.ts'
import type { ObjectReader } from '../ports/objects.ts'
import type { ImageRegistry } from '../ports/registry.ts'
import { auditFiles, type Audit } from './audit.ts'
import { overlay } from './overlay.ts'
import type { ForkPlan } from './plan.ts'
import type { StepInventory } from './step-inventories.ts'

export interface StepToAudit {
  readonly plan: ForkPlan
  readonly inventories: readonly StepInventory[]
  /** The release with the patches, before the inventories were edited. */
  readonly tree: Tree
  /** The release's own tree. */
  readonly release: Tree
  /** Who is asked about images; nobody where it is absent. */
  readonly registry?: ImageRegistry | undefined
}

/** What would not run on every architecture once the step is applied, the inventories' changes included. */
export async function auditStep(
  store: Pick<ObjectReader, 'readBlobs'>,
  { plan, inventories, tree, release, registry }: StepToAudit,
): Promise<Pick<Audit, 'findings' | 'grid'>> {
  const edits = inventories.flatMap((each) => each.edits)
  const made = overlay(store, new Map(edits.flatMap(({ newBlobs }) => [...newBlobs])))
  return auditFiles(made, edits.at(-1)?.tree ?? tree, {
    architectures: plan.architectures.architectures,
    inventories: inventories.map(({ path }) => path),
    release,
    ...(registry && { registry }),
  })
}
