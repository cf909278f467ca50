import type { InventoryChange } from '../inventory/step-changes.ts'
import type { AddonAdvice } from './addon-advice.ts'

/** What an advice changes in an inventory: the switch, or everything that the release no longer reads in one go. */
export function addonChanges(advice: AddonAdvice): readonly InventoryChange[] {
  const { addon, changes } = advice
  const [first, ...others] = changes
  if (!first) return []
  const why = whyChanged(advice)
  return others.length === 0
    ? [{ kind: 'variable', change: first, why }]
    : [{ kind: 'variables', changes, title: `remove what is left of ${addon.title}`, why }]
}

function whyChanged({ addon, on, decidedBy, reasons }: AddonAdvice): string {
  if (on === 'gone') return `The release has no ${addon.title} any more, so nothing reads these variables.`
  if (decidedBy === 'config') return `The settings want ${addon.title} off.`
  return reasons[0]?.text ?? `${addon.title} is off by our advice.`
}
