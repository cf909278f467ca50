import { takeFile } from '../../core/merge/settle/take-file.ts'
import { Workspace } from '../../core/merge/workspace.ts'
import { EMPTY_BLOB } from '../../core/model/oid.ts'
import { differingPaths, withChanges, type Tree } from '../../core/model/tree.ts'
import type { OpenRegion } from '../../core/model/verdict.ts'
import type { CarriedSeries } from '../../core/series/carried-series.ts'
import { diffLines } from '../../core/text/diff-lines.ts'
import { sameLines } from '../../core/text/diff3.ts'
import { decodeText, splitLines } from '../../core/text/split-lines.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import { converse } from '../carry/converse.ts'
import { readConflicts, type Conflict, type WorkedOn } from './read-conflicts.ts'

/** Lines of a file on a step's branch in whose place others could stand, which settles a conflict. */
export interface SuggestedLines {
  /** Names the conflict. */
  readonly name: string
  /** The title of its patch. */
  readonly title: string
  readonly path: string
  /** The first and the last of them, counted from 1. */
  readonly from: number
  readonly to: number
  readonly text: string
}

interface Branch extends WorkedOn {
  /** The branch that the step goes to, as it is seen. */
  readonly onto: Tree
  put(this: void, view: Tree): Tree
}

type Store = Pick<ObjectReader & History, 'readBlobs' | 'log'>

/**
 * What could be written where a step is in conflict. Only where that is all that is missing: taken by itself it must not leave another
 * place of the file, or another patch of it, to be forgotten; and only at lines that a reader of the pull request is shown.
 */
export async function suggestedLines(
  store: Store,
  carried: CarriedSeries,
  branch: Branch,
): Promise<readonly SuggestedLines[]> {
  const conflicts = await readConflicts(store, carried, branch)
  const alone = conflicts.filter(
    (each) => each.state.kind === 'open' && conflicts.filter(({ at }) => at === each.at).length === 1,
  )
  const found: SuggestedLines[] = []
  for (const conflict of alone) found.push(...(await ofConflict(store, conflict, branch)))
  return found
}

/** Whether there is anything to suggest: where there is not, no branch has to be read for it. */
export function hasSuggestion({ patches }: CarriedSeries): boolean {
  return patches.some(({ files }) => files.some(({ regions = [] }) => regions.some(isSuggested)))
}

async function ofConflict(
  store: Store,
  conflict: Conflict,
  { view, onto, put }: Branch,
): Promise<readonly SuggestedLines[]> {
  const { at, change, carried, name, file } = conflict
  const [region, ...more] = file.regions ?? []
  const text = region?.suggestion
  if (!region || text === undefined || more.length > 0) return []
  const rest = await converse(
    takeFile({ change, at, tree: view }, 'upstream', new Workspace()),
    store,
    undefined,
  )
  if (rest.kind === 'refused' || rest.isWhole || rest.changes.size > 0) return []
  const [now, before] = await textsOf(store, [view.get(at)?.oid, onto.get(at)?.oid])
  const place = now && placeOf(now, region)
  if (!now || !before || !place || !isShown(place, before, now)) return []
  return [{ name, title: carried.patch.title, path: pathIn(at, view, put), text, ...place }]
}

function isSuggested({ suggestion }: OpenRegion): boolean {
  return suggestion !== undefined
}

async function textsOf(
  store: Store,
  oids: readonly (Parameters<Store['readBlobs']>[0][number] | undefined)[],
): Promise<readonly (readonly string[] | undefined)[]> {
  const blobs = await store.readBlobs(oids.flatMap((oid) => oid ?? []))
  return oids.map((oid) => {
    const bytes = oid && blobs.get(oid)
    const text = bytes && decodeText(bytes)
    return text === undefined ? undefined : splitLines(text)
  })
}

interface Place {
  readonly from: number
  readonly to: number
}

/** Where the release's lines stand: at the line that was told, or else at the only place that has them. */
function placeOf(lines: readonly string[], { line, sides }: OpenRegion): Place | undefined {
  const there = splitLines(sides.upstream)
  if (there.length === 0) return undefined
  const isAt = (at: number): boolean => sameLines(lines.slice(at, at + there.length), there)
  const places = lines.flatMap((each, at) => (each === there[0] && isAt(at) ? [at] : []))
  const at = places.includes(line - 1) ? line - 1 : places[0]
  if (at === undefined || (at !== line - 1 && places.length > 1)) return undefined
  return { from: at + 1, to: at + there.length }
}

/** Lines around a change that GitHub shows with it, as git does. */
const CONTEXT = 3

function isShown({ from, to }: Place, before: readonly string[], now: readonly string[]): boolean {
  return diffLines(before, now).some(({ start, end }) => from > start - CONTEXT && to <= end + CONTEXT)
}

/** The repository may hold what is seen in a folder of its own. */
export function pathIn(seen: string, view: Tree, put: (view: Tree) => Tree): string {
  const other = withChanges(view, new Map([[seen, { mode: '160000', oid: EMPTY_BLOB } as const]]))
  return differingPaths(put(view), put(other))[0] ?? seen
}
