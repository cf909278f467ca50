import { lineWeight } from '../text/line-weight.ts'
import { wordBag, wordSimilarity, type WordBag } from '../text/tokens.ts'

/** Lines counted, order forgotten: what two changes have in common can be asked of bags. */
export type LineBag = ReadonlyMap<string, number>

/** The lines of `lines` beyond those of `without`: what a change moves is neither put in nor taken away. */
export function bagOf(lines: readonly string[], without: readonly string[] = []): LineBag {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  for (const line of without) {
    const left = counts.get(line)
    if (left === undefined) continue
    if (left === 1) counts.delete(line)
    else counts.set(line, left - 1)
  }
  return counts
}

/** What all of these bags hold together. */
export function sumOf(bags: readonly LineBag[]): LineBag {
  const [only, ...others] = bags
  if (!only || others.length === 0) return only ?? new Map()
  const sum = new Map(only)
  for (const bag of others) for (const [line, times] of bag) sum.set(line, (sum.get(line) ?? 0) + times)
  return sum
}

/** What one bag has beyond another. */
export function beyond(bag: LineBag, other: LineBag): LineBag {
  const more = new Map<string, number>()
  for (const [line, times] of bag) {
    const left = times - (other.get(line) ?? 0)
    if (left > 0) more.set(line, left)
  }
  return more
}

export function bagWeight(bag: LineBag): number {
  let sum = 0
  for (const [line, times] of bag) sum += lineWeight(line) * times
  return sum
}

/** The weight of what two bags share. */
export function sharedWeight(a: LineBag, b: LineBag): number {
  if (a.size > b.size) return sharedWeight(b, a)
  let sum = 0
  for (const [line, times] of a) {
    const others = b.get(line)
    if (others !== undefined) sum += lineWeight(line) * Math.min(times, others)
  }
  return sum
}

/** From here on a line is another one's reworded form rather than a line of the same kind. */
const REWORDED = 0.6

/** More pairs of lines than this are not compared by words: commits that large are no reviewed form of a patch. */
export const PAIRS = 40_000

/**
 * The weight of what two bags share when a line may have been reworded: `for arch in [a, b]` is `for arch in [a, b, c]`,
 * as far as their words go. Each line of the other bag counts once.
 */
export function rewordedWeight(wanted: LineBag, done: LineBag): number {
  const same = sharedWeight(wanted, done)
  const open = linesBeyond(wanted, done)
  if (open.length === 0) return same
  const beyond = linesBeyond(done, wanted)
  if (beyond.length === 0 || open.length * beyond.length > PAIRS) return same
  const free: FreeLine[] = beyond.map((line) => ({ bag: wordBag(line) }))
  return open.reduce(
    (sum, line) => sum + lineWeight(line) * (takeNearest(wordBag(line), free)?.share ?? 0),
    same,
  )
}

export interface FreeLine {
  readonly bag: WordBag
  taken?: true
}

/** A line that stands there a hundred times more counts three times: it proves no more. */
const TIMES = 3

export function linesBeyond(bag: LineBag, other: LineBag): string[] {
  const beyond: string[] = []
  for (const [line, times] of bag) {
    const more = Math.min(times - (other.get(line) ?? 0), TIMES)
    if (more > 0 && lineWeight(line) > 0) for (let each = 0; each < more; each++) beyond.push(line)
  }
  return beyond
}

/** Takes the most alike of the free lines, and says how alike it is; `undefined` where none is alike enough. */
export function takeNearest<T extends FreeLine>(
  bag: WordBag,
  free: readonly T[],
): { readonly share: number; readonly line: T } | undefined {
  let line: T | undefined
  let share = 0
  for (const candidate of free) {
    if (candidate.taken) continue
    const score = wordSimilarity(bag, candidate.bag)
    if (score >= REWORDED && score > share) {
      line = candidate
      share = score
    }
  }
  if (!line) return undefined
  line.taken = true
  return { share, line }
}

/** The lines a change takes away and puts in, without their indentation: blocks are often moved as they are taken over. */
export interface Delta {
  readonly removed: readonly string[]
  readonly added: readonly string[]
  /** Of the removed ones those that nothing took the place of. */
  readonly dropped: readonly string[]
  /** The same lines as they are compared: without what is a matter of spelling. */
  readonly spelled: Omit<Delta, 'spelled'>
}
