import { short, type Oid } from '../../model/oid.ts'
import type { Sides } from '../../model/sides.ts'
import { splitSpans } from '../../text/split-spans.ts'
import { wordDiff } from '../../text/word-diff.ts'
import { lines, paragraph, type Block } from '../blocks/block.ts'
import { code, say } from '../blocks/text.ts'

/** More is read in the sides themselves. */
const MOST_LINES = 24

/** What each side of a collision did to what the patch found, word by word; nothing where there is no such thing to compare with. */
export function renderSideChanges({ base, upstream, patch }: Sides<string>, asOf?: Oid): readonly Block[] {
  if (base === '') return []
  const changes = [
    {
      who: asOf === undefined ? 'the release:' : `${short(asOf)}:`,
      diff: upstream === '' ? [] : wordDiff(base, upstream),
    },
    { who: 'the patch:', diff: patch === '' ? [] : wordDiff(base, patch) },
  ].filter(({ diff }) => diff.length > 0 && diff.length <= MOST_LINES && diff.some(isPartly))
  if (changes.length === 0) return []
  return [
    paragraph(say`Word by word, taken away ${code('[-so-]')} and put in ${code('{+so+}')}:`),
    lines(changes.flatMap(({ who, diff }) => [who, ...diff.map((line) => `  ${line}`)])),
  ]
}

const CHANGES = [
  { open: '[-', close: '-]' },
  { open: '{+', close: '+}' },
]

/** A line that is another one altogether is seen without marks. */
function isPartly(line: string): boolean {
  return (
    splitSpans(line, CHANGES).some((part, at) => at % 2 === 0 && /\w/.test(part)) && /\[-|\{\+/.test(line)
  )
}
