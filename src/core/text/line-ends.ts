import { settle, UNSETTLED, type Sides } from '../model/sides.ts'

/** Three texts without their differences in line ends, and how to give the result the ends it should have. */
export interface PlainEnds {
  readonly sides: Sides<readonly string[]>
  restore(lines: readonly string[]): string[]
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
  const closed = settled({
    base: isClosed(sides.base),
    upstream: isClosed(sides.upstream),
    patch: isClosed(sides.patch),
  })
  return {
    sides: {
      base: sides.base.map(plain),
      upstream: sides.upstream.map(plain),
      patch: sides.patch.map(plain),
    },
    restore: (lines) => {
      const ended = crlf ? lines.map((line) => line.replace(/\n$/, '\r\n')) : [...lines]
      const last = ended.at(-1)
      if (last !== undefined && !closed) ended[ended.length - 1] = last.replace(/\r?\n$/, '')
      return ended
    },
  }
}

/** Two values leave no third for both sides to differ in, but the law is asked all the same. */
function settled(sides: Sides<boolean>): boolean {
  const value = settle(sides)
  return value === UNSETTLED ? sides.upstream : value
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
