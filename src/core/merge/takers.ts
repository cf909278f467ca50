import type { LoggedCommit } from '../model/commit.ts'
import type { Conversation } from './conversation.ts'
import { doneWeight, deltaOf, effectOf, reworkedWeight, undoneWeight, type Effect } from './delta.ts'
import { changesIn, type FileHistory } from './file-history.ts'
import { bagWeight } from './line-bag.ts'
import type { PatchChange } from './patch-changes.ts'
import type { FileLines } from './release-lines.ts'
import type { Workspace } from './workspace.ts'

/** An upstream commit that does some of what the patch does. */
export interface Taker {
  readonly commit: LoggedCommit
  /** The share of the patch's lines, put in and taken away, that this commit put in and took away; 0 to 1, by weight. */
  readonly cover: number
  /** The share of this commit's own lines, in the patch's files, that are the patch's. */
  readonly focus: number
  readonly effect: Effect
  /** The files of the patch, under all their names, that this commit touches. */
  readonly paths: ReadonlySet<string>
  /** A later commit that took it all back. */
  readonly undoneBy?: LoggedCommit
}

/** A later commit that undoes at least this much of the patch's lines takes it back; less is upstream going on with it. */
const UNDONE = 0.9

/** The upstream commits that do some of what the patch does, best cover first; of equals the commit before its merge. */
export function* findTakers(
  changes: readonly PatchChange[],
  { history, lines }: { readonly history: FileHistory; readonly lines: FileLines },
  workspace: Workspace,
): Conversation<readonly Taker[]> {
  const touched = history.commits.map((commit) => changesIn(commit, history.paths))
  yield* workspace.loadDeltas([...changes, ...touched.flat()].map(({ before, after }) => [before, after]))
  const effects = touched.map((each) =>
    effectOf(each.map(({ before, after }) => deltaOf(before, after, workspace))),
  )
  const asked = effectOf(changes.map(({ before, after }) => deltaOf(before, after, workspace)))
  const wanted = stillWanted(asked, effects, lines)
  if (wanted.weight === 0) return []
  const takers: Taker[] = []
  let undoneBy: LoggedCommit | undefined
  history.commits.forEach((commit, index) => {
    const effect = effects[index] as Effect
    const shared = doneWeight(wanted, effect)
    if (shared > 0) {
      const rest = undoneBy ? { undoneBy } : {}
      takers.push({
        commit,
        cover: shared / wanted.weight,
        focus: shared / Math.max(effect.weight, shared),
        effect,
        paths: new Set((touched[index] ?? []).map(({ path }) => path)),
        ...rest,
      })
    }
    // Newest first: whoever undoes it has been seen before the commit that did it.
    if (undoneWeight(wanted, effect) >= UNDONE * wanted.weight) undoneBy ??= commit
  })
  takers.sort(byCover)
  // Words are compared only where lines have found the likely ones already.
  const likely = takers.slice(0, COMPARED_BY_WORDS).map((taker) => {
    const cover = taker.cover < 1 ? reworkedWeight(wanted, taker.effect) / wanted.weight : 1
    return { ...taker, cover: Math.min(cover, 1) }
  })
  return [...likely.sort(byCover), ...takers.slice(COMPARED_BY_WORDS)]
}

/**
 * Leaves out the lines that a patch drops, the release does not have and no commit took away: upstream never had them. So it
 * is where a patch takes back what an earlier one of its series put in.
 */
function stillWanted(wanted: Effect, effects: readonly Effect[], { release }: FileLines): Effect {
  const dropped = new Map(
    [...wanted.dropped].filter(
      ([line]) => release.has(line) || effects.some(({ removed }) => removed.has(line)),
    ),
  )
  return { ...wanted, dropped, weight: bagWeight(wanted.added) + bagWeight(dropped) }
}

const COMPARED_BY_WORDS = 5

function byCover(a: Taker, b: Taker): number {
  return b.cover - a.cover || a.commit.parents.length - b.commit.parents.length || b.focus - a.focus
}
