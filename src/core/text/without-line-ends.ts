import { settle, UNSETTLED, type Sides } from '../model/sides.ts'
import { bareLine } from './split-lines.ts'

/** Three texts without their differences in line ends, and how to give the result the ends it should have. */
interface PlainEnds {
  readonly sides: Sides<readonly string[]>
  restore(this: void, lines: readonly string[]): string[]
}

/**
 * Takes line ends out of a merge: a side that only changed CRLF, or whether the last line has an end, changed no line. What
 * each side did to the ends themselves is settled by the same law as everything else.
 */
export function withoutLineEnds(sides: Sides<readonly string[]>): PlainEnds {
  const crlf = settled({
    base: isCrlf(sides.base),
    upstream: isCrlf(sides.upstream),
    patch: isCrlf(sides.patch),
  })
  return {
    sides: {
      base: allPlain(sides.base),
      upstream: allPlain(sides.upstream),
      patch: allPlain(sides.patch),
    },
    restore: (lines) => {
      const ended = crlf ? lines.map((line) => line.replace(/\n$/, '\r\n')) : [...lines]
      const last = ended.at(-1)
      if (last !== undefined && !endsClosed(bareLine(last), sides))
        ended[ended.length - 1] = last.replace(/\r?\n$/, '')
      return ended
    },
  }
}

/** Whether the last line has an end: where the law says so, or the one side has it whose last line it is. */
function endsClosed(last: string, sides: Sides<readonly string[]>): boolean {
  const { upstream, patch } = sides
  const isLast = (lines: readonly string[]): boolean => bareLine(lines.at(-1) ?? '') === last
  if (settled({ base: isClosed(sides.base), upstream: isClosed(upstream), patch: isClosed(patch) }))
    return true
  return isLast(upstream) !== isLast(patch) && isClosed(isLast(upstream) ? upstream : patch)
}

/** Two values leave no third for both sides to differ in, but the law is asked all the same. */
function settled(sides: Sides<boolean>): boolean {
  const value = settle(sides)
  return value === UNSETTLED ? sides.upstream : value
}

/** The very list where it has nothing but plain ends: what is known of it stays known. */
function allPlain(lines: readonly string[]): readonly string[] {
  return lines.every((line) => line.endsWith('\n') && !line.endsWith('\r\n')) ? lines : lines.map(plain)
}

function plain(line: string): string {
  if (line.endsWith('\r\n')) return `${line.slice(0, -2)}\n`
  return line.endsWith('\n') ? line : `${line}\n`
}

function isCrlf(lines: readonly string[]): boolean {
  let count = 0
  for (const line of lines) if (line.endsWith('\r\n')) count++
  return count * 2 > lines.length
}

function isClosed(lines: readonly string[]): boolean {
  return lines.at(-1)?.endsWith('\n') ?? true
}
