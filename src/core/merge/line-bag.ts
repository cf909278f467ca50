import { wordBag, wordSimilarity, type WordBag } from '../text/tokens.ts'

/** Lines counted, order forgotten: what two changes have in common can be asked of bags. */
export type LineBag = ReadonlyMap<string, number>

/** How much a line says: closing brackets, `---`, `else` and blanks stand everywhere and prove nothing. */
export function lineWeight(line: string): number {
  const letters = line.replace(/[^A-Za-z0-9]/g, '').length
  if (letters === 0) return 0
  return letters < 6 ? 0.2 : 1
}

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
const PAIRS = 40_000

/**
 * The weight of what two bags share when a line may have been reworded: `for arch in [a, b]` is `for arch in [a, b, c]`,
 * as far as their words go. Each line of the other bag counts once.
 */
export function rewordedWeight(wanted: LineBag, done: LineBag): number {
  const same = sharedWeight(wanted, done)
  const open = linesBeyond(wanted, done)
  const free = linesBeyond(done, wanted)
  if (open.length * free.length > PAIRS) return same
  return open.reduce((sum, { line, bag }) => sum + lineWeight(line) * takeNearest(bag, free), same)
}

interface FreeLine {
  readonly line: string
  readonly bag: WordBag
  taken?: true
}

function linesBeyond(bag: LineBag, other: LineBag): FreeLine[] {
  return [...bag].flatMap(([line, times]) => {
    const count = lineWeight(line) > 0 ? Math.max(0, times - (other.get(line) ?? 0)) : 0
    return Array.from({ length: Math.min(count, 3) }, () => ({ line, bag: wordBag(line) }))
  })
}

/** Takes the most alike of the free lines; returns how alike it is, 0 where none is alike enough. */
function takeNearest(bag: WordBag, free: FreeLine[]): number {
  let best: FreeLine | undefined
  let most = 0
  for (const candidate of free) {
    if (candidate.taken) continue
    const score = wordSimilarity(bag, candidate.bag)
    if (score >= REWORDED && score > most) {
      best = candidate
      most = score
    }
  }
  if (best) best.taken = true
  return most
}
