import { addTo } from '../../model/collections/grouped.ts'
import { tokens } from '../../text/tokens.ts'
import type { ChangedLine } from './changed-runs.ts'
import { tallied } from './counts.ts'
import { isDistinct, type GroupState } from './group-state.ts'
import { formOf, settingsOf } from './form-of.ts'
import { keysTwice } from './keys-twice.ts'
import { comesBack } from './place-removed.ts'

/** Telling lines that carrying put in and that stand for none of the fork's. */
export function surplusOf(state: GroupState): readonly ChangedLine[] {
  const { group, pool } = state
  if (group.isExplained) return []
  const rest = pool.rest().filter((line) => isDistinct(state, line))
  const taken = pool.taken()
  const left = new Map(rest.map(({ text }) => [text, tooMany(state, text, taken.has(text))]))
  const respelt = new Respellings(state)
  const found = rest.filter((line) => {
    const count = left.get(line.text) ?? 0
    if (count <= 0 || isKept(state, line)) return false
    left.set(line.text, count - 1)
    return !respelt.take(line)
  })
  const known = new Set(found.map(({ text }) => text))
  const doubled = [...doubledIn(state), ...keysTwice(state)]
  return [...found, ...doubled.filter(({ text }) => !known.has(text))]
}

/** How many copies of a telling line carrying put in beyond the fork's own, and beyond the one that is back if any is. */
function tooMany(state: GroupState, text: string, isTaken: boolean): number {
  const { counts, tallies } = state
  const carried = counts.result.of(text) - counts.release.of(text)
  // The fork's own copy, where the release's is not that one: of a line that it only moved that is so where upstream has it no more.
  const isOwn = counts.head.of(text) > Math.min(counts.base.of(text), counts.release.of(text))
  const own = isTaken && isOwn ? 1 : 0
  const back = tallies.removed.has(text) ? comesBack(state, text) : 0
  return Math.max(carried, back) - own - Math.min(1, back)
}

/**
 * Telling lines that both sides put in with their block, once each, and that stand there twice: only the fork's and upstream's copy of
 * one block share the line next to it as well.
 */
function doubledIn(state: GroupState): readonly ChangedLine[] {
  const { carried, counts, fork } = state
  const isShared = (line: ChangedLine): boolean =>
    settingsOf(line.text).length > 0 && counts.base.of(line.text) === 0 && counts.release.of(line.text) === 1
  const shared = new Set<string>()
  for (const { added } of fork) {
    const telling = added.filter((line) => isDistinct(state, line))
    telling.forEach((line, at) => {
      const beside = [telling[at - 1], telling[at + 1]]
      if (isShared(line) && beside.some((other) => other && isShared(other))) shared.add(line.text)
    })
  }
  const known = new Set<string>()
  return carried
    .flatMap(({ added }) => added)
    .filter(({ text }) => {
      if (!shared.has(text) || known.has(text) || counts.result.of(text) < 2) return false
      known.add(text)
      return true
    })
}

/** A line of a block that the fork put in the place of another which upstream removed: a diff sees it as the other's. */
function isKept({ counts, pool }: GroupState, { text, run }: ChangedLine): boolean {
  return counts.result.of(text) <= counts.head.of(text) && run.added.some((line) => pool.isTaken(line))
}

/**
 * Lines of the release that carrying took away though the fork did not: each may have come back once as the fork writes such lines,
 * indented, quoted, commented out, or with its words.
 */
class Respellings {
  readonly #byForm = new Map<string, ChangedLine[]>()
  readonly #left: Set<ChangedLine>
  readonly #own: ReadonlySet<string>

  constructor(state: GroupState) {
    const { carried, counts, fork, pool } = state
    // What still stands there has not come back as another line.
    const isThere = (line: ChangedLine): boolean => isDistinct(state, line) && counts.result.of(line.text) > 0
    const byFork = new Map(tallied(fork.flatMap((run) => run.removed)))
    const gone = carried
      .flatMap((run) => run.removed)
      .filter((line) => {
        const left = byFork.get(line.text) ?? 0
        byFork.set(line.text, left - 1)
        return left <= 0 && !isThere(line)
      })
    this.#left = new Set(gone)
    for (const { added, removed } of carried) {
      // In the place of these stands a line of the fork's own.
      const replaced = new Set(
        added.filter((line) => pool.isTaken(line)).flatMap(({ text }) => settingsOf(text)),
      )
      for (const line of removed)
        if (settingsOf(line.text).some((name) => replaced.has(name))) this.#left.delete(line)
    }
    for (const line of gone) {
      const key = uncommented(line.form)
      addTo(this.#byForm, key, line)
    }
    this.#own = new Set(fork.flatMap((run) => run.added).flatMap(({ text }) => tokens(text)))
  }

  /** Whether a line is one of them; each is given once. */
  take(line: ChangedLine): boolean {
    const alike = this.#byForm.get(uncommented(line.form)) ?? []
    for (let found = alike.pop(); found; found = alike.pop()) if (this.#left.delete(found)) return true
    if (this.#left.size === 0) return false
    const made = line.run.removed.find(
      (was) => this.#left.has(was) && isMadeOf(line.text, was.text, this.#own),
    )
    return made !== undefined && this.#left.delete(made)
  }
}

function uncommented(form: string): string {
  return formOf(form.replace(/^[#;]+ ?/, ''))
}

/** Whether a line is the other with words of the fork's put into it. */
function isMadeOf(text: string, was: string, own: ReadonlySet<string>): boolean {
  const known = new Set(tokens(was))
  const words = tokens(text)
  const kept = words.filter((word) => known.has(word)).length
  return kept * 2 >= words.length && words.every((word) => known.has(word) || own.has(word))
}
