import { diffLines } from './diff-lines.ts'
import { splitLines } from './split-lines.ts'

/** A stretch of text that both have, or that one of them has. */
interface Stretch {
  readonly kind: 'same' | 'gone' | 'new'
  readonly text: string
}

/**
 * The lines of a text that are not as they were, with the words that differ marked as `git diff --word-diff` does:
 * `[-taken away-]{+put in+}`. Nothing where no line differs; a mark never goes over the end of a line.
 */
export function wordDiff(before: string, after: string): readonly string[] {
  const [was, is] = [splitLines(closed(before)), splitLines(closed(after))]
  return diffLines(was, is).flatMap(({ from, to, start, end }) => {
    const text = stretches(was.slice(from, to).join(''), is.slice(start, end).join('')).map(marked).join('')
    return text.replace(/\n$/, '').split('\n')
  })
}

function closed(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

function stretches(before: string, after: string): readonly Stretch[] {
  const [was, is] = [pieces(before), pieces(after)]
  const found: Stretch[] = []
  let at = 0
  for (const { from, to, start, end } of joinedOverBlanks(diffLines(was, is), was)) {
    found.push({ kind: 'same', text: was.slice(at, from).join('') })
    found.push({ kind: 'gone', text: was.slice(from, to).join('') })
    found.push({ kind: 'new', text: is.slice(start, end).join('') })
    at = to
  }
  return [...found, { kind: 'same', text: was.slice(at).join('') }]
}

/** Words, blanks and signs, and each line end by itself: joined again they are the text. */
function pieces(text: string): string[] {
  return text.match(/\n|[^\S\n]+|[\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*|[^\s]/gu) ?? []
}

type Hunk = ReturnType<typeof diffLines>[number]

/** Two changes with nothing but a blank between them read as one. */
function joinedOverBlanks(hunks: readonly Hunk[], was: readonly string[]): readonly Hunk[] {
  const found: Hunk[] = []
  for (const hunk of hunks) {
    const last = found.at(-1)
    const isNear = last !== undefined && /^[^\S\n]*$/.test(was.slice(last.to, hunk.from).join(''))
    if (isNear) found.splice(-1, 1, { ...last, to: hunk.to, end: hunk.end })
    else found.push(hunk)
  }
  return found
}

function marked({ kind, text }: Stretch): string {
  if (kind === 'same') return text
  const [open, close] = kind === 'gone' ? ['[-', '-]'] : ['{+', '+}']
  return text.replace(/[^\n]+/g, (line) => `${open}${line}${close}`)
}
