import { defined, optional } from '../model/defined.ts'
import type { MergeReason } from '../model/merge-reason.ts'
import type { Oid } from '../model/oid.ts'
import { settle, UNSETTLED, type Sides } from '../model/sides.ts'
import { clashes, sameEntry, type Entry, type Mode, type Tree } from '../model/tree.ts'
import type { FileOutcome, OpenRegion, Verdict } from '../model/verdict.ts'
import type { Conversation } from './conversation.ts'
import { isBesidePlays } from './is-beside-plays.ts'
import { mergeEntries } from './merge-entries.ts'
import { nothingLeft } from './nothing-left.ts'
import { type PatchChange } from './patch-changes.ts'
import { blobsOf, isFile } from '../model/is-file.ts'
import { renamesBetween, type Renames } from './renames.ts'
import type { Workspace } from './workspace.ts'

/** What carrying did: entries to put or take away on upstream's tree, and what became of each path. */
export interface TreeMerge {
  readonly changes: ReadonlyMap<string, Entry | undefined>
  readonly outcomes: readonly FileOutcome[]
}

/** What a patch was written on and what it goes onto; and the same for the series it is of, without any of its patches. */
export interface MergeSides {
  readonly base: Tree
  readonly upstream: Tree
  readonly series?: {
    readonly base: Tree
    readonly release: Tree
    /** What the fork has beside its patches, as it goes along. */
    readonly own?: Tree
  }
  /** Upstream has a part of the patch in its reviewed form: where both put in one setting, the release's value stands. */
  readonly isReviewed?: boolean
}

/** Carries a patch's changes from its base onto upstream's tree, cheapest question first: ids, then contents. */
export function* mergeTree(
  sides: MergeSides,
  patch: readonly PatchChange[],
  workspace: Workspace,
): Conversation<TreeMerge> {
  const ways = waysOf(sides, workspace)
  const changes = new Map<string, Entry | undefined>()
  const outcomes: FileOutcome[] = []
  const located: Located[] = []
  for (const change of patch) located.push(yield* locate(change, sides, ways))
  yield* workspace.load(
    located.filter(needsContents).flatMap(({ change, entry }) => blobsOf(change.before, change.after, entry)),
  )
  for (const each of located) {
    const one = tellOtherName(each, mergeOne(each, sides.upstream, workspace))
    for (const [path, entry] of one.changes) changes.set(path, entry)
    outcomes.push(one.outcome)
  }
  return { changes, outcomes }
}

/** A change of the patch, and where and how upstream has its file (`entry` is absent where it has none). */
interface Located {
  readonly change: PatchChange
  readonly at: string
  readonly entry: Entry | undefined
  /** New files of upstream's with the same name, too different to be this one. */
  readonly namesakes: readonly string[]
  readonly isReviewed: boolean
}

/** Where files went: between the series' ends, the same for each of its patches; and between the ends of this patch alone. */
function waysOf({ base, upstream, series }: MergeSides, workspace: Workspace): readonly Renames[] {
  const own = renamesBetween(base, upstream, workspace)
  return series ? [renamesBetween(series.base, series.release, workspace), own] : [own]
}

function* locate(
  change: PatchChange,
  { upstream, series, isReviewed = false }: MergeSides,
  ways: readonly Renames[],
): Conversation<Located> {
  const found = change.before ? yield* findFile(change.path, upstream, ways) : folderMoved(change.path, ways)
  // Upstream moved the file to where the fork has it as well: what goes is its old name, and not the fork's own file.
  const isOwnName = !change.after && found !== undefined && series?.own?.has(found)
  const at = isOwnName ? undefined : found
  const entry = at === undefined ? undefined : upstream.get(at)
  const [first] = ways
  const namesakes = change.before && !entry && first ? first.namesakes(change.path) : []
  return { change, at: at ?? change.path, entry, namesakes, isReviewed }
}

function* findFile(path: string, upstream: Tree, ways: readonly Renames[]): Conversation<string | undefined> {
  if (upstream.has(path)) return path
  for (const renames of ways) {
    const at = yield* renames.find(path)
    if (at !== undefined && upstream.has(at)) return at
  }
  return undefined
}

function folderMoved(path: string, ways: readonly Renames[]): string {
  return ways.map((renames) => renames.folderMoved(path)).find((at) => at !== path) ?? path
}

function needsContents({ change: { before, after }, entry }: Located): boolean {
  if (!entry || !after) return false
  return settleEntry({ base: before, upstream: entry, patch: after }) === UNSETTLED
}

function settleEntry(sides: Sides<Entry | undefined>): Entry | undefined | typeof UNSETTLED {
  return settle(sides, sameEntry)
}

interface One {
  readonly changes: readonly (readonly [string, Entry | undefined])[]
  readonly outcome: FileOutcome
}

function mergeOne(located: Located, upstream: Tree, workspace: Workspace): One {
  const { change, at, entry } = located
  // The patch's own rename counts where upstream left the file in place.
  const to = change.to !== change.path && at === change.path ? change.to : at
  const write = (next: Entry): One['changes'] =>
    to === at
      ? [[to, next]]
      : [
          [at, undefined],
          [to, next],
        ]
  const tell = (
    verdict: Verdict,
    reason: MergeReason | readonly MergeReason[],
    regions?: readonly OpenRegion[],
  ): FileOutcome => ({
    path: change.path,
    to,
    verdict,
    reasons: 'code' in reason ? [reason] : reason,
    upstream: [],
    ...defined({ regions }),
  })
  const { before, after } = change
  if (!before) return mergeAdded(located, upstream, workspace, { write, tell })
  if (!entry) {
    if (!after)
      return {
        changes: [],
        outcome: tell('upstreamed', { code: 'deleted-there' }),
      }
    return ownName(located, upstream, tell) ?? { changes: [], outcome: tell('obsolete', fileGone(located)) }
  }
  if (!after) {
    if (sameEntry(before, entry))
      return {
        changes: [[at, undefined]],
        outcome: tell(movedOr('clean', at, change), { code: 'deleted' }),
      }
    return isBesidePlays(change.path) && isBesidePlays(at)
      ? { changes: [[at, undefined]], outcome: tell('adapted', { code: 'deleted-beside-plays' }) }
      : { changes: [], outcome: tell('conflict', { code: 'deleted-and-changed' }, []) }
  }
  const settled = settleEntry({ base: before, upstream: entry, patch: after })
  if (settled !== UNSETTLED && settled) {
    if (sameEntry(settled, entry) && to === at)
      return { changes: [], outcome: tell('upstreamed', { code: 'same-content' }) }
    return {
      changes: write(settled),
      outcome: tell(movedOr('clean', at, change), settledAsWhole(before, located)),
    }
  }
  return mergeContents(located, workspace, { write, tell })
}

/** Why a file is one side's as a whole: what the release did with it is said only as far as it was compared. */
function settledAsWhole(before: Entry, { change, at, entry }: Located): MergeReason {
  if (sameEntry(entry, before)) return { code: at === change.path ? 'untouched' : 'moved-alone' }
  return { code: sameEntry(change.after, before) ? 'renamed-alone' : 'same-content' }
}

function fileGone({ namesakes }: Located): MergeReason {
  return { code: 'file-gone', namesakes }
}

/**
 * A file that the patch renames and the release no longer has: under the patch's own name nothing of upstream's stands in its
 * way, and left out it would be gone with all that is in it.
 */
function ownName(located: Located, upstream: Tree, tell: Say['tell']): One | undefined {
  const { path, to, after } = located.change
  if (to === path || !after || upstream.has(to) || clashes(to, upstream)) return undefined
  const reasons = [fileGone(located), { code: 'own-name', to }] as const
  return { changes: [[to, after]], outcome: { ...tell('adapted', reasons), to } }
}

/** Both renamed the file, each to a name of its own: upstream's stays, and the patch's is told. */
function tellOtherName({ change, at, entry }: Located, one: One): One {
  const { path, to } = change
  if (!entry || to === path || at === path || at === to) return one
  const { verdict } = one.outcome
  const reasons = [...one.outcome.reasons, { code: 'other-name', to, at } as const]
  const shown = verdict === 'clean' || verdict === 'moved' ? 'adapted' : verdict
  return { ...one, outcome: { ...one.outcome, verdict: shown, reasons } }
}

interface Say {
  readonly write: (next: Entry) => One['changes']
  readonly tell: (
    verdict: Verdict,
    reason: MergeReason | readonly MergeReason[],
    regions?: readonly OpenRegion[],
  ) => FileOutcome
}

function mergeAdded(
  { change, at, entry }: Located,
  upstream: Tree,
  workspace: Workspace,
  { write, tell }: Say,
): One {
  const after = change.after as Entry
  if (clashes(at, upstream))
    return {
      changes: [],
      outcome: tell('conflict', { code: 'folder-in-the-way' }, []),
    }
  if (!entry)
    return {
      changes: write(after),
      outcome: { ...tell(movedOr('clean', at, change), { code: 'added' }), untouched: true },
    }
  if (sameEntry(entry, after)) return { changes: [], outcome: tell('upstreamed', { code: 'same-file' }) }
  if (!isFile(after) || !isFile(entry))
    return { changes: [], outcome: tell('conflict', { code: 'added-otherwise' }, []) }
  const merged = mergeEntries(workspace, at, { base: undefined, upstream: entry, patch: after })
  const open = merged ? merged.open : []
  return {
    changes: [],
    outcome: {
      ...tell('conflict', { code: 'added-by-both' }, open),
      ...defined({ bound: merged?.bound }),
    },
  }
}

function mergeContents(
  { change, at, entry, isReviewed }: Located,
  workspace: Workspace,
  { write, tell }: Say,
): One {
  const before = change.before as Entry
  const after = change.after as Entry
  const there = entry as Entry
  const mode = settle<Mode>({ base: before.mode, upstream: there.mode, patch: after.mode })
  if (mode === UNSETTLED || !isFile(before) || !isFile(after) || !isFile(there)) {
    return {
      changes: [],
      outcome: tell('conflict', { code: 'kind-changed' }, []),
    }
  }
  const sides = { base: before, upstream: there, patch: after }
  const merged = mergeEntries(workspace, at, sides, { isReviewed })
  if (!merged) {
    // Of what is no text one side may have changed the mode alone.
    const oid = settle<Oid>({ base: before.oid, upstream: there.oid, patch: after.oid })
    if (oid === UNSETTLED) return { changes: [], outcome: tell('conflict', { code: 'no-text' }, []) }
    const next: Entry = { mode, oid }
    if (sameEntry(next, there)) return { changes: [], outcome: tell('upstreamed', { code: 'same-content' }) }
    const reason = { code: 'whole-kept', mode: mode !== there.mode, ends: false } as const
    return { changes: write(next), outcome: tell(movedOr('clean', at, change), reason) }
  }
  const bounded = (outcome: FileOutcome): FileOutcome =>
    merged.bound ? { ...outcome, bound: merged.bound } : outcome
  if (merged.open.length)
    return { changes: [], outcome: bounded(tell('conflict', { code: 'same-lines' }, merged.open)) }
  const next: Entry = { mode, oid: workspace.put(merged.lines) }
  if (sameEntry(next, there) && merged.gone.length) {
    const { verdict, reasons } = nothingLeft(merged.taken, merged.gone)
    return { changes: [], outcome: { ...tell(verdict, reasons), gone: merged.gone } }
  }
  if (sameEntry(next, there)) {
    return { changes: [], outcome: tell('upstreamed', { code: 'all-there' }) }
  }
  const notes = [...merged.adapted, ...merged.gone]
  const { gone, told } = merged
  if (merged.bound || notes.length + told.length) {
    const head = merged.bound || notes.length === 0 ? [BY_LINES] : []
    const adapted = tell('adapted', [...head, ...notes])
    const more = {
      ...optional(told.length || undefined, () => ({ told })),
      ...optional(gone.length || undefined, () => ({ gone })),
    }
    return { changes: write(next), outcome: bounded({ ...adapted, ...more }) }
  }
  return { changes: write(next), outcome: tell(movedOr('clean', at, change), BY_LINES) }
}

const BY_LINES: MergeReason = { code: 'by-lines' }

function movedOr(verdict: Verdict, at: string, change: PatchChange): Verdict {
  return at === change.path || at === change.to ? verdict : 'moved'
}
