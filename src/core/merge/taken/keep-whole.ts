import { blobsOf, isFile } from '../../model/is-file.ts'
import { sameLines } from '../../text/diff3.ts'
import { bareLine } from '../../text/split-lines.ts'
import { settle, UNSETTLED } from '../../model/sides.ts'
import type { Entry, Mode, Tree } from '../../model/tree.ts'
import type { FileOutcome } from '../../model/verdict.ts'
import { withoutLineEnds } from '../../text/without-line-ends.ts'
import type { Conversation } from '../conversation.ts'
import type { TreeMerge } from '../merge-tree.ts'
import type { PatchChange } from '../patch-changes.ts'
import type { Workspace } from '../workspace.ts'

/**
 * What a patch does to a file as a whole, its mode and the ends of its lines, is in no line of it: where history says that upstream has the lines,
 * these are carried on what upstream has of the file, as far as the release did not change them itself.
 */
export function* keepWhole(
  merged: TreeMerge,
  { changes, onto }: { readonly changes: readonly PatchChange[]; readonly onto: Tree },
  workspace: Workspace,
): Conversation<TreeMerge> {
  const put = new Map(merged.changes)
  const outcomes: FileOutcome[] = []
  for (const outcome of merged.outcomes) {
    const change =
      outcome.verdict === 'upstreamed' ? changes.find(({ path }) => path === outcome.path) : undefined
    const kept =
      change && !put.has(outcome.to) ? yield* keptOn(onto.get(outcome.to), change, workspace) : undefined
    if (kept) put.set(outcome.to, kept.entry)
    outcomes.push(kept ? told(outcome, kept) : outcome)
  }
  return { changes: put, outcomes }
}

interface Kept {
  readonly entry: Entry
  readonly mode: boolean
  readonly ends: boolean
}

function* keptOn(
  there: Entry | undefined,
  { before, after }: PatchChange,
  workspace: Workspace,
): Conversation<Kept | undefined> {
  if (!there || !before || !after || ![there, before, after].every(isFile)) return undefined
  const settled = settle<Mode>({ base: before.mode, upstream: there.mode, patch: after.mode })
  const mode = settled === UNSETTLED ? there.mode : settled
  yield* workspace.load(blobsOf(before, after, there))
  const [base, upstream, patch] = [before, there, after].map(({ oid }) => workspace.lines(oid))
  const ends = base && upstream && patch ? withoutLineEnds({ base, upstream, patch }) : undefined
  const lines = ends && upstream ? withLastEnd(ends.restore(ends.sides.upstream), upstream) : undefined
  const isSame = !lines || !upstream || sameLines(lines, upstream)
  if (mode === there.mode && isSame) return undefined
  return {
    entry: { mode, oid: isSame ? there.oid : workspace.put(lines) },
    mode: mode !== there.mode,
    ends: !isSame,
  }
}

/** Whether the last line has an end is nobody's wish: upstream's form of the patch stands. */
function withLastEnd(lines: readonly string[], upstream: readonly string[]): readonly string[] {
  const [last = '', there = ''] = [lines.at(-1), upstream.at(-1)]
  const end = lines[0]?.endsWith('\r\n') ? '\r\n' : '\n'
  return [
    ...lines.slice(0, -1),
    ...(lines.length > 0 ? [bareLine(last) + (there.endsWith('\n') ? end : '')] : []),
  ]
}

function told(outcome: FileOutcome, { mode, ends }: Kept): FileOutcome {
  return { ...outcome, verdict: 'adapted', reasons: [...outcome.reasons, { code: 'whole-kept', mode, ends }] }
}
