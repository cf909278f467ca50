import { addTo } from '../../model/collections/grouped.ts'
import type { ChangedLine, Run } from './changed-runs.ts'
import type { CommonFates } from './common-fates.ts'
import { isDistinct, type GroupState } from './group-state.ts'

/** Common lines that stand by telling ones of which something is wrong, by their text. */
export type Bonded = ReadonlyMap<string, readonly ChangedLine[]>

/** Those by telling lines of the fork's change that have no place. */
export function bondedToOpen(state: GroupState, side: 'added' | 'removed'): Bonded {
  const { fork, places } = state
  const found = new Found(state)
  for (const run of fork)
    for (const line of run[side])
      if (isDistinct(state, line) && !places.has(line)) found.around(line, run[side])
  return found.byText
}

/** Those by telling lines that carrying put in too often, less those that stand for common lines of the fork's. */
export function bondedToSurplus(
  state: GroupState,
  tooMany: readonly ChangedLine[],
  fates: CommonFates,
): Bonded {
  const found = new Found(state)
  const left = new Map([...new Set(tooMany.map(({ run }) => run))].map((run) => [run, countsIn(run)]))
  for (const [run, text] of carriedOf(state, fates)) {
    const counts = left.get(run)
    if (counts) counts.set(text, (counts.get(text) ?? 0) - 1)
  }
  for (const line of tooMany) found.around(line, line.run.added, left.get(line.run))
  return found.byText
}

function countsIn({ added }: Run): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { text } of added) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

/** The common lines of the fork's with the run in which carrying put the telling line that they came with: the one before, or else the next. */
function carriedOf({ fork, found }: GroupState, fates: CommonFates): readonly (readonly [Run, string])[] {
  return fork.flatMap(({ added }) => {
    let near = added.map((line) => found.get(line)?.run).find((run) => run !== undefined)
    return added.flatMap((line) => {
      const own = found.get(line)
      near = own?.run ?? near
      return !near || own || fates.of(line) === 'out' ? [] : [[near, line.text] as const]
    })
  })
}

class Found {
  readonly byText = new Map<string, ChangedLine[]>()
  readonly #state: GroupState
  readonly #seen = new Set<string>()
  readonly #places = new Map<readonly ChangedLine[], ReadonlyMap<ChangedLine, number>>()

  constructor(state: GroupState) {
    this.#state = state
  }

  around(line: ChangedLine, lines: readonly ChangedLine[], left?: Map<string, number>): void {
    for (const by of [1, -1] as const) {
      for (let at = this.#placeOf(line, lines) + by; at >= 0 && at < lines.length; at += by) {
        const next = lines[at] as ChangedLine
        if (isDistinct(this.#state, next)) break
        const count = left?.get(next.text) ?? 1
        if (count > 0 && this.#add(next)) left?.set(next.text, count - 1)
      }
    }
  }

  /** Where it stands among them; counted once for all of them, since there may be a million. */
  #placeOf(line: ChangedLine, lines: readonly ChangedLine[]): number {
    const known = this.#places.get(lines) ?? new Map(lines.map((each, at) => [each, at]))
    this.#places.set(lines, known)
    return known.get(line) ?? -1
  }

  #add(line: ChangedLine): boolean {
    const key = `${line.file}\0${line.line}`
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    addTo(this.byText, line.text, line)
    return true
  }
}
