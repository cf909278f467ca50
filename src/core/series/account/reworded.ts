import { tokens } from '../../text/tokens.ts'
import type { ChangedLine } from './changed-runs.ts'
import { keyOf } from './form-of.ts'

/** More pairs of lines than this are not compared by their words. */
const PAIRS = 40_000

/**
 * Lines of a result that may be the fork's and upstream's words in one: they are looked for by the words that the fork put in, and
 * those that it took out.
 */
export class Reworded {
  readonly #candidates: readonly ChangedLine[]
  readonly #words: readonly ReadonlySet<string>[]
  readonly #theirs: ReadonlySet<string> | undefined
  #left = PAIRS

  /** `theirs`: the words that upstream put in; `undefined` where others may be in such a line. */
  constructor(candidates: readonly ChangedLine[], theirs: ReadonlySet<string> | undefined) {
    this.#candidates = candidates
    this.#words = candidates.map(({ text }) => new Set(tokens(text)))
    this.#theirs = theirs
  }

  /** The likeliest of them for a line of the fork's. */
  find(line: ChangedLine): ChangedLine | undefined {
    const replaced = new Set(line.run.removed.flatMap(({ text }) => tokens(text)))
    const own = tokens(line.text)
    const put = own.filter((word) => !replaced.has(word))
    const out = takenOut(line)
    if (put.length === 0 && out.length === 0) return undefined
    const known = this.#theirs && new Set([...own, ...replaced, ...this.#theirs])
    let best: ChangedLine | undefined
    let most = LEAST_SHARED
    for (const [at, candidate] of this.#candidates.entries()) {
      if (--this.#left < 0) return best
      const words = this.#words[at] as ReadonlySet<string>
      if (!put.every((word) => words.has(word)) || out.some((word) => words.has(word))) continue
      // A word of nobody's is no merge of two lines: it is a loss.
      if (known && ![...words].every((word) => known.has(word))) continue
      const shared = own.filter((word) => words.has(word)).length / Math.max(own.length, words.size)
      const score = shared + (keyOf(candidate.text) === keyOf(line.text) ? SAME_KEY : 0)
      if (score <= most) continue
      best = candidate
      most = score
    }
    return best
  }
}

/** The words that the fork took out of the one line of this setting in whose place this one stands; signs come and go with form. */
function takenOut({ text, run }: ChangedLine): readonly string[] {
  const key = keyOf(text)
  const [was, other] = key === undefined ? [] : run.removed.filter((each) => keyOf(each.text) === key)
  if (!was || other) return []
  const own = new Set(tokens(text))
  return tokens(was.text).filter((word) => /[\p{L}\p{N}]/u.test(word) && !own.has(word))
}

/** Half of the words have to agree, fewer where both set the same key, or none. */
const LEAST_SHARED = 0.5
const SAME_KEY = 0.25
