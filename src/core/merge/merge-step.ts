import type { MergeReason } from '../model/merge-reason.ts'
import { sameLines } from '../text/diff3.ts'
import { defined } from '../model/defined.ts'
import type { MergeNote } from '../model/merge-note.ts'
import type { Oid } from '../model/oid.ts'
import type { Sides } from '../model/sides.ts'
import type { Entry } from '../model/tree.ts'
import type { MergeBound, OpenRegion } from '../model/verdict.ts'
import type { Conversation } from './conversation.ts'
import { hasOutline, mergeOneCommit, mergeText } from './file-merge.ts'
import { boundOf } from './bound-of.ts'
import { blobsOf, isFile } from '../model/is-file.ts'
import type { Workspace } from './workspace.ts'

/** One file merged over one upstream commit. */
interface StepMerge {
  /** The merged text; upstream's own id where nothing of the patch is left. */
  readonly oid: Oid
  readonly notes: readonly MergeReason[]
  readonly told: readonly MergeNote[]
  readonly gone: readonly MergeReason[]
  readonly open: readonly OpenRegion[]
  /** Whether the patch has changes beside those that are open. */
  readonly hasMore: boolean
  /** Whether the commit brought any of the patch's changes. */
  readonly taken: boolean
  /** Where the texts were merged by their lines alone: why. */
  readonly bound?: MergeBound
}

/** A text that an earlier merge made is needed again and was not kept: the way up must be gone once more, from its start. */
export class LostText extends Error {}

/** Forgets all steps of this workspace. */
export function forgetSteps(workspace: Workspace): void {
  memories.delete(workspace)
}

const memories = new WeakMap<Workspace, Map<string, StepMerge>>()
const STEPS_KEPT = 30_000

/** Merges one step, or remembers it: a merge follows from its three ids, and one way up is a part of every longer one. */
export function* mergeStep(
  path: string,
  { base, upstream, patch }: Sides<Entry>,
  workspace: Workspace,
): Conversation<StepMerge> {
  const memory = memoryOf(workspace)
  const key = `${hasOutline(path) ? 'yaml' : 'text'} ${base.oid}${upstream.oid}${patch.oid}`
  const known = memory.get(key)
  if (known) return known
  yield* workspace.load(blobsOf(base, upstream, patch))
  if (isFile(patch) && !workspace.has(patch.oid)) throw new LostText()
  const merged = mergeBlobs(path, { base, upstream, patch }, workspace)
  memory.set(key, merged)
  if (memory.size > STEPS_KEPT) memory.delete(memory.keys().next().value as string)
  return merged
}

function mergeBlobs(path: string, { base, upstream, patch }: Sides<Entry>, workspace: Workspace): StepMerge {
  const open = [{ line: 1, sides: { base: '', upstream: '', patch: '' } }]
  if (!isFile(base) || !isFile(upstream) || !isFile(patch))
    return { oid: upstream.oid, notes: [], told: [], gone: [], open, hasMore: false, taken: false }
  const lines = {
    base: workspace.lines(base.oid),
    upstream: workspace.lines(upstream.oid),
    patch: workspace.lines(patch.oid),
  }
  if (!lines.base || !lines.upstream || !lines.patch)
    return { oid: upstream.oid, notes: [], told: [], gone: [], open, hasMore: false, taken: false }
  const sides = { base: lines.base, upstream: lines.upstream, patch: lines.patch }
  const bound = boundOf(sides)
  const merged = bound ? mergeText(sides) : mergeOneCommit(path, sides)
  const oid = merged.open.length ? upstream.oid : workspace.scratch(merged.lines)
  // Over many commits the lines counted are nobody's any more.
  const notes = merged.adapted.map((note) => ('line' in note ? withoutLine(note) : note))
  const { told, gone, open: left, taken } = merged
  const hasMore = !sameLines(merged.lines, sides.upstream)
  return { oid, notes, told, gone, open: left, hasMore, taken, ...defined({ bound }) }
}

function withoutLine({ line: _, ...note }: MergeReason & { readonly line?: number }): MergeReason {
  return note
}

function memoryOf(workspace: Workspace): Map<string, StepMerge> {
  let memory = memories.get(workspace)
  if (!memory) memories.set(workspace, (memory = new Map<string, StepMerge>()))
  return memory
}
