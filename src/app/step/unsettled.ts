import { toldBy } from '../../core/judge/told-by.ts'
import type { Finding } from '../../core/audit/finding.ts'
import type { LintFinding } from '../../core/plan/lint-finding.ts'
import type { StepInventory } from './edit-for-step.ts'

/** What the edits settled needs no word any more. */
export function unsettled(
  lint: readonly LintFinding[],
  inventories: readonly StepInventory[],
): readonly LintFinding[] {
  const changed = inventories.flatMap(({ edits }) => edits.flatMap((edit) => edit.changed))
  const settled = new Set(changed.map(({ file, key }) => `${file}\0${key}`))
  const moved = new Set(changed.filter(({ to }) => to?.includes('/')).map(({ file }) => file))
  return lint.filter(
    ({ code, file = '', key }) =>
      !settled.has(`${file}\0${key}`) && !(code === 'path-renamed' && moved.has(file)),
  )
}

/** Inventories that cannot be read are told whole; what the comparison of the two releases says of a variable is more than the audit says of it alone. */
export function withoutTold(audit: readonly Finding[], lint: readonly LintFinding[]): readonly Finding[] {
  const isTold = toldBy(lint)
  return audit.filter((each) => each.code !== 'inventory-unreadable' && !isTold(each))
}
