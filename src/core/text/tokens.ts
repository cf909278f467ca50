import { isAlphanumeric } from './is-alphanumeric.ts'

/**
 * The words of a line: names, numbers and versions whole, every other sign by itself, blanks left out. Chinese and Japanese have no blanks
 * between words: there each sign is one.
 */
export function tokens(line: string): string[] {
  return line.match(isAscii(line) ? IN_ASCII : IN_ANY) ?? []
}

const IN_ASCII = /[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*|[^\sA-Za-z0-9_]/g
const IN_ANY =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}_]+(?:[.-][\p{L}\p{M}\p{N}_]+)*|[^\s\p{L}\p{M}\p{N}_]/gu

function isAscii(line: string): boolean {
  for (let at = 0; at < line.length; at++) if (line.charCodeAt(at) > 127) return false
  return true
}

/** The words of a line, counted: made once for a line that is compared with many. */
export interface WordBag {
  readonly words: ReadonlyMap<string, number>
  readonly weight: number
}

/** A longer line is a word by itself: what is alike in it proves nothing, and counting it would take as long as a file does. */
const LONGEST = 20_000

export function wordBag(line: string): WordBag {
  if (line.length > LONGEST) return { words: new Map([[line, 1]]), weight: 1 }
  const words = new Map<string, number>()
  let weight = 0
  for (const word of tokens(line)) {
    words.set(word, (words.get(word) ?? 0) + 1)
    weight += wordWeight(word)
  }
  return { words, weight }
}

/** The share of words two lines have in common, from 0 to 1; signs count little, since they stand everywhere. */
export function wordSimilarity(a: WordBag, b: WordBag): number {
  if (a.weight === 0 || b.weight === 0) return a.weight === b.weight ? 1 : 0
  let shared = 0
  for (const [word, times] of a.words) {
    const other = b.words.get(word)
    if (other !== undefined) shared += wordWeight(word) * Math.min(times, other)
  }
  return shared / (a.weight + b.weight - shared)
}

/** A word begins with a letter or digit, or else with `_`; any other sign stands by itself. */
function wordWeight(word: string): number {
  if (word.length > LONGEST) return 1
  const first = word.charCodeAt(0)
  const isWord = first === UNDERSCORE ? /[\p{L}\p{N}]/u.test(word) : isAlphanumeric(first)
  return isWord ? 1 : 0.1
}

const UNDERSCORE = 95
