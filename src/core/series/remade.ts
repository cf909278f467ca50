import type { MergeReason } from '../model/merge-reason.ts'
import type { Oid } from '../model/oid.ts'
import { differingPaths, type Tree } from '../model/tree.ts'
import type { FileOutcome, Verdict } from '../model/verdict.ts'
import type { Patch } from './series.ts'

/** What became of a patch, however it was carried. */
export interface PatchOutcome {
  readonly verdict: Verdict
  readonly tree: Tree
  readonly upstream: readonly Oid[]
  readonly confidence?: number
  readonly look?: true
  readonly files: readonly FileOutcome[]
  /** A recipe made it anew, so its lines are not the patch's. */
  readonly remade?: true
}

/** A patch that a recipe of ours made, put onto a release in both ways: its lines merged, and the recipe asked again. */
interface Remaking {
  readonly onto: Tree
  readonly merged: PatchOutcome
  /** What the recipe makes of the release; `undefined` where it finds nothing to do. */
  readonly made: Tree | undefined
  /** A patch before it that the same recipe made anew. */
  readonly earlier?: Patch | undefined
}

/**
 * Such a patch stands for its intent and not for its lines: it lives on as what the recipe makes of the release, and retires once
 * the release does it itself, in whatever words.
 */
export function remade(patch: Patch, { onto, merged, made, earlier }: Remaking): PatchOutcome {
  if (!made) return retired(patch, { onto, merged, earlier })
  if (differingPaths(made, merged.tree).length === 0) return merged
  const changed = differingPaths(onto, made)
  const anew = changed.map((path) => outcome(path, 'adapted', ANEW))
  const rest = patch.changes
    .filter(({ path }) => !changed.includes(path))
    .map(({ path }) => outcome(path, 'upstreamed', NOTHING_HERE))
  return { verdict: 'adapted', tree: made, upstream: [], files: [...anew, ...rest], remade: true }
}

const ANEW: MergeReason = { code: 'made-anew' }
const NOTHING_HERE: MergeReason = { code: 'nothing-to-make' }

function retired(patch: Patch, { onto, merged, earlier }: Omit<Remaking, 'made'>): PatchOutcome {
  if (earlier) {
    const reason: MergeReason = { code: 'made-by-earlier', title: earlier.title }
    const files = patch.changes.map(({ path }) => outcome(path, 'obsolete', reason))
    return { verdict: 'obsolete', tree: onto, upstream: [], files, remade: true }
  }
  const files = merged.files.map((file): FileOutcome => {
    const isGone = file.verdict === 'upstreamed' || file.verdict === 'obsolete'
    return isGone ? file : { ...outcome(file.path, 'upstreamed', NOTHING_HERE), upstream: file.upstream }
  })
  return { verdict: 'upstreamed', tree: onto, upstream: merged.upstream, files, remade: true }
}

function outcome(path: string, verdict: Verdict, reason: MergeReason): FileOutcome {
  return { path, to: path, verdict, reasons: [reason], upstream: [] }
}
