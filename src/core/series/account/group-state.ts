import { defined } from '../../model/defined.ts'
import { isTelling } from '../../text/line-weight.ts'
import { changedRuns, type ChangedLine, type ReadFile, type Run } from './changed-runs.ts'
import { countsOf, tallied, type Counts } from './counts.ts'
import { LinePool } from './line-pool.ts'
import type { Place } from './place.ts'
import type { ToldLine, ToldLines } from './told-lines.ts'

/** The versions of some files that belong together: renames connect them. */
export interface FileGroup {
  /** Every path of them, in whatever version. */
  readonly paths: ReadonlySet<string>
  readonly base: readonly ReadFile[]
  readonly head: readonly ReadFile[]
  readonly release: readonly ReadFile[]
  readonly result: readonly ReadFile[]
  /** Made anew by a recipe, or left as the fork has it: what it has beyond the fork's lines is explained. */
  readonly isExplained?: boolean
}

/** How often the fork did what to a line. */
interface ForkTallies {
  readonly added: ReadonlyMap<string, number>
  readonly removed: ReadonlyMap<string, number>
  /** Of the removed ones, those that upstream removed as well. */
  readonly removedByBoth: ReadonlyMap<string, number>
}

/** Upstream's form of a line that the fork removes, where it still stands; maybe beside what the fork has in its place. */
export interface Stands {
  readonly text: string
  readonly besideOwn: boolean
}

/** A group on its way through the account. */
export interface GroupState {
  readonly group: FileGroup
  readonly counts: Readonly<Record<'base' | 'head' | 'release' | 'result', Counts>>
  /** What the fork did, what carrying did, and what upstream did. */
  readonly fork: readonly Run[]
  readonly carried: readonly Run[]
  readonly upstream: readonly Run[]
  readonly tallies: ForkTallies
  /** How often a line both went and came in what the fork did: it only moved. */
  readonly moves: ReadonlyMap<string, number>
  /** What carrying put in; each line stands for one of the fork's. */
  readonly pool: LinePool
  readonly places: Map<ChangedLine, Place>
  /** What carrying put in that stands for a line of the fork's. */
  readonly found: Map<ChangedLine, ChangedLine>
  /** What stands in the place of lines that the fork removes. */
  readonly standing: Map<ChangedLine, Stands>
  readonly told: ToldLines
}

export function openGroup(group: FileGroup, told: ToldLines): GroupState {
  const counts = {
    base: countsOf(group.base),
    head: countsOf(group.head),
    release: countsOf(group.release),
    result: countsOf(group.result),
  }
  const isTold = (text: string): boolean => isDistinct({ counts }, { text })
  const fork = changedRuns(group.base, group.head, isTold)
  const carried = changedRuns(group.release, group.result, isTold)
  const upstream = changedRuns(group.base, group.release, isTold)
  const tallies = talliesOf(fork, upstream)
  const moves = movedTexts(tallies)
  const pool = new LinePool(
    carried.flatMap(({ added }) => added),
    (text) => Math.max(0, counts.result.of(text) - counts.release.of(text)) + (moves.get(text) ?? 0),
  )
  return {
    group,
    counts,
    fork,
    carried,
    upstream,
    tallies,
    moves,
    pool,
    places: new Map(),
    found: new Map(),
    standing: new Map(),
    told,
  }
}

function talliesOf(fork: readonly Run[], upstream: readonly Run[]): ForkTallies {
  const removed = fork.flatMap((run) => run.removed)
  const places = new Set<string>()
  for (const { file, line, text } of upstream.flatMap((run) => run.removed))
    for (let at = line - NEAR; at <= line + NEAR; at++) places.add(`${file}\0${at}\0${text}`)
  return {
    added: tallied(fork.flatMap((run) => run.added)),
    removed: tallied(removed),
    removedByBoth: tallied(removed.filter(({ file, line, text }) => places.has(`${file}\0${line}\0${text}`))),
  }
}

/** Two diffs may see one removal a few lines apart, among lines that are the same. */
const NEAR = 3

function movedTexts({ added, removed }: ForkTallies): ReadonlyMap<string, number> {
  const moved = new Map<string, number>()
  for (const [text, count] of added) {
    const both = Math.min(count, removed.get(text) ?? 0)
    if (both > 0) moved.set(text, both)
  }
  return moved
}

/** Whether a line says enough to be told from all others; the rest shares the fate of what it stands with. */
export function isDistinct(
  { counts }: Pick<GroupState, 'counts'>,
  { text }: Pick<ChangedLine, 'text'>,
): boolean {
  return isTelling(text) && Math.max(counts.base.of(text), counts.head.of(text), counts.release.of(text)) < 2
}

/** Places a line where the report names it. */
export function placeTold({ places }: GroupState, line: ChangedLine, told: ToldLine | undefined): boolean {
  if (!told) return false
  const { why, patch, upstream } = told
  if (why === 'open') places.set(line, { at: 'open', patch })
  else places.set(line, { at: 'left-out', why, patch, ...defined({ upstream }) })
  return true
}
