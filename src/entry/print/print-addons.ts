import type { SettledAddons } from '../../app/step/settle-addons.ts'
import type { StepInventory } from '../../app/step/edit-for-step.ts'
import { decision } from '../../core/explain/sections/render-addons.ts'
import { inventoryLines, standsLine, writtenLine } from './print-upgrade.ts'
import { wrap } from './wrap.ts'

/** What was said and done about add-ons, for the terminal. */
export function printAddons({ plan, release, inventories, written }: SettledAddons): string {
  const head = standsLine(plan.branch.name, plan.fork.base)
  if (inventories.length === 0)
    return `${head}\n\nNothing to do: no add-on that is on gets in the way in ${release}.\n`
  const parts = [
    [head],
    ...inventories.map((each) => addonLines(each, release)),
    inventoryLines(inventories),
    inventories.flatMap(({ problems }) => problems.flatMap(({ message }) => wrap(message, '  '))),
    [
      written || inventories.some(({ edits }) => edits.length > 0)
        ? writtenLine(written)
        : 'Nothing was changed.',
    ],
  ]
  const shown = parts.filter((lines) => lines.length > 0)
  return shown.map((lines) => lines.join('\n')).join('\n\n') + '\n'
}

function addonLines({ path, addons }: StepInventory, release: string): readonly string[] {
  return addons.flatMap((advice) => [
    `${advice.addon.title} in ${path === '' ? '.' : path}`,
    ...wrap(decision(advice, release).replaceAll('`', ''), '  '),
    ...advice.reasons.flatMap(({ text }) => wrap(`- ${text}`, '  ')),
  ])
}
