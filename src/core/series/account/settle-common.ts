import { append } from '../../text/append.ts'
import { bondedToOpen, bondedToSurplus, type Bonded } from './bonded.ts'
import type { ChangedLine } from './changed-runs.ts'
import { CommonFates } from './common-fates.ts'
import { isDistinct, type GroupState } from './group-state.ts'
import type { LinePool } from './line-pool.ts'
import { isBeyond, reconcile, type Lot } from './reconcile.ts'

/** Common lines of which something is wrong. */
export interface CommonFaults {
  readonly lost: readonly ChangedLine[]
  readonly back: readonly ChangedLine[]
  readonly twice: readonly ChangedLine[]
  /** The texts of which more than one number would be right, as far as lines tell. */
  readonly ambiguous: readonly string[]
}

type Kind = 'lost' | 'back' | 'twice'

/**
 * Places the lines of a fork's change that stand everywhere, and names those that are missing, back or too many. `tooMany` are the
 * telling lines that carrying put in too often: what came with a telling line of which something is wrong shares its lot, as far as
 * the count of such lines bears it out.
 */
export function settleCommon(state: GroupState, tooMany: readonly ChangedLine[]): CommonFaults {
  const fates = new CommonFates(state)
  const expected = fates.expected()
  const bonded = {
    lost: bondedToOpen(state, 'added'),
    back: bondedToOpen(state, 'removed'),
    twice: bondedToSurplus(state, tooMany, fates),
  }
  const faults: Record<Kind, ChangedLine[]> = { lost: [], back: [], twice: [] }
  const ambiguous: string[] = []
  for (const [text, lines] of commonTexts(state, Object.values(bonded))) {
    const { base, head, release, result } = state.counts
    const range = expected.get(text) ?? { least: release.of(text), most: release.of(text) }
    const of = (kind: Kind): readonly ChangedLine[] => bonded[kind].get(text) ?? []
    const bond = { lost: of('lost').length, back: of('back').length, twice: of('twice').length }
    const counts = withBack(reconcile(bond, { ...range, is: result.of(text) }), lines, state)
    // What upstream left alone there should be as often as the fork has it.
    const isAlone = release.of(text) === base.of(text) && range.least === range.most
    const isSure = isAlone && range.least === head.of(text)
    const all = isSure || isUnexplained(state, text)
    for (const kind of ['lost', 'back', 'twice'] as const) {
      const known = new Set(of(kind))
      // Of what no telling line bears out only that is named which no way of counting explains.
      const others = all
        ? lines[SIDE[kind]].filter((line) => !known.has(line) && fates.of(line) !== 'out')
        : []
      append(faults[kind], [...known, ...others].slice(0, counts[kind]))
    }
    const isOff = result.of(text) < range.least || result.of(text) > range.most
    if (isOff && !all) ambiguous.push(text)
    const named = new Set(Object.values(faults).flat())
    for (const line of lines.added) if (!named.has(line)) placeAdded(state, line, fates)
    for (const line of lines.removed) if (!named.has(line)) placeGone(state, line, fates)
  }
  for (const [text, { least, most }] of expected) if (least < most) ambiguous.push(text)
  return { ...faults, ambiguous }
}

const SIDE = { lost: 'added', back: 'removed', twice: 'carried' } as const

/** What is too many and was not put in by carrying is what the fork takes away, and stands on: none of what upstream took away as well. */
function withBack(counts: Lot, { carried, removed }: Common, { group, places }: GroupState): Lot {
  const own = removed.filter(({ run }) => run.removed.every((each) => places.get(each)?.at !== 'release'))
  const beyond = group.isExplained ? 0 : Math.max(0, counts.twice - carried.length)
  const more = Math.min(beyond, own.length)
  return { ...counts, back: counts.back + more }
}

interface Common {
  readonly added: ChangedLine[]
  readonly removed: ChangedLine[]
  /** What carrying put in of these. */
  readonly carried: ChangedLine[]
}

function commonTexts(state: GroupState, bonded: readonly Bonded[]): ReadonlyMap<string, Common> {
  const found = new Map<string, Common>()
  for (const lines of bonded)
    for (const text of lines.keys()) found.set(text, { added: [], removed: [], carried: [] })
  const put = (line: ChangedLine, as: keyof Common): void => {
    if (isDistinct(state, line)) return
    const known = found.get(line.text) ?? { added: [], removed: [], carried: [] }
    found.set(line.text, known)
    known[as].push(line)
  }
  for (const { added, removed } of state.fork) {
    for (const line of added) put(line, 'added')
    for (const line of removed) put(line, 'removed')
  }
  if (!state.group.isExplained)
    for (const { added } of state.carried) for (const line of added) put(line, 'carried')
  return found
}

/** How often a text stands in each version, and whether no way of counting explains that. */
function isUnexplained({ counts, tallies }: GroupState, text: string): boolean {
  const { base, head, release, result } = counts
  const changes = {
    added: tallies.added.get(text) ?? 0,
    removed: tallies.removed.get(text) ?? 0,
    byBoth: [...tallies.removedByBoth.values()].reduce((sum, count) => sum + count, 0),
  }
  const [inBase, inHead, there, made] = [base.of(text), head.of(text), release.of(text), result.of(text)]
  return isBeyond({ base: inBase, head: inHead, release: there, result: made }, changes)
}

function placeAdded(state: GroupState, line: ChangedLine, fates: CommonFates): void {
  const { places, pool } = state
  if (fates.of(line) !== 'out') {
    const found = takeAny(pool, line)
    places.set(line, found ? { at: 'result', file: found.file, line: found.line } : { at: 'result' })
    return
  }
  places.set(line, neighbourPlace(state, line, 'added') ?? { at: 'release' })
}

function placeGone(state: GroupState, line: ChangedLine, fates: CommonFates): void {
  const isOut = fates.of(line) === 'out'
  state.places.set(
    line,
    (isOut && neighbourPlace(state, line, 'removed')) || { at: isOut ? 'release' : 'result' },
  )
}

/** Where the telling lines are that this one came with. */
function neighbourPlace(
  { places }: GroupState,
  line: ChangedLine,
  side: 'added' | 'removed',
): ReturnType<GroupState['places']['get']> {
  const lines = line.run[side]
  const at = lines.indexOf(line)
  const near = [...lines.slice(0, at).toReversed(), ...lines.slice(at + 1)]
  const place = near.map((each) => places.get(each)).find((each) => each && each.at !== 'result')
  return place?.at === 'release' ? { at: 'release' } : place
}

function takeAny(pool: LinePool, line: ChangedLine): ChangedLine | undefined {
  for (const closeness of ['around', 'above', 'below', 'text', 'form'] as const) {
    const found = pool.take(line, closeness)
    if (found) return found
  }
  return undefined
}
