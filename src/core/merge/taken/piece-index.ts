import { addTo } from '../../model/collections/grouped.ts'
import { bagOf } from '../line-bag.ts'
import { settingIn, spelledLines } from '../spelled.ts'
import type { OwnFile, OwnHunk, Unit } from './own-files.ts'

/** What the pieces of a file set and hold, read once: a patch may have thousands of them, and each is asked about all the others. */
export interface PieceIndex {
  /** Whether the file has this key once before and once after: then it is the same setting, wherever between other pieces a diff shows it. */
  isOneSetting(this: void, key: string): boolean
  /** The same of a line in its spelling. */
  isOneLine(this: void, line: string): boolean
  /** The keys and the lines of the pieces that are still to be carried. */
  readonly carriedKeys: ReadonlySet<string>
  readonly carriedLines: ReadonlySet<string>
  /** The lines of pieces that are upstream's, by the key that they set. */
  readonly taken: ReadonlyMap<string, readonly TakenLine[]>
}

interface TakenLine {
  readonly line: string
  readonly hunk: OwnHunk
}

export function pieceIndex({ before, after, hunks }: OwnFile, isTaken: ReadonlySet<Unit>): PieceIndex {
  const carriedKeys = new Set<string>()
  const carriedLines = new Set<string>()
  const taken = new Map<string, TakenLine[]>()
  for (const hunk of hunks)
    for (const unit of hunk.units)
      for (const line of unit.lines) {
        const key = settingIn(line)?.key
        if (!isTaken.has(unit)) {
          carriedLines.add(line)
          if (key !== undefined) carriedKeys.add(key)
        } else if (key !== undefined) addTo(taken, key, { line, hunk })
      }
  const lines = [before, after].map((text) => bagOf(spelledLines(text)))
  const keys = [before, after].map((text) => bagOf(text.flatMap((line) => settingIn(line)?.key ?? [])))
  return {
    isOneSetting: (key) => keys.every((times) => times.get(key) === 1),
    isOneLine: (line) => lines.every((times) => times.get(line) === 1),
    carriedKeys,
    carriedLines,
    taken,
  }
}
