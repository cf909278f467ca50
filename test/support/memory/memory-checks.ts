import { isDeepStrictEqual } from 'node:util'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { Check, CheckReport, Checks } from '../../../src/ports/forge.ts'
import type { ForgeState } from './forge-state.ts'

/** GitHub's limits, the same that its API enforces. */
const LIMITS = { text: 65_535, actions: 3, id: 20, label: 20, description: 40 } as const

export function memoryChecks(state: ForgeState): Checks {
  const kept: { readonly id: number; readonly report: CheckReport }[] = []
  const newest = (at: Oid, name: string) =>
    kept.findLast(({ report }) => report.at === at && report.name === name)
  return {
    find: async (at, name) => {
      const found = newest(at, name)
      return found && checkOf(found.id, found.report)
    },
    report: async (report) => {
      checkLimits(report)
      await state.objects.readCommits([report.at])
      if (isDeepStrictEqual(newest(report.at, report.name)?.report, report)) return false
      kept.push({ id: state.nextId(), report })
      return true
    },
    repeat: async () => {},
  }
}

function checkOf(id: number, { name, at, state, title, summary }: CheckReport): Check {
  return { id, name, at, state, title, summary }
}

function checkLimits({ summary, text = '', actions }: CheckReport): void {
  if (summary.length > LIMITS.text || text.length > LIMITS.text) throw new Error('a check of too many words')
  if (actions.length > LIMITS.actions) throw new Error(`${actions.length} buttons, three are allowed`)
  for (const { id, label, description } of actions)
    if (id.length > LIMITS.id || label.length > LIMITS.label || description.length > LIMITS.description)
      throw new Error(`the button ${label} says too much`)
}
