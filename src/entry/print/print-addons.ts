import type { SettledAddons } from '../../app/step/settle-addons.ts'
import { terminal, wrap } from '../../core/explain/blocks/terminal.ts'
import { renderAddons } from '../../core/explain/sections/render-addons.ts'
import { inventoryLines, standsLine, writtenLine } from './print-upgrade.ts'

/** What was said and done about add-ons, for the terminal. */
export function printAddons({ plan, release, inventories, facts, written }: SettledAddons): string {
  const head = standsLine(plan.branch.name, plan.fork.base)
  if (inventories.length === 0)
    return `${head}\n\nNothing to do: no add-on that is on gets in the way in ${release}.\n`
  const isChanged = written !== undefined || inventories.some(({ edits }) => edits.length > 0)
  const parts = [
    [head],
    [terminal(renderAddons(facts).flatMap(({ full }) => full)).trimEnd()],
    inventoryLines(inventories),
    inventories.flatMap(({ problems }) => problems.flatMap(({ message }) => wrap(message, '  '))),
    [isChanged ? writtenLine(written) : 'Nothing was changed.'],
  ]
  const shown = parts.filter((lines) => lines.length > 0)
  return shown.map((lines) => lines.join('\n')).join('\n\n') + '\n'
}
