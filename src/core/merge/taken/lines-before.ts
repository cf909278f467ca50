import { indentOf } from '../../text/indent-of.ts'
import { spelled } from '../spelled.ts'
import type { OwnFile, OwnHunk } from './own-files.ts'

/**
 * The lines that a hunk takes away as they stand in the patch's version, where they stay after all: as far in as the patch puts what they
 * are beside. Who puts tasks into a block moves each of their lines, and one that stays where it was would stand outside.
 */
export function linesBefore(
  { before, after }: OwnFile,
  { from, to, start, end }: OwnHunk,
): readonly string[] {
  const lines = before.slice(from, to)
  const least = Math.min(...lines.filter(isSaid).map(indentOf))
  const next = before.findIndex((line, at) => at >= to && isSaid(line))
  const isHeld = next >= 0 && indentOf(before[next] as string) >= least
  const last = before.findLastIndex((line, at) => at < from && isSaid(line))
  const [was = '', is = ''] = isHeld
    ? [before[next], after[end + next - to]]
    : [before[last], after[start + last - from]]
  // Beyond a blank line may be what the patch changes as well.
  const by = spelled(was) === spelled(is) ? indentOf(is) - indentOf(was) : 0
  return by === 0 ? lines : lines.map((line) => (isSaid(line) ? indented(line, by) : line))
}

function indented(line: string, by: number): string {
  return by > 0 ? ' '.repeat(by) + line : line.slice(Math.min(-by, indentOf(line)))
}

function isSaid(line: string): boolean {
  return line.trim() !== ''
}
