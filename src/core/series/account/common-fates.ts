import { addTo } from '../../model/collections/grouped.ts'
import { tokens } from '../../text/tokens.ts'
import type { ChangedLine, Run } from './changed-runs.ts'
import { keyOf, settingsOf } from './form-of.ts'
import { isDistinct, type GroupState } from './group-state.ts'
import type { Expected } from './reconcile.ts'

/**
 * Whether what a run does to its lines should be done in the result (`in`), or is upstream's or told as left out (`out`); where its
 * telling lines disagree, upstream did something here, however often such lines stand. `undefined` where there are none.
 */
type Fate = 'in' | 'out' | 'disagreed' | undefined
type Side = 'added' | 'removed'

/**
 * Lines that stand in more places than one, and such as say little (`become: true`, a closing bracket), cannot be followed one by
 * one. How many there should be follows from the telling lines that they came and went with.
 */
export class CommonFates {
  readonly #state: GroupState
  readonly #fates = new Map<ChangedLine, Fate>()
  readonly #values: OtherValues

  constructor(state: GroupState) {
    this.#state = state
    this.#values = new OtherValues(state)
    for (const run of state.fork)
      for (const side of SIDES) {
        const fates = sharedFates(run[side].map((line) => this.#ownFate(line, side)))
        // Upstream's new value may be that of another block in the place of this one: then it did something here too.
        const isReworded = run[side].some(
          (line) => isDistinct(state, line) && this.#hasOtherValue(line, side),
        )
        run[side].forEach((line, at) => {
          if (isDistinct(state, line)) return
          this.#fates.set(line, fates[at] ?? (isReworded ? undefined : this.#onlyFate(line, side)))
        })
      }
  }

  of(line: ChangedLine): Fate {
    return this.#fates.get(line)
  }

  /** How many lines of each text there should be, as far as the telling ones say. */
  expected(): ReadonlyMap<string, Expected> {
    const { counts, fork, told, group } = this.#state
    const found = new Map<string, Expected>()
    const of = (text: string): Expected => {
      const known = found.get(text)
      if (known) return known
      const count = counts.release.of(text)
      const made = { least: count, most: count }
      made.least -= told.count('added', text, group.paths)
      made.most += told.count('removed', text, group.paths)
      found.set(text, made)
      return made
    }
    for (const run of fork) {
      for (const line of run.added) {
        if (!this.#fates.has(line)) continue
        const fate = this.of(line)
        if (fate === 'in') of(line.text).least++
        if (fate !== 'out') of(line.text).most++
      }
      for (const line of run.removed) {
        if (!this.#fates.has(line)) continue
        const fate = this.of(line)
        if (fate === 'in') of(line.text).most--
        if (fate !== 'out') of(line.text).least--
      }
      for (const text of this.#edges(run)) {
        of(text).least--
        of(text).most++
      }
    }
    return found
  }

  /** Of what upstream never did, nothing can be upstream's. */
  #onlyFate({ text }: ChangedLine, side: Side): Fate {
    const { base, release } = this.#state.counts
    const more = release.of(text) - base.of(text)
    return (side === 'added' ? more : -more) > 0 ? undefined : 'in'
  }

  /** The fate of a telling line. */
  #ownFate(line: ChangedLine, side: Side): Fate {
    const { places, moves, counts, group } = this.#state
    if (!isDistinct(this.#state, line)) return undefined
    if (moves.has(line.text)) return counts.release.of(line.text) > 0 ? 'in' : 'out'
    if (this.#hasOtherValue(line, side)) return undefined
    const place = places.get(line)
    if (place?.at !== 'result') return place ? 'out' : 'in'
    // What went along with a block that upstream moved is not to be done in these files.
    return place.file === undefined || group.paths.has(place.file) ? 'in' : 'out'
  }

  /** Whether upstream has no more of a telling line than another value of it. */
  #hasOtherValue(line: ChangedLine, side: Side): boolean {
    const at = this.#state.places.get(line)?.at
    if (side === 'removed') return at === 'release' && this.#values.isOfRemoved(line)
    return (at === undefined || at === 'result') && this.#values.isOfAdded(line)
  }

  /**
   * The common lines right above and below a run that puts a block in the place of another, where only one of the two is to be done:
   * what both shared at their ends, which a diff shows as unchanged, may go or come with it.
   */
  #edges(run: Run): readonly string[] {
    const { added, removed } = run
    const [first, last] = [added[0], added.at(-1)]
    if (!first || !last || removed.length === 0 || added.length + removed.length < 3) return []
    const [put, gone] = SIDES.map((side) => this.#fatesOf(run, side)) as [Set<Fate>, Set<Fate>]
    if (put.size === 1 && gone.size === 1 && [...put][0] === [...gone][0]) return []
    const lines = this.#state.group.head.find(({ path }) => path === first.file)?.lines ?? []
    const above = lines.slice(Math.max(0, first.line - 1 - MOST_SHARED), first.line - 1)
    const below = lines.slice(last.line, last.line + MOST_SHARED)
    return [...this.#commonFrom(above.toReversed()), ...this.#commonFrom(below)]
  }

  #fatesOf(run: Run, side: Side): Set<Fate> {
    const telling = run[side].filter((line) => isDistinct(this.#state, line))
    return new Set(telling.map((line) => this.#ownFate(line, side)))
  }

  #commonFrom(lines: readonly string[]): readonly string[] {
    const end = lines.findIndex((text) => isDistinct(this.#state, { text }))
    return lines.slice(0, end < 0 ? lines.length : end).filter((text) => text.trim() !== '')
  }
}

const SIDES = ['added', 'removed'] as const
/** Two blocks seldom share more lines at their ends. */
const MOST_SHARED = 20

/** For each line, the fate of the telling lines next above and below it. */
function sharedFates(fates: readonly Fate[]): readonly Fate[] {
  const down = lastBefore(fates.toReversed()).toReversed()
  return lastBefore(fates).map((up, at) =>
    up && down[at] && up !== down[at] ? 'disagreed' : (up ?? down[at]),
  )
}

/** For each, the last one before it that is one. */
function lastBefore(fates: readonly Fate[]): readonly Fate[] {
  let last: Fate
  return fates.map((fate) => {
    const before = last
    last = fate ?? last
    return before
  })
}

/** What upstream has another value of: lines that say nothing of those around them. */
class OtherValues {
  readonly #removed = new Set<string>()
  readonly #added = new Map<string, ChangedLine[]>()
  /** The words that lines of a key have in the base: they say nothing of one line. */
  readonly #usual = new Map<string, Set<string>>()

  constructor({ upstream, group }: GroupState) {
    for (const line of group.base.flatMap(({ lines }) => lines)) {
      const key = keyOf(line)
      if (key === undefined) continue
      const known = this.#usual.get(key) ?? new Set()
      for (const word of wordsOf(line)) known.add(word)
      this.#usual.set(key, known)
    }
    for (const { added, removed } of upstream) {
      const names = new Set(added.flatMap(({ text }) => settingsOf(text)))
      for (const line of removed)
        if (settingsOf(line.text).some((name) => names.has(name))) this.#removed.add(placeOf(line))
      for (const line of added) for (const name of settingsOf(line.text)) addTo(this.#added, name, line)
    }
  }

  /** Of a line of the base: whether upstream gave it another value. */
  isOfRemoved(line: ChangedLine): boolean {
    return this.#removed.has(placeOf(line))
  }

  /** Of a line that the fork adds: whether upstream has added it with another value. */
  isOfAdded({ text }: ChangedLine): boolean {
    const others = settingsOf(text)
      .flatMap((name) => (this.#added.get(name) ?? []).slice(0, MOST_ALIKE))
      .filter((line) => line.text !== text)
    const key = keyOf(text)
    // A key of one word is everywhere (`name`, `command`); one of more is a name of its own, and so is a line but for its version.
    if (key === undefined || /[_.-]/.test(key)) return others.length > 0
    const usual = this.#usual.get(key)
    const own = wordsOf(text).filter((word) => word !== key && !usual?.has(word))
    return own.length > 0 && others.some((line) => sharesHalf(own, wordsOf(line.text)))
  }
}

/** So many lines of one key are compared. */
const MOST_ALIKE = 200

/** The words of a line without its signs, which stand everywhere. */
function wordsOf(line: string): readonly string[] {
  return tokens(line).filter((word) => /[\p{L}\p{N}]/u.test(word))
}

function sharesHalf(own: readonly string[], other: readonly string[]): boolean {
  return own.filter((word) => other.includes(word)).length * 2 >= own.length
}

function placeOf({ file, line }: ChangedLine): string {
  return `${file}\0${line}`
}
