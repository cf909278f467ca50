import type { Bump, NoBump } from '../app/bump.ts'
import { inventoryLines, writtenLine } from './cli-output.ts'
import { findingLines } from './print-findings.ts'
import { stepTitle, stopLines } from './print-route.ts'
import { wrap } from './wrap.ts'

/** A Kubernetes step for the terminal. */
export function printBump({ step, inventories, findings, written }: Bump): string {
  const reasons = step.reasons.map(({ message }) => message).join(' ')
  const lines = [stepTitle(step), ...wrap(reasons, '  '), '', ...inventoryLines(inventories)]
  if (findings.length > 0) lines.push('', 'What to know before you apply it:', ...findingLines(findings))
  const end = inventories.every(({ edits }) => edits.length === 0)
    ? 'There is nothing that I can change, so I wrote nothing.'
    : writtenLine(written)
  return [...lines, '', end].join('\n') + '\n'
}

/** Why there is no Kubernetes step. */
export function printNoBump({ plan }: NoBump): string {
  const { fork, route } = plan
  if (route.stopped) return stopLines(route.stopped).slice(1).join('\n') + '\n'
  return `Nothing to do: ${fork.base.release} has nothing newer for this cluster. \`multiarch upgrade\` goes to the next release.\n`
}
