import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { StepInventory } from './edit-for-step.ts'
import type { StepPlan, TakenStep } from './taken-step.ts'
import { writeInventoryBranch, type InventoryBranchRequest } from '../branch/write-inventory-branch.ts'

interface EditsFacts {
  readonly plan: StepPlan
  readonly facts: PullRequestFacts
  readonly inventories: readonly StepInventory[]
  /** What its commits say that it is. */
  readonly trailer: InventoryBranchRequest['step']
}

/** A step that changes nothing but inventories, on the fork's head. */
export function takenEdits(store: ObjectStore, { plan, facts, inventories, trailer }: EditsFacts): TakenStep {
  const edits = inventories.flatMap((each) => each.edits)
  const { branch, fork } = plan
  // What may not be written is refused before anything is told.
  fork.standing.view.put(edits.at(-1)?.tree ?? fork.headTree)
  const write: TakenStep['write'] = ({ form: _, ...how }) =>
    writeInventoryBranch(store, {
      ...how,
      source: branch.name,
      head: fork.head,
      step: trailer,
      edits,
      words: plan.config.commits,
      put: fork.standing.view.put,
    })
  return { plan, facts, inventories, isEmpty: edits.length === 0, write }
}
