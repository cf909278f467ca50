import type { LoggedCommit } from '../../model/commit.ts'
import { lineWeight } from '../../text/line-weight.ts'
import type { Conversation } from '../conversation.ts'
import { doneWeight, deltaOf, effectOf, reworkedWeight, undoneWeight, type Effect } from '../delta-of.ts'
import { changesIn, type FileHistory } from '../file-history.ts'
import { bagWeight, sharedWeight, type LineBag } from '../line-bag.ts'
import type { PatchChange } from '../patch-changes.ts'
import type { FileLines } from '../file-lines.ts'
import type { Workspace } from '../workspace.ts'

/** An upstream commit that does some of what the patch does. */
export interface Candidate {
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

/** What is asked of history: what upstream did to the patch's files, how they read at both ends, and what is no question. */
interface CandidatesAsked {
  readonly history: FileHistory
  readonly lines: FileLines
  /** Lines that the series itself takes away again later: nobody has to have them. */
  readonly later: LineBag
}

/** What a patch wants, and who did some of it. */
export interface Candidates {
  readonly wanted: Effect
  /** Best cover first. */
  readonly candidates: readonly Candidate[]
}

/** The upstream commits that do some of what the patch does, best cover first. */
export function* findCandidates(
  changes: readonly PatchChange[],
  { history, lines, later }: CandidatesAsked,
  workspace: Workspace,
): Conversation<Candidates> {
  const touched = history.commits.map((commit) => changesIn(commit, history.paths))
  yield* workspace.loadDeltas([...changes, ...touched.flat()].map(({ before, after }) => [before, after]))
  const effects = touched.map((each) =>
    effectOf(each.map(({ before, after }) => deltaOf(before, after, workspace))),
  )
  const asked = effectOf(changes.map(({ before, after }) => deltaOf(before, after, workspace)))
  const wanted = stillWanted(asked, effects, { lines, later })
  if (wanted.weight === 0) return { wanted, candidates: [] }
  const standing = standingWeight(wanted, lines)
  const candidates: Candidate[] = []
  const goneLater = new Set<string>()
  let undoneBy: LoggedCommit | undefined
  for (const [index, commit] of history.commits.entries()) {
    const whole = effects[index] as Effect
    const effect = withoutLost(whole, wanted, { lines, goneLater })
    for (const line of wanted.added.keys()) if (whole.removed.has(line)) goneLater.add(line)
    const shared = doneWeight(wanted, effect)
    if (shared > 0) {
      const rest = undoneBy ? { undoneBy } : {}
      candidates.push({
        commit,
        cover: shared / wanted.weight,
        focus: shared / Math.max(effect.weight, shared),
        effect,
        paths: new Set((touched[index] ?? []).map(({ path }) => path)),
        ...rest,
      })
    }
    // Newest first: whoever undoes it has been seen before the commit that did it.
    if (undoneBy || undoneWeight(wanted, whole) - standing < UNDONE * wanted.weight) continue
    if (!(yield* movesOn(wanted, commit, { history, workspace }))) undoneBy = commit
  }
  const doers = withoutMerges(wanted, candidates.sort(byCover))
  // Words are compared only where lines have found the likely ones already.
  const likely = doers.slice(0, COMPARED_BY_WORDS).map((candidate) => {
    const cover = candidate.cover < 1 ? reworkedWeight(wanted, candidate.effect) / wanted.weight : 1
    return { ...candidate, cover: Math.min(cover, 1) }
  })
  return { wanted, candidates: [...likely.sort(byCover), ...doers.slice(COMPARED_BY_WORDS)] }
}

/**
 * Leaves out what never came to the release: lines that it does not have and that no later commit took away. A merge may drop
 * what a side branch had, and what a merge of the main line into a branch brought is seen there as the merge's own.
 */
function withoutLost(
  effect: Effect,
  wanted: Effect,
  { lines, goneLater }: { readonly lines: FileLines; readonly goneLater: ReadonlySet<string> },
): Effect {
  const lost = [...wanted.added.keys()].filter(
    (line) => effect.added.has(line) && !lines.release.has(line) && !goneLater.has(line),
  )
  if (lost.length === 0) return effect
  const added = new Map(effect.added)
  for (const line of lost) added.delete(line)
  return { ...effect, added }
}

/** Of what the patch puts in, that which the release has and the base had not: whoever is said to have taken it back did not. */
function standingWeight(wanted: Effect, { base, release }: FileLines): number {
  let sum = 0
  for (const [line, times] of wanted.added) {
    const more = (release.get(line) ?? 0) - (base.get(line) ?? 0)
    if (more > 0) sum += lineWeight(line) * Math.min(more, times)
  }
  return sum
}

/** More new files than this in one commit are not read to see whether lines only moved: such a commit is an import. */
const MOVED_TO = 400

/** Whether a commit that takes the lines away puts them into another file, one that nobody watches: it only moved them. */
function* movesOn(
  wanted: Effect,
  { changes }: LoggedCommit,
  { history, workspace }: { readonly history: FileHistory; readonly workspace: Workspace },
): Conversation<boolean> {
  const elsewhere = changes.filter(({ path, after }) => after && !history.paths.has(path)).slice(0, MOVED_TO)
  yield* workspace.loadDeltas(elsewhere.map(({ before, after }) => [before, after]))
  const { added } = effectOf(elsewhere.map(({ before, after }) => deltaOf(before, after, workspace)))
  return sharedWeight(wanted.added, added) > (1 - UNDONE) * bagWeight(wanted.added)
}

/**
 * A merge does what the commits inside it did: where those are there and did it, they are the ones to name, and it alone says
 * nothing. A merge stays where the commits inside it cannot be seen, or where it did more itself.
 */
function withoutMerges(wanted: Effect, candidates: readonly Candidate[]): Candidate[] {
  const single = candidates.filter(({ commit }) => commit.parents.length < 2)
  if (single.length === candidates.length) return [...candidates]
  return candidates.filter(({ commit, effect }) => {
    if (commit.parents.length < 2) return true
    const did = (part: 'added' | 'removed', line: string): boolean =>
      single.some((each) => each.effect[part].has(line))
    let alone = 0
    for (const line of wanted.added.keys())
      if (effect.added.has(line) && !did('added', line)) alone += lineWeight(line)
    for (const line of wanted.dropped.keys())
      if (effect.removed.has(line) && !did('removed', line)) alone += lineWeight(line)
    return alone > (1 - UNDONE) * doneWeight(wanted, effect)
  })
}

/**
 * Leaves out the lines that a patch drops, the release does not have and no commit took away: upstream never had them. So it
 * is where a patch takes back what an earlier one of its series put in. Leaves out as well what a later one takes back.
 */
function stillWanted(
  wanted: Effect,
  effects: readonly Effect[],
  { lines: { release }, later }: Pick<CandidatesAsked, 'lines' | 'later'>,
): Effect {
  const dropped = new Map(
    [...wanted.dropped].filter(
      ([line]) => release.has(line) || effects.some(({ removed }) => removed.has(line)),
    ),
  )
  const added = new Map(
    [...wanted.added].flatMap(([line, times]): [string, number][] => {
      const left = times - (later.get(line) ?? 0)
      return left > 0 ? [[line, left]] : []
    }),
  )
  return { ...wanted, added, dropped, weight: bagWeight(added) + bagWeight(dropped) }
}

const COMPARED_BY_WORDS = 5

function byCover(a: Candidate, b: Candidate): number {
  return b.cover - a.cover || a.commit.parents.length - b.commit.parents.length || b.focus - a.focus
}
