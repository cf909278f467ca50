import { CONFLICT_SIDES, type ConflictSide } from '../model/sides.ts'
import { trailersOf } from '../model/commit.ts'
import { blobOid } from '../model/oid.ts'
import type { Entry } from '../model/tree.ts'
import { TRAILER } from './trailer.ts'

/** That a file of a patch, which was in conflict, is settled: what a commit on a step's branch says of itself. */
export interface Settlement {
  /** The patch's identity. */
  readonly patch: string
  /**
   * The side that was asked for; `hand`: a person wrote what should stand there; `follows`: it merges by itself since an earlier
   * patch was settled; `open`: what was settled so is open again; `forgotten`: so is it, and no earlier answer is to be used again.
   */
  readonly side: ConflictSide | 'hand' | 'follows' | 'open' | 'forgotten'
  /** Which conflict it was: the same patch may collide with something else another time. */
  readonly conflict: string
  readonly path: string
}

/** Names a conflict by what met in it: the file as the patch found it, as it stood where the patch goes, and as the patch wants it. */
export function conflictName(path: string, entries: readonly (Entry | undefined)[]): string {
  const parts = entries.map((entry) => (entry ? `${entry.mode} ${entry.oid}` : '-'))
  return blobOid(new TextEncoder().encode([path, ...parts].join('\n'))).slice(0, 16)
}

export function settledTrailer({ patch, side, conflict, path }: Settlement): readonly [string, string] {
  // What would end a line of the message is spelt out; the path is for whoever reads it.
  const shown = path.replace(/[\p{Cc}\p{Zl}\p{Zp}%]/gu, encodeURIComponent)
  return [TRAILER.settled, `${side} ${conflict} ${patch} ${shown}`]
}

/** Every settlement that a message tells, in its order; whatever cannot be read is none. */
export function settlementsIn(message: string): readonly Settlement[] {
  return trailersOf(message).flatMap(([key, value]) => (key === TRAILER.settled ? readSettlement(value) : []))
}

/** What one trailer tells; nothing where it cannot be read. */
export function readSettlement(value: string): readonly Settlement[] {
  const [, side = '', conflict, patch, path] = FORM.exec(value) ?? []
  if (!isSide(side) || conflict === undefined || patch === undefined || path === undefined) return []
  return [{ side, conflict, patch, path: decoded(path) }]
}

const FORM = /^(\w+) ([0-9a-f]{16}) (\S+) (.+)$/
const SIDES: readonly string[] = [...CONFLICT_SIDES, 'hand', 'follows', 'open', 'forgotten']

function isSide(side: string): side is Settlement['side'] {
  return SIDES.includes(side)
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path.replace(/%(?![0-9A-F]{2})/g, '%25'))
  } catch {
    return path
  }
}
