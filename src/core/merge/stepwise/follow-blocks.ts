import { grouped } from '../../model/collections/grouped.ts'
import { putAt } from '../../text/append.ts'
import type { PathChange } from '../../model/commit.ts'
import type { MergeReason } from '../../model/merge-reason.ts'
import type { MergeNote } from '../../model/merge-note.ts'
import { defined } from '../../model/defined.ts'
import type { MergeBound, OpenRegion } from '../../model/verdict.ts'
import { similarity } from '../../text/similarity.ts'
import { changedBlocks, type ChangedBlock } from '../../yaml/outline/changed-blocks.ts'
import { mergeBlock } from '../../yaml/outline/merge-outline.ts'
import { noFindings } from '../../yaml/outline/findings.ts'
import { blockLines, readOutline, type Block } from '../../yaml/outline/read-outline.ts'
import type { Conversation } from '../conversation.ts'
import { hasOutline } from '../file-merge.ts'
import { boundOf } from '../bound-of.ts'
import { mergeStep } from '../merge-step.ts'
import { blobsOf, isFile } from '../../model/is-file.ts'
import { findBlock, likeness, mostLike, SEARCHED } from './find-block.ts'
import type { Front } from './front.ts'
import type { Workspace } from '../workspace.ts'

/** A patched file's changes after a commit moved blocks out of it: the files that hold them now. */
interface Followed {
  readonly fronts: readonly Front[]
  readonly notes: readonly MergeReason[]
  readonly told: readonly MergeNote[]
  readonly gone: readonly MergeReason[]
  readonly open: readonly OpenRegion[]
  readonly taken: boolean
  /** Where settings were not looked for, or texts merged by their lines alone: why. */
  readonly bound?: MergeBound
}

/** Under another name only what it holds can tell, so nearly all of that must be there. */
const RENAMED_BLOCK = 0.8

/**
 * Finds where a commit took the settings that the patch changes: each changed block that the file no longer has is looked for
 * in the other files of the same commit, and merged there.
 */
export function* followBlocks(
  front: Front,
  next: Front | undefined,
  changes: readonly PathChange[],
  workspace: Workspace,
): Conversation<Followed> {
  const elsewhere = changes
    .filter(({ path, after }) => path !== next?.path && isFile(after) && hasOutline(path))
    .slice(0, SEARCHED)
  yield* workspace.load(
    blobsOf(
      front.upstream,
      front.patch,
      next?.upstream,
      ...elsewhere.flatMap(({ before, after }) => [before, after]),
    ),
  )
  const base = workspace.lines(front.upstream.oid)
  const patch = workspace.lines(front.patch.oid)
  if (!base || !patch || !hasOutline(front.path)) return yield* asItIs(front, next, workspace)
  const bound = boundOf({ base, upstream: base, patch })
  if (bound) return { bound, ...(yield* asItIs(front, next, workspace)) }
  const here = next ? readOutline(workspace.lines(next.upstream.oid) ?? []) : undefined
  const places: Place[] = []
  const left: ChangedBlock[] = []
  for (const block of changedBlocks(readOutline(base), readOutline(patch))) {
    const place = here && findBlock(here, block.base) ? undefined : findPlace(block, elsewhere, workspace)
    if (place) places.push(place)
    else left.push(block)
  }
  if (places.length === 0) return yield* asItIs(front, next, workspace)
  const moved = mergePlaces(places, workspace)
  const rest = workspace.scratch(withoutBlocks(base, left))
  const stay = yield* asItIs({ ...front, patch: { ...front.patch, oid: rest } }, next, workspace)
  return {
    fronts: [...stay.fronts, ...moved.fronts],
    notes: [...stay.notes, ...moved.notes],
    told: [...stay.told, ...moved.told],
    gone: stay.gone,
    open: [...stay.open, ...moved.open],
    taken: stay.taken || moved.taken,
    ...defined({ bound: stay.bound }),
  }
}

/** What the merge in place gives, gone settings left out and told. */
function* asItIs(front: Front, next: Front | undefined, workspace: Workspace): Conversation<Followed> {
  if (front.patch.oid === front.upstream.oid)
    return { fronts: [], notes: [], told: [], gone: [], open: [], taken: false }
  if (!next)
    return {
      fronts: [],
      notes: [],
      told: [],
      gone: [{ code: 'path-gone', path: front.path }],
      open: [],
      taken: false,
    }
  const merged = yield* mergeStep(
    next.path,
    { base: front.upstream, upstream: next.upstream, patch: front.patch },
    workspace,
  )
  return {
    fronts: [{ ...next, patch: { mode: front.patch.mode, oid: merged.oid } }],
    notes: merged.notes,
    told: merged.told,
    gone: merged.gone,
    open: merged.open,
    taken: merged.taken,
    ...defined({ bound: merged.bound }),
  }
}

interface Place {
  readonly block: ChangedBlock
  readonly change: PathChange
  readonly found: Block
}

/** The one block in the commit's other files that is this one: newly there, under the same name, with most of its lines. */
function findPlace(
  block: ChangedBlock,
  elsewhere: readonly PathChange[],
  workspace: Workspace,
): Place | undefined {
  let best: (Place & { score: number }) | undefined
  for (const change of elsewhere) {
    const after = readOutline(workspace.lines(change.after?.oid as never) ?? [])
    const before = change.before ? readOutline(workspace.lines(change.before.oid) ?? []) : undefined
    for (const find of [findBlock, findRenamed]) {
      const found = find(after, block.base)
      if (!found || (before && find(before, block.base))) continue
      const score = likeness(found, block.base)
      if (!best || score > best.score) best = { block, change, found, score }
      break
    }
  }
  return best
}

/** The block that holds the same under another name: a map keeps its keys when it is renamed on the way. */
function findRenamed(root: Block, wanted: Block): Block | undefined {
  if (wanted.children.length < 2) return undefined
  return mostLike(root, RENAMED_BLOCK, (block) =>
    block.kind === wanted.kind && block.children.length > 1
      ? similarity(childLines(block), childLines(wanted))
      : 0,
  )
}

function childLines(block: Block): string[] {
  return block.children.flatMap(blockLines).map((line) => line.trim())
}

function mergePlaces(places: readonly Place[], workspace: Workspace): Followed {
  const findings = noFindings()
  const byPath = grouped(places, (place) => place.change.path)
  const fronts: Front[] = []
  for (const [path, here] of byPath) {
    const upstream = (here[0] as Place).change.after
    if (!upstream) continue
    const lines = [...(workspace.lines(upstream.oid) ?? [])]
    // From the end, so that earlier blocks stay where they are.
    for (const { block, found } of [...here].sort((a, b) => b.found.at - a.found.at)) {
      const name = found.id.slice(2)
      const merged = mergeBlock({ base: block.base, upstream: found, patch: block.patch }, [name], findings)
      putAt(lines, found.at, blockLines(found).length, merged)
      findings.notes.push({ code: 'block-moved', key: name, to: path })
    }
    fronts.push({ path, upstream, patch: { mode: upstream.mode, oid: workspace.scratch(lines) } })
  }
  const { notes, told, gone, retired, open, taken } = findings
  return { fronts, notes, told, gone: [...gone, ...retired], open, taken: taken.length > 0 }
}

/** The base's lines with only these changes of the patch in them. */
function withoutBlocks(base: readonly string[], left: readonly ChangedBlock[]): string[] {
  const lines = [...base]
  for (const { base: was, patch } of [...left].sort((a, b) => b.base.at - a.base.at)) {
    putAt(lines, was.at, blockLines(was).length, blockLines(patch))
  }
  return lines
}
