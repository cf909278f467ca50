import type { Bump, NoBump } from '../../app/step/bump.ts'
import { inventoryLines, writtenLine } from './print-upgrade.ts'
import { findingLines } from './finding-lines.ts'
import { stepTitle, stopLines } from './route-lines.ts'
import { wrap } from '../../core/explain/blocks/terminal.ts'

/** A Kubernetes step for the terminal. */
export function printBump({ step, inventories, findings, written, isEmpty }: Bump): string {
  const reasons = step.reasons.map(({ message }) => message).join(' ')
  const known = ['What to know before you apply it:', ...findingLines(findings)]
  const parts = [
    [stepTitle(step), ...wrap(reasons, '  ')],
    inventoryLines(inventories),
    findings.length > 0 ? known : [],
    wrap(
      isEmpty
        ? nothingLine(step, inventories.flatMap(({ problems }) => problems).length)
        : writtenLine(written),
      '',
    ),
  ]
  const shown = parts.filter((lines) => lines.length > 0)
  return shown.map((lines) => lines.join('\n')).join('\n\n') + '\n'
}

function nothingLine({ kubespray, kubernetes }: Bump['step'], problems: number): string {
  return problems > 0
    ? 'There is nothing that I can change, so I wrote nothing.'
    : `The inventories come to Kubernetes ${kubernetes.to} already, so there is nothing to change: apply ${kubespray.to} as it is.`
}

/** Why there is no Kubernetes step. */
export function printNoBump({ plan }: NoBump): string {
  const { fork, route } = plan
  if (route.stopped) return stopLines(route.stopped).slice(1).join('\n') + '\n'
  return `Nothing to do: ${fork.base.release} has nothing newer for this cluster. \`multiarch upgrade .\` in the clone goes to the next release.\n`
}
