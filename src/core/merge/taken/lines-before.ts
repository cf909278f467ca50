import { indentOf, leastIndent } from '../../text/indent-of.ts'
import { shiftLines } from '../../yaml/outline/same-block.ts'
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
  let next = to
  while (next < before.length && !isSaid(before[next] as string)) next++
  const isHeld = next < before.length && indentOf(before[next] as string) >= leastIndent(lines)
  let last = from - 1
  while (last >= 0 && !isSaid(before[last] as string)) last--
  const [was = '', is = ''] = isHeld
    ? [before[next], after[end + next - to]]
    : [before[last], after[start + last - from]]
  // Beyond a blank line may be what the patch changes as well.
  const by = spelled(was) === spelled(is) ? indentOf(is) - indentOf(was) : 0
  return shiftLines(lines, by)
}

function isSaid(line: string): boolean {
  return line.trim() !== ''
}
