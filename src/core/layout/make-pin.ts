import { defined, optional } from '../model/defined.ts'
import type { Pin, PinTarget, TextRange } from './layout.ts'
import { readVersion } from './read-version.ts'
import { lineAround, lineNumber } from './command-around.ts'
import { isCommentedOut, type TextSource } from './text-source.ts'

/** What a pin is found by. */
export interface FoundBy {
  readonly source: TextSource
  readonly reaches: PinTarget
  readonly isUpstreams: boolean
  readonly digest?: TextRange
}

interface MoreOfPin {
  readonly before?: string
  readonly isBare?: true | undefined
  /** The variable that is written there and that nothing sets. */
  readonly variable?: string
}

export function makePin(found: FoundBy, range: TextRange, more: MoreOfPin = {}): Pin {
  const { source, reaches, isUpstreams, digest } = found
  const { file, text } = source
  const { start, end } = range
  const value = text.slice(start, end)
  const says =
    more.variable === undefined ? readVersion(value) : { kind: 'variable' as const, name: more.variable }
  const comment = says.kind === 'commit' ? releaseBehind(text, range) : undefined
  const ownFork = isUpstreams || says.kind === 'commit' ? undefined : 'own-fork'
  const only = isCommentedOut(source, range) ? 'commented-out' : (source.only ?? ownFork)
  const isBehind = digest && digest.start >= end && digest.start - end <= 1
  return {
    file,
    line: lineNumber(text, start),
    start,
    end,
    value,
    reaches,
    says,
    ...optional(isBehind && digest, (at) => ({ digest: { ...at, value: text.slice(at.start, at.end) } })),
    ...defined({ comment, only, before: more.before, isBare: more.isBare }),
  }
}

/** `<commit> # v2.28.0`: whoever moves one without the other leaves a lie. */
function releaseBehind(text: string, { end }: TextRange): Pin['comment'] {
  const rest = text.slice(end, lineAround(text, { start: end, end }).end)
  const found =
    /^["']?[,;)\s]*(?:#|\/\/)\s*(?:(?:tag|ref|ratchet)[\s=:]+)?(?:refs\/tags\/)?(v?\d{1,2}\.\d{1,3}\.\d{1,3})\b/.exec(
      rest,
    )
  if (!found) return undefined
  const value = found[1] ?? ''
  const start = end + found[0].length - value.length
  return { start, end: start + value.length, value }
}
