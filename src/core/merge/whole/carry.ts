import { defined, optional } from '../../model/defined.ts'
import type { Oid } from '../../model/oid.ts'
import { withChanges, type Tree } from '../../model/tree.ts'
import type { FileOutcome, Verdict } from '../../model/verdict.ts'
import { suggestFor } from '../../text/suggest-for.ts'
import { climbFiles } from '../stepwise/climb-files.ts'
import { followRemoved } from '../stepwise/follow-removed.ts'
import type { Conversation } from '../conversation.ts'
import { cutTaken, endWhole, tellParts } from '../taken/cut-taken.ts'
import { fileHistory } from '../file-history.ts'
import { judge } from './judge.ts'
import { keepWhole } from '../taken/keep-whole.ts'
import { saysOtherNumber } from '../taken/says-other-number.ts'
import { judgeOverrides } from '../judge-overrides.ts'
import { withLeftOut } from './with-left-out.ts'
import type { LineBag } from '../line-bag.ts'
import { mergeTree, type MergeSides, type TreeMerge } from '../merge-tree.ts'
import { patchChanges, type PatchChange } from '../patch-changes.ts'
import { fileLines, placesIn, type FileLines } from '../file-lines.ts'
import type { Written } from '../taken/reviewed-form.ts'
import { seriesLines, type Surroundings } from '../series-lines.ts'
import { asConfidence, findTaken, LOOK_BELOW, type Part, type Taken } from '../taken/taken.ts'
import type { ReleasePath } from '../stepwise/climb.ts'
import type { Workspace } from '../workspace.ts'

/** One patch to carry: the tree it was written on, the tree with it, and the tree it goes onto. */
export interface CarryRequest {
  readonly base: Tree
  readonly patch: Tree
  readonly onto: Tree
  /**
   * `range`: what many commits did in sum. No one commit of upstream's is the reviewed form of that, and what some of it has in
   * common with one says nothing about the rest.
   */
  readonly kind?: 'change' | 'range'
  /** Who wrote the patch, and its message; absent where nobody knows, as of a bare tree. */
  readonly written?: Written
  /** For a `range` whose commits are known: each is asked about by itself. */
  readonly parts?: readonly Part[]
  readonly series?: Surroundings
}

export interface CarryResult {
  readonly verdict: Verdict
  /** Upstream's tree with the patch; a file left in conflict stays as upstream has it. */
  readonly tree: Tree
  /** Blobs that merging made, to be written before the tree is. */
  readonly newBlobs: ReadonlyMap<Oid, Uint8Array>
  /** Upstream commits that took the patch or collide with it. */
  readonly upstream: readonly Oid[]
  /** How much of what is left out upstream has in some form, 0 to 1; absent where nothing is left out by history. */
  readonly confidence?: number
  /** Upstream's form does without so much of the patch that a person has to look at it. */
  readonly look?: true
  readonly files: readonly FileOutcome[]
}

/** Carries one patch onto one release. */
export function* carry(request: CarryRequest, workspace: Workspace): Conversation<CarryResult> {
  workspace.trim()
  const { base, patch, onto, series } = request
  const changes = yield* patchChanges(base, patch, workspace)
  const sides = { base, upstream: onto, ...defined({ series }) }
  const merged = yield* mergeTree(sides, changes, workspace)
  if (untouched(merged))
    return yield* carried(onto, merged, { changes, taken: undefined, later: new Map() }, workspace)
  const history = yield* fileHistory(
    changes,
    merged.outcomes.map(({ to }) => to),
    workspace,
  )
  const release = { tree: onto, places: placesIn(merged, history, onto) }
  const lines = yield* fileLines(changes, release, workspace)
  const around = yield* seriesLines(changes, { series, ...release }, workspace)
  const { written, kind } = request
  const sum = kind === 'range' ? { parts: request.parts ?? [] } : {}
  const taken = yield* findTaken({ changes, written, ...sum, history, lines, ...around }, workspace)
  const found = { changes, taken, later: around.later }
  const way = { history, onto }
  const fork = { changes, patch, later: series?.later ?? [] }
  const settled = taken?.whole
    ? endWhole(merged, taken.whole, { changes, workspace })
    : yield* carryRest({ sides, merged, changes, taken, lines }, way, workspace)
  const kept = yield* keepWhole(settled, { changes, onto }, workspace)
  return yield* carried(onto, yield* followRemoved(kept, fork, way, workspace), found, workspace)
}

interface Rest {
  readonly sides: MergeSides
  readonly merged: TreeMerge
  readonly changes: readonly PatchChange[]
  readonly taken: Taken | undefined
  readonly lines: FileLines
}

/** Carries what is left of the patch once what upstream has of it is taken out, commit by commit where that collides. */
function* carryRest(
  { sides, merged, changes, taken, lines }: Rest,
  way: ReleasePath,
  workspace: Workspace,
): Conversation<TreeMerge> {
  const cut = taken
    ? yield* cutTaken({ sides, merged, changes, taken, lines }, workspace)
    : { merged, changes }
  const climbed = yield* climbRest(cut.merged, { changes, rest: cut.changes }, way, workspace)
  const judged = yield* judgeOverrides(climbed, cut.changes, sides, workspace)
  return taken ? tellParts(judged, taken, cut.changes) : judged
}

/**
 * Climbs with what is left of the patch. Where that collides, upstream may still have settled the matter: the whole patch is
 * asked about, which meets upstream's commits with what they took; it counts where nothing is left of it.
 */
function* climbRest(
  merged: TreeMerge,
  { changes, rest }: { readonly changes: readonly PatchChange[]; readonly rest: readonly PatchChange[] },
  way: ReleasePath,
  workspace: Workspace,
): Conversation<TreeMerge> {
  const first = yield* climbFiles(merged, rest, way, workspace)
  if (rest === changes || judge(first.outcomes) !== 'conflict') return first
  const whole = yield* climbFiles(first, changes, way, workspace)
  const outcomes = first.outcomes.map((outcome, at) => {
    const other = whole.outcomes[at] ?? outcome
    const isEnded = other.verdict === 'obsolete' || other.verdict === 'upstreamed'
    return outcome.verdict === 'conflict' && isEnded ? other : outcome
  })
  return { changes: first.changes, outcomes }
}

/**
 * Whether the patch only adds files of its own: then nothing can collide, and nothing was taken. A file that upstream has
 * unchanged says less: the patch may have been taken and taken back in between.
 */
function untouched({ outcomes }: TreeMerge): boolean {
  return outcomes.every(({ untouched }) => untouched === true)
}

interface Found {
  readonly changes: readonly PatchChange[]
  readonly taken: Taken | undefined
  readonly later: LineBag
}

function* carried(
  onto: Tree,
  merged: TreeMerge,
  found: Found,
  workspace: Workspace,
): Conversation<CarryResult> {
  const tree = withChanges(onto, merged.changes)
  const files = yield* withLeftOut(merged.outcomes, { ...found, onto, result: tree }, workspace)
  return {
    verdict: judge(merged.outcomes),
    tree,
    newBlobs: workspace.takeMade(),
    upstream: [...new Set(merged.outcomes.flatMap(({ upstream }) => upstream))],
    ...(found.taken && certainty(found.taken, files)),
    files: files.map(withSuggestions),
  }
}

/**
 * A look is asked for where lines are left out only because a reviewed form does without them: so many that it is another patch
 * enough, or any where nothing but the lines says that it is the form of this patch, or where that says another number.
 */
function certainty(taken: Taken, files: readonly FileOutcome[]): Pick<CarryResult, 'confidence' | 'look'> {
  const { share, whole } = taken
  const reviewed = files.flatMap(({ leftOut = [] }) => leftOut.filter(({ why }) => why === 'reviewed'))
  const isUnsure =
    share < LOOK_BELOW ||
    whole?.tie === 'lines' ||
    reviewed.some(({ side, text }) => side === 'added' && saysOtherNumber(text, taken))
  return {
    confidence: asConfidence(share),
    ...optional(isUnsure && reviewed.length > 0, () => ({ look: true })),
  }
}

function withSuggestions(outcome: FileOutcome): FileOutcome {
  if (!outcome.regions) return outcome
  const regions = outcome.regions.map((region) => {
    const suggestion = suggestFor(region.sides)
    return suggestion === undefined ? region : { ...region, suggestion }
  })
  return { ...outcome, regions }
}
