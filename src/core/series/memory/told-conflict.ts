import type { Oid } from '../../model/oid.ts'
import type { Sides } from '../../model/sides.ts'
import type { Entry, Mode } from '../../model/tree.ts'
import { TRAILER } from '../trailer.ts'

/** A conflict as the commit of its patch tells it: what met, by its contents, so that it is known again wherever the same meets. */
export interface ToldConflict {
  /** As settlements name it. */
  readonly name: string
  /** The patch's identity. */
  readonly patch: string
  readonly sides: Sides<Entry | undefined>
  /** Where the release has the file. */
  readonly path: string
}

export function conflictTrailer({ name, patch, sides, path }: ToldConflict): readonly [string, string] {
  const entries = [sides.base, sides.upstream, sides.patch].map((entry) =>
    entry ? `${entry.mode}:${entry.oid}` : '-',
  )
  return [TRAILER.conflict, [name, patch, ...entries, encodePath(path)].join(' ')]
}

/** Every conflict that a message tells, wherever in it: a squash puts our trailers somewhere into its body. */
export function toldConflictsIn(message: string): readonly ToldConflict[] {
  return valuesIn(message, TRAILER.conflict).flatMap((value): readonly ToldConflict[] => {
    const [, name, patch, ...rest] = FORM.exec(value) ?? []
    const [base, upstream, after, path] = rest
    if (name === undefined || patch === undefined || path === undefined) return []
    const sides = { base: entryOf(base), upstream: entryOf(upstream), patch: entryOf(after) }
    return [{ name, patch, sides, path: decodePath(path) }]
  })
}

const ENTRY = '(-|\\d{6}:[0-9a-f]{40})'
const FORM = new RegExp(`^([0-9a-f]{16}) (\\S+) ${ENTRY} ${ENTRY} ${ENTRY} (\\S+)$`)

function entryOf(written = '-'): Entry | undefined {
  const [mode, oid] = written.split(':')
  return oid === undefined ? undefined : { mode: mode as Mode, oid: oid as Oid }
}

/** The values of a trailer of ours in the whole of a message, in their order. */
export function valuesIn(message: string, key: string): readonly string[] {
  return [...message.matchAll(new RegExp(`^[ \\t]*${key}:[ \\t]+(.*\\S)[ \\t]*$`, 'gm'))].map(
    ([, value = '']) => value,
  )
}

/** One word of a trailer, whatever a path may hold. */
export function encodePath(path: string): string {
  return path.replace(/[\p{Cc}%\s]/gu, encodeURIComponent)
}

export function decodePath(written: string): string {
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}
