/** The words of a line: names, numbers and versions whole, every other sign by itself, blanks left out. */
export function tokens(line: string): string[] {
  return line.match(/[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*|[^\sA-Za-z0-9_]/g) ?? []
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
  const isWord = first === UNDERSCORE ? /[A-Za-z0-9]/.test(word) : isAlphanumeric(first)
  return isWord ? 1 : 0.1
}

const UNDERSCORE = 95

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}
