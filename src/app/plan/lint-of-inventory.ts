import { filesOf, type Inventory } from '../../core/inventory/find-inventories.ts'
import type { LintFinding } from '../../core/plan/lint-finding.ts'

/** What of a comparison of two releases is about one inventory: by its files, or by its name where nothing is written yet. */
export function lintOfInventory(inventory: Inventory, lint: readonly LintFinding[]): readonly LintFinding[] {
  const files = new Set(filesOf(inventory))
  return lint.filter(({ file, inventory: of }) =>
    file === undefined ? of === inventory.path : files.has(file),
  )
}
