import type { LoggedCommit, PathChange } from '../../model/commit.ts'
import { defined } from '../../model/defined.ts'
import { blobsOf, isFile } from '../../model/is-file.ts'
import { namedCommit, type MergeReason } from '../../model/merge-reason.ts'
import type { Entry, Tree } from '../../model/tree.ts'
import type { FileOutcome, OpenRegion } from '../../model/verdict.ts'
import { putAt } from '../../text/append.ts'
import { sameLines } from '../../text/diff3.ts'
import { isTelling } from '../../text/line-weight.ts'
import { matchBlocks } from '../../yaml/outline/match-blocks.ts'
import { blockLines, readOutline, type Block } from '../../yaml/outline/read-outline.ts'
import { mergeBlock } from '../../yaml/outline/merge-outline.ts'
import { noFindings } from '../../yaml/outline/findings.ts'
import type { Conversation } from '../conversation.ts'
import { deltaOf } from '../delta-of.ts'
import type { TreeMerge } from '../merge-tree.ts'
import type { PatchChange } from '../patch-changes.ts'
import { hasOutline } from '../text-kind.ts'
import type { Workspace } from '../workspace.ts'
import type { ReleasePath } from './climb.ts'
import { findNamed, isMostly } from './find-block.ts'
import { blockIn, findMoves, isFewer, isGone, outlineOf, placeOf } from './find-moves.ts'

/**
 * What a patch takes away and the release does not have there either can stand elsewhere: upstream moved it, or the task that it is of. Then it
 * is taken away where it is now, or, where it was changed since, asked about; it would hold again otherwise, with nothing said.
 */
export function* followRemoved(
  merged: TreeMerge,
  fork: ForkSide,
  way: ReleasePath,
  workspace: Workspace,
): Conversation<TreeMerge> {
  if (way.history.commits.length === 0) return merged
  const put = new Map(merged.changes)
  const outcomes: FileOutcome[] = []
  for (const outcome of merged.outcomes) {
    const change = fork.changes.find(({ path }) => path === outcome.path)
    const gone = change ? yield* goneOnBothSides(change, outcome, way.onto, workspace) : []
    const moves: Move[] = []
    for (const each of gone) {
      for (const move of yield* findMoves(each.block, [outcome.path, outcome.to], way.history, workspace))
        if (!(yield* isThere(move.path, each.block, fork, workspace))) moves.push({ ...each, ...move })
    }
    outcomes.push(yield* takeAway(outcome, moves, { put, onto: way.onto }, workspace))
  }
  return { changes: put, outcomes }
}

interface ForkSide {
  readonly changes: readonly PatchChange[]
  /** The fork's tree with the patch. */
  readonly patch: Tree
  /** What later patches of its series change. */
  readonly later: readonly PathChange[]
}

interface Gone {
  readonly block: Block
  /** What the patch leaves of it; absent where that is nothing. */
  readonly left?: Block
}

/** Tasks, plays and top variables that the patch takes away or takes lines from, and that the release does not have in this file. */
function* goneOnBothSides(
  { before, after }: PatchChange,
  { path, to }: FileOutcome,
  onto: Tree,
  workspace: Workspace,
): Conversation<readonly Gone[]> {
  if (!hasOutline(path) || !isFile(before) || (after && !isFile(after))) return []
  yield* workspace.load(blobsOf(before, after))
  // What only puts lines in takes nothing away, whatever it parts.
  if (deltaOf(before, after, workspace).removed.length === 0) return []
  const base = outlineOf(before, workspace)
  const patch = outlineOf(after, workspace)
  const pairs = matchBlocks(base.children, patch.children).forward
  const taken = base.children
    .filter(isWorthIt)
    .flatMap((block) =>
      lessOf(block, pairs.get(block) ?? (isFewer(block, base, patch) ? undefined : findNamed(patch, block))),
    )
  if (taken.length === 0) return []
  // A file that the release has no more can have gone into another one.
  const there = onto.get(to)
  yield* workspace.load(blobsOf(there))
  const upstream = outlineOf(there, workspace)
  return taken.filter(({ block }) => isGone(block, base, upstream))
}

/** A block of which the patch has nothing more, or only some of its lines. */
function lessOf(block: Block, left: Block | undefined): readonly Gone[] {
  if (!left) return [{ block }]
  const [was, is] = [textOf(block), textOf(left)]
  return is.length < was.length && isWithin(is, was) ? [{ block, left }] : []
}

/** Whether these lines are lines of the others, in their order. */
function isWithin(lines: readonly string[], others: readonly string[]): boolean {
  let at = 0
  for (const line of others) if (line === lines[at]) at++
  return at === lines.length
}

/** What a block says, wherever it stands. */
function textOf(block: Block): readonly string[] {
  return blockLines(block)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function isWorthIt(block: Block): boolean {
  return (block.kind === 'item' || block.kind === 'key') && blockLines(block).some(isTelling)
}

interface Move extends Gone {
  readonly commit: LoggedCommit
  /** Where the release has it. */
  readonly path: string
}

/**
 * Whether the fork has it there itself, by this patch or another: then it did what upstream did. A variable is the same one with any value.
 */
function* isThere(
  path: string,
  block: Block,
  { patch, later }: ForkSide,
  workspace: Workspace,
): Conversation<boolean> {
  const last = later.findLast((change) => change.path === path)
  const entry = last ? last.after : patch.get(path)
  yield* workspace.load(blobsOf(entry))
  const found = blockIn(entry, block, workspace)
  return found !== undefined && (block.kind === 'key' || isMostly(found, block))
}

interface Result {
  /** What is changed of the release so far; what is taken away here is put in. */
  readonly put: Map<string, Entry | undefined>
  readonly onto: Tree
}

function* takeAway(
  outcome: FileOutcome,
  moves: readonly Move[],
  result: Result,
  workspace: Workspace,
): Conversation<FileOutcome> {
  const standing: Standing[] = []
  for (const move of moves) {
    const there = textAt(move.path, result)
    yield* workspace.load(blobsOf(there))
    const found = blockIn(there, move.block, workspace)
    const without = found && lessThere(move, found)
    if (found && !(without && sameLines(without, blockLines(found))))
      standing.push({ ...move, root: outlineOf(there, workspace), found, ...defined({ without }) })
  }
  const [first] = standing
  if (!first) return outcome
  const isOpen =
    outcome.verdict === 'conflict' || standing.some(({ without }) => !without) || standing.some(isEmptied)
  const reasons = standing.map(({ found, path }): MergeReason => {
    const code = isOpen ? 'removal-stands' : 'removal-moved'
    return { code, key: nameOf(found), to: path }
  })
  const commits = [...new Set(standing.map(({ commit }) => commit))]
  const told = {
    ...outcome,
    // "All of it is in the release" is what this says the contrary of.
    reasons: [...(outcome.verdict === 'upstreamed' ? [] : outcome.reasons), ...reasons],
    upstream: [...new Set([...outcome.upstream, ...commits.map(({ oid }) => oid)])],
  }
  if (outcome.verdict === 'conflict') return told
  if (isOpen) return asked(told, first, standing)
  for (const each of standing) cutOut(each, result, workspace)
  const isCarried = outcome.verdict !== 'upstreamed' && outcome.verdict !== 'obsolete'
  const places = [...(isCarried ? [outcome.to] : []), ...standing.map(({ path }) => path)]
  const met: MergeReason = { code: 'commits-met', commits: commits.slice(0, 3).map(namedCommit) }
  const to = [...new Set(places)].join(', ')
  return { ...told, to, verdict: 'adapted', reasons: [...told.reasons, met] }
}

interface Standing extends Move {
  /** The block where the release has it, and the file around it. */
  readonly found: Block
  readonly root: Block
  /** Its lines without what the patch takes away; absent where that is for a person to say. */
  readonly without?: readonly string[]
}

function lessThere({ block, left }: Gone, found: Block): readonly string[] | undefined {
  if (!left) return sameLines(textOf(found), textOf(block)) ? [] : undefined
  const findings = noFindings()
  const lines = mergeBlock({ base: block, upstream: found, patch: left }, [nameOf(found)], findings)
  return findings.open.length + findings.gone.length > 0 ? undefined : lines
}

/** Whether the block of tasks or the playbook that this is in would hold nothing more: Ansible reads neither. */
function isEmptied({ root, found }: Standing, _at: number, standing: readonly Standing[]): boolean {
  const cut = standing.filter(({ without }) => without?.length === 0).map((each) => each.found)
  const isPlay = found.children.some(({ id }) => id === 'k:hosts')
  const holders = isPlay ? [root] : root.children.flatMap(allIn)
  const holder = holders.find(({ children }) => children.includes(found))
  return holder?.children.every((each) => cut.includes(each) || !isWorthIt(each)) === true
}

function allIn(block: Block): readonly Block[] {
  return [block, ...block.children.flatMap(allIn)]
}

function textAt(path: string, { put, onto }: Result): Entry | undefined {
  return put.has(path) ? put.get(path) : onto.get(path)
}

function asked(told: FileOutcome, { path, commit }: Standing, standing: readonly Standing[]): FileOutcome {
  const by: MergeReason = { code: 'collides-with', commit: namedCommit(commit) }
  const regions = standing.filter((each) => each.path === path).map(regionOf)
  return { ...told, to: path, verdict: 'conflict', reasons: [...told.reasons, by], regions }
}

function cutOut({ path, block, without = [] }: Standing, result: Result, workspace: Workspace): void {
  const there = textAt(path, result)
  const lines = there && [...(workspace.lines(there.oid) ?? [])]
  const found = lines && placeOf(readOutline(lines), block)
  if (!there || !found) return
  putAt(lines, found.at, without.length > 0 ? blockLines(found).length : lengthIn(lines, found), without)
  result.put.set(path, { mode: there.mode, oid: workspace.put(lines) })
}

/** With the blank line behind it, where one or nothing stands before it. */
function lengthIn(lines: readonly string[], block: Block): number {
  const length = blockLines(block).length
  const isBlank = (at: number): boolean => lines[at]?.trim() === ''
  const isOpen = block.at === 0 || isBlank(block.at - 1)
  return isOpen && isBlank(block.at + length) ? length + 1 : length
}

/** A task by its name, a variable by its key, anything else by its first line. */
function nameOf({ id }: Block): string {
  return id.slice(2).split('\n', 1)[0] ?? ''
}

function regionOf({ found, block, left }: Standing): OpenRegion {
  const text = (of: Block | undefined): string => (of ? blockLines(of).join('') : '')
  return {
    line: found.at + 1,
    key: nameOf(found),
    sides: { base: text(block), upstream: text(found), patch: text(left) },
  }
}
