import { tokens } from '../../text/tokens.ts'
import type { ChangedLine } from './changed-runs.ts'
import { isDistinct, placeTold, type GroupState } from './group-state.ts'
import { LineOrder } from './line-order.ts'
import { LinePool, type Closeness } from './line-pool.ts'
import { Reworded } from './reworded.ts'

/** Places the telling lines that the fork adds where they stand in the files of their group; returns those that do not. */
export function placeNear(state: GroupState): readonly ChangedLine[] {
  const { counts, fork, upstream } = state
  const release = new LinePool(
    upstream.flatMap((run) => run.added),
    (text) => Math.min(counts.release.of(text), counts.result.of(text)) - counts.base.of(text),
  )
  let open: readonly ChangedLine[] = fork
    .flatMap((run) => run.added)
    .filter((line) => isDistinct(state, line))
  const find = (closeness: Closeness): void => {
    for (const [at, pool] of [['result', state.pool] as const, ['release', release] as const]) {
      open = open.filter((line) => !placeFound(state, line, at, pool.take(line, closeness)))
    }
  }
  for (const closeness of ['around', 'above', 'below', 'text'] as const) find(closeness)
  open = placeMoved(state, open)
  find('form')
  return open
}

/** Places what is left of them where the report names it, or as one with upstream's words. */
export function placeRest(state: GroupState, open: readonly ChangedLine[]): void {
  const { group, told } = state
  placeReworded(
    state,
    open.filter((line) => !placeTold(state, line, told.take('added', line.text, group.paths))),
  )
}

export function placeFound(
  { places, found: carried }: GroupState,
  line: ChangedLine,
  at: 'result' | 'release',
  found: ChangedLine | undefined,
): boolean {
  if (!found) return false
  const form = found.text === line.text ? {} : { form: found.text }
  places.set(line, { at, file: found.file, line: found.line, ...form })
  if (at === 'result') carried.set(line, found)
  return true
}

/**
 * Lines that the fork only moved are there as often as ever; one is missing where it stands between the lines that the base has
 * around it, and not between those of the fork.
 */
function placeMoved(state: GroupState, open: readonly ChangedLine[]): readonly ChangedLine[] {
  const { group, counts, moves, places } = state
  if (!open.some(({ text }) => moves.has(text))) return open
  const [base, head, result] = [group.base, group.head, group.result].map(
    (files) => new LineOrder(files),
  ) as [LineOrder, LineOrder, LineOrder]
  return open.filter((line) => {
    const { text } = line
    const isGone = counts.result.of(text) === 0
    if (!moves.has(text) || (isGone && counts.release.of(text) > 0)) return true
    const isMoved = base.agrees(text, head, moves) === false
    const stayed = base.agrees(text, result, moves) === true && head.agrees(text, result, moves) === false
    if (isMoved && stayed) return true
    // Where upstream has changed a line that the fork only moved, the change is upstream's.
    places.set(line, { at: isGone ? 'release' : 'result' })
    return false
  })
}

/** Lines that were merged word by word: the fork's words in upstream's new line. */
function placeReworded(state: GroupState, open: readonly ChangedLine[]): void {
  if (open.length === 0) return
  const { group, pool, upstream } = state
  const theirs = upstream.flatMap(({ added }) => added.flatMap(({ text }) => tokens(text)))
  const candidates = new Reworded(pool.rest(), group.isExplained ? undefined : new Set(theirs))
  for (const line of open) {
    const found = candidates.find(line)
    if (found && pool.takeThis(found)) placeFound(state, line, 'result', found)
  }
}
