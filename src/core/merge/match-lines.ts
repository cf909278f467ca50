import { wordBag } from '../text/tokens.ts'
import { settingIn } from './spelled.ts'
import { linesBeyond, PAIRS, takeNearest, type FreeLine, type LineBag } from './line-bag.ts'

/** In what form a commit has a line: the same words, the same key with another value, or as far as the words agree. */
export interface LineMatch {
  readonly how: 'same' | 'value' | 'words'
  readonly share: number
  /** The commit's own line, where it is another one. */
  readonly other?: string
}

/** How a commit has each of the lines that a patch puts in; what it has in no form is not there. Each of its lines counts once. */
export function matchLines(wanted: LineBag, done: LineBag): ReadonlyMap<string, LineMatch> {
  const found = new Map<string, LineMatch>()
  for (const [line, times] of wanted) {
    const there = done.get(line)
    if (there !== undefined) found.set(line, { how: 'same', share: Math.min(1, there / times) })
  }
  const open = [...new Set(linesBeyond(wanted, done))].filter((line) => !found.has(line))
  const beyond = linesBeyond(done, wanted)
  if (open.length === 0 || open.length * beyond.length > PAIRS) return found
  const free = beyond.map((line): Free => ({ line, key: tellingKey(line), bag: wordBag(line) }))
  for (const line of open) {
    const key = tellingKey(line)
    const other = key === undefined ? undefined : free.find((each) => !each.taken && each.key === key)
    if (!other) continue
    other.taken = true
    found.set(line, { how: 'value', share: 1, other: other.line })
  }
  for (const line of open) {
    const nearest = found.has(line) ? undefined : takeNearest(wordBag(line), free)
    if (nearest) found.set(line, { how: 'words', share: nearest.share, other: nearest.line.line })
  }
  return found
}

interface Free extends FreeLine {
  readonly line: string
  readonly key: string | undefined
}

/** A key of several words or with a number names one thing wherever it stands; `name` and `state` do not. */
export function tellingKey(line: string): string | undefined {
  const key = settingIn(line)?.key
  return key !== undefined && key.length > 3 && /[_.-]|\d/.test(key) ? key : undefined
}
