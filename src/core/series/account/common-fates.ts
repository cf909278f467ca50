import { addTo } from '../../model/collections/grouped.ts'
import { tokens } from '../../text/tokens.ts'
import type { ChangedLine, Run } from './changed-runs.ts'
import { keyOf, settingsOf } from './form-of.ts'
import { isDistinct, type GroupState } from './group-state.ts'
import type { Expected } from './reconcile.ts'

/**
 * Whether what a run does to its lines should be done in the result (`in`), or is upstream's or told as left out; `undefined` where
 * its telling lines disagree, or are none.
 */
type Fate = 'in' | 'out' | undefined

/**
 * Lines that stand in more places than one, and such as say little (`become: true`, a closing bracket), cannot be followed one by
 * one. How many there should be follows from the telling lines that they came and went with.
 */
export class CommonFates {
  readonly #state: GroupState
  readonly #fates = new Map<ChangedLine, Fate>()
  readonly #reworded: Reworded

  constructor(state: GroupState) {
    this.#state = state
    this.#reworded = new Reworded(state)
    for (const run of state.fork)
      for (const side of SIDES) {
        const fates = sharedFates(run[side].map((line) => this.#ownFate(line, side)))
        // Upstream's new value may be that of another block in the place of this one: then it did something here too.
        const isReworded = run[side].some((line) => isDistinct(state, line) && this.#isReworded(line, side))
        run[side].forEach((line, at) => {
          if (isDistinct(state, line)) return
          const fate = fates[at] ?? (isReworded ? undefined : this.#onlyFate(line, side))
          this.#fates.set(line, fate === DISAGREED ? undefined : fate)
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
  #onlyFate({ text }: ChangedLine, side: (typeof SIDES)[number]): Fate {
    const { base, release } = this.#state.counts
    return base.of(text) === release.of(text) || base.of(text) > release.of(text) === (side === 'added')
      ? 'in'
      : undefined
  }

  /** The fate of a telling line. */
  #ownFate(line: ChangedLine, side: (typeof SIDES)[number]): Fate {
    const { places, moves, counts, group } = this.#state
    if (!isDistinct(this.#state, line)) return undefined
    if (moves.has(line.text)) return counts.release.of(line.text) > 0 ? 'in' : 'out'
    const place = places.get(line)
    if (side === 'removed') {
      if (!place || place.at === 'nowhere' || place.at === 'result') return 'in'
      return this.#isReworded(line, side) ? undefined : 'out'
    }
    if (!place || place.at === 'nowhere' || place.at === 'result') {
      if (this.#isReworded(line, side)) return undefined
      return !place || place.at === 'nowhere' || place.file === undefined || group.paths.has(place.file)
        ? 'in'
        : 'out'
    }
    return 'out'
  }

  /** Whether upstream has no more of a telling line than another value of it. */
  #isReworded(line: ChangedLine, side: (typeof SIDES)[number]): boolean {
    const at = this.#state.places.get(line)?.at ?? 'nowhere'
    if (side === 'removed') return at === 'release' && this.#reworded.wasMade(line)
    return (at === 'nowhere' || at === 'result') && this.#reworded.isMade(line)
  }

  /**
   * Whether a run puts a block in the place of another and only one of the two is to be done: the lines that both shared at their ends,
   * which a diff shows as unchanged, may go or come with it.
   */
  sharesEnds(run: Run): boolean {
    const { added, removed } = run
    if (added.length === 0 || removed.length === 0 || added.length + removed.length < 3) return false
    const [put, gone] = SIDES.map((side) => this.#fatesOf(run, side)) as [Set<Fate>, Set<Fate>]
    return put.size !== 1 || gone.size !== 1 || [...put][0] !== [...gone][0]
  }

  /** The common lines right above and below such a run. */
  #edges(run: Run): readonly string[] {
    const [first, last] = [run.added[0], run.added.at(-1)]
    if (!first || !last || !this.sharesEnds(run)) return []
    const lines = this.#state.group.head.find(({ path }) => path === first.file)?.lines ?? []
    return [...this.#commonFrom(lines, first.line - 2, -1), ...this.#commonFrom(lines, last.line, 1)]
  }

  #fatesOf(run: Run, side: (typeof SIDES)[number]): Set<Fate> {
    const telling = run[side].filter((line) => isDistinct(this.#state, line))
    return new Set(telling.map((line) => this.#ownFate(line, side)))
  }

  #commonFrom(lines: readonly string[], from: number, by: 1 | -1): readonly string[] {
    const found: string[] = []
    for (let at = from, passed = 0; passed < MOST_SHARED; at += by, passed++) {
      const text = lines[at]
      if (text === undefined || isDistinct(this.#state, { text })) break
      if (text.trim() !== '') found.push(text)
    }
    return found
  }
}

const SIDES = ['added', 'removed'] as const
/** Two blocks seldom share more lines at their ends. */
const MOST_SHARED = 20

/** One of the two is upstream's: then upstream did something here, however often such lines stand. */
const DISAGREED = 'disagreed'

/** For each line, the fate of the telling lines next above and below it. */
function sharedFates(fates: readonly Fate[]): readonly (Fate | typeof DISAGREED)[] {
  const down = lastBefore(fates.toReversed()).toReversed()
  return lastBefore(fates).map((up, at) => (up && down[at] && up !== down[at] ? DISAGREED : (up ?? down[at])))
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

/** Lines of which upstream has no more than another value: they say nothing of those around them. */
class Reworded {
  readonly #changed = new Set<string>()
  readonly #added = new Map<string, ChangedLine[]>()
  /** The words that lines of a key have in the base: they say nothing of one line. */

  readonly #usual = new Map<string, Set<string>>()

  constructor({ upstream, group }: GroupState) {
    for (const line of group.base.flatMap(({ lines }) => lines)) {
      const key = keyOf(line)
      if (key === undefined) continue
      const known = this.#usual.get(key) ?? new Set()
      for (const word of tokens(line)) known.add(word)
      this.#usual.set(key, known)
    }
    for (const { added, removed } of upstream) {
      const names = new Set(added.flatMap(({ text }) => settingsOf(text)))
      for (const line of removed)
        if (settingsOf(line.text).some((name) => names.has(name))) this.#changed.add(placeOf(line))
      for (const line of added)
        for (const name of settingsOf(line.text)) {
          addTo(this.#added, name, line)
        }
    }
  }

  /** Of a line of the base: whether upstream gave it another value. */
  wasMade(line: ChangedLine): boolean {
    return this.#changed.has(placeOf(line))
  }

  /** Of a line that the fork adds: whether upstream has added it with another value. */
  isMade({ text }: ChangedLine): boolean {
    const key = keyOf(text)
    const usual = key === undefined ? undefined : this.#usual.get(key)
    const own = tokens(text).filter((word) => word !== key && !usual?.has(word))
    return settingsOf(text).some((name) =>
      (this.#added.get(name) ?? []).slice(0, MOST_ALIKE).some((line) => {
        if (line.text === text) return false
        if (isOwnName(key)) return true
        const other = new Set(tokens(line.text))
        return own.length > 0 && own.filter((word) => other.has(word)).length * 2 >= own.length
      }),
    )
  }
}

/** A key of one word is everywhere (`name`, `command`); one of more is a name of its own. */
function isOwnName(key: string | undefined): boolean {
  return key !== undefined && /[_.-]/.test(key)
}

/** So many lines of one key are compared. */
const MOST_ALIKE = 200

function placeOf({ file, line }: ChangedLine): string {
  return `${file}\0${line}`
}
