import type { SeriesAccount } from './account.ts'
import type { UnplacedLine } from './place.ts'

/** An account as a person's commits leave it: what they put back, or took out, is settled. */
export function withoutSettled(
  account: SeriesAccount,
  linesAt: (path: string) => readonly string[] | undefined,
): SeriesAccount {
  const unplaced = account.unplaced.filter((line) => !isSettled(line, linesAt(line.file) ?? []))
  return { ...account, unplaced, sums: { ...account.sums, unaccounted: unplaced.length } }
}

function isSettled({ kind, text }: UnplacedLine, lines: readonly string[]): boolean {
  const count = lines.filter((line) => line === text).length
  switch (kind) {
    case 'lost':
    case 'edited':
      return count > 0
    case 'twice':
      return count < 2
    // That it stands there says nothing; whoever worked on the branch has seen it.
    case 'moved':
      return true
    case 'back':
    case 'stray':
      return count === 0
  }
}
