import { defined } from '../../model/defined.ts'
import type { PathChange } from '../../model/commit.ts'
import type { Oid } from '../../model/oid.ts'
import type { Entry } from '../../model/tree.ts'
import type { CarriedPatch } from '../carried-series.ts'
import type { LeftOut } from '../series.ts'
import { blobsIn, type FileReader } from './accounted-trees.ts'
import { changedRuns, type ReadFile } from './changed-runs.ts'
import type { ToldLine } from './told-lines.ts'

/** What the report says of a series beside its verdicts. */
interface Told {
  readonly patches: readonly CarriedPatch[]
  readonly leftOut: readonly LeftOut[]
}

/** Every line that the report names: listed as left out, shown in a conflict, made anew by a recipe, dropped at a person's word. */
export function toldBy(told: Told, reader: FileReader): readonly ToldLine[] {
  return [
    ...told.patches.flatMap(listedIn),
    ...wholeChanges(told).flatMap(({ change, ...how }) => linesOf(change, how, reader)),
  ]
}

/** The blobs that this reads. */
export function blobsOfTold(told: Told): readonly Oid[] {
  return blobsIn(wholeChanges(told).flatMap(({ change }) => [change.before, change.after]))
}

function listedIn({ patch, files }: CarriedPatch): readonly ToldLine[] {
  return files.flatMap(({ path, to, verdict, leftOut = [] }) =>
    // Of a conflict all is shown, and taken from the patch itself below.
    leftOut
      .filter(({ why }) => why !== 'open' || verdict !== 'conflict')
      .map(({ side, text, why, upstream }) => ({
        side,
        text,
        why,
        files: [path, to],
        patch: patch.title,
        ...defined({ upstream }),
      })),
  )
}

interface WholeChange extends Pick<ToldLine, 'why' | 'patch' | 'files'> {
  readonly change: PathChange
}

/** Changes of which each line is told. */
function wholeChanges({ patches, leftOut }: Told): readonly WholeChange[] {
  const dropped = leftOut
    .filter(({ why }) => why === 'dropped')
    .flatMap(({ title, changes = [] }) =>
      changes.map((change) => ({ why: 'dropped' as const, patch: title, files: [change.path], change })),
    )
  const shown = patches.flatMap(({ patch, files, remade }) => {
    const known = new Set(files.map(({ path }) => path))
    return files.flatMap(({ path, to, verdict }): WholeChange[] => {
      if (verdict !== 'conflict' && !remade) return []
      const why = verdict === 'conflict' ? ('open' as const) : ('form' as const)
      return patch.changes
        .filter((change) => change.path === path || (!known.has(change.path) && change.path === to))
        .map((change) => ({ why, patch: patch.title, files: [path, to], change }))
    })
  })
  return [...dropped, ...shown]
}

function linesOf(
  { path, before, after }: PathChange,
  { why, patch, files }: Omit<WholeChange, 'change'>,
  reader: FileReader,
): readonly ToldLine[] {
  const read = (entry: Entry | undefined): readonly ReadFile[] =>
    entry ? [{ path, lines: reader.lines(entry) }] : []
  return changedRuns(read(before), read(after)).flatMap(({ added, removed }) => [
    ...added.map(({ text }) => ({ side: 'added' as const, text, why, patch, files })),
    ...removed.map(({ text }) => ({ side: 'removed' as const, text, why, patch, files })),
  ])
}
