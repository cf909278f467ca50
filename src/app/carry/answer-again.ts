import type { Answer } from '../../core/series/memory/answer.ts'
import type { ToldConflict } from '../../core/series/memory/told-conflict.ts'
import { mergeText } from '../../core/merge/file-merge.ts'
import { isMark } from '../../core/merge/settle/check-settled.ts'
import { recall } from '../../core/merge/settle/recall.ts'
import type { Workspace } from '../../core/merge/workspace.ts'
import { isFile } from '../../core/model/is-file.ts'
import type { NotRecalled } from '../../core/model/merge-reason.ts'
import type { Sides } from '../../core/model/sides.ts'
import { isPrivatePath } from '../../core/model/parent-of.ts'
import { sameEntry, type Entry } from '../../core/model/tree.ts'
import { diffLines } from '../../core/text/diff-lines.ts'
import { bareLine } from '../../core/text/split-lines.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'
import { converse } from './converse.ts'

export type AnsweredAgain =
  | { readonly kind: 'recalled'; readonly entry: Entry | undefined }
  | { readonly kind: 'not-recalled'; readonly why: NotRecalled }

type Store = Pick<ObjectReader & History, 'readBlobs' | 'log'>

/** What an answer makes of the file of these conflicts, as many as it was given to. */
export async function answerAgain(
  store: Store,
  answer: Answer,
  now: readonly ToldConflict[],
  workspace: Workspace,
): Promise<AnsweredAgain> {
  const [then, here] = [together(answer.conflicts), together(now)]
  if (!then || !here) return not('other-lines')
  const isSame = sameSides(then.sides, here.sides)
  const entries = [...entriesOf(then.sides), ...entriesOf(here.sides), answer.left, answer.made]
  if (isSame && sameEntry(answer.left, then.sides.upstream)) {
    // That it is there is asked before it is promised.
    if (!answer.made || !isFile(answer.made)) return { kind: 'recalled', entry: answer.made }
    return (await loadTexts(store, [answer.made], workspace)) && !hasMarks(workspace, answer.made)
      ? { kind: 'recalled', entry: answer.made }
      : not('contents-gone')
  }
  if (entries.some((entry) => entry === undefined || !isFile(entry))) return not('not-text')
  if (!(await loadTexts(store, entries, workspace))) return not('contents-gone')
  const [old, sides] = [textOf(answer, then, workspace), textsOf(here.sides, workspace)]
  if (!sides) return not('not-text')
  if (!old) return not('collides')
  const recalled = recall(old, { path: here.path, sides })
  if (recalled.kind === 'not-recalled') return recalled
  const { left, made: entry } = answer
  const mode = entry?.mode === left?.mode ? here.sides.upstream?.mode : entry?.mode
  return mode === undefined
    ? not('not-text')
    : { kind: 'recalled', entry: { mode, oid: workspace.put(recalled.lines) } }
}

/** What the answer changed, as a difference is shown; `undefined` where it cannot be had, or is not to be quoted. */
export async function differenceOf(
  store: Store,
  { left, made, path }: Answer,
  workspace: Workspace,
): Promise<readonly string[] | undefined> {
  if (isPrivatePath(path) || ![left, made].every((entry) => entry && isFile(entry))) return undefined
  if (!(await loadTexts(store, [left, made], workspace))) return undefined
  const [before, after] = [left, made].map((entry) => entry && workspace.lines(entry.oid))
  if (!before || !after) return undefined
  return diffLines(before, after).flatMap(({ from, to, start, end }) => [
    ...before.slice(from, to).map((line) => `-${bareLine(line)}`),
    ...after.slice(start, end).map((line) => `+${bareLine(line)}`),
  ])
}

/** The texts that an answer was given to, and what was made of them; `undefined` where they are no texts, or are not to be had. */
export async function textOfAnswer(
  store: Store,
  answer: Answer,
  workspace: Workspace,
): Promise<AnsweredText | undefined> {
  const then = together(answer.conflicts)
  if (!then) return undefined
  const entries = [...entriesOf(then.sides), answer.left, answer.made]
  if (entries.some((entry) => entry === undefined || !isFile(entry))) return undefined
  return (await loadTexts(store, entries, workspace)) ? textOf(answer, then, workspace) : undefined
}

interface AnsweredText {
  readonly path: string
  readonly sides: Sides<readonly string[]>
  readonly made: readonly string[]
}

function textOf(answer: Answer, then: Together, workspace: Workspace): AnsweredText | undefined {
  const sides = textsOf(then.sides, workspace)
  const made = alone(answer, then.sides.upstream, workspace)
  return sides && made && { path: then.path, sides, made }
}

function not(code: Exclude<NotRecalled['code'], 'names-lost'>): AnsweredAgain {
  return { kind: 'not-recalled', why: { code } }
}

interface Together {
  readonly path: string
  readonly sides: Sides<Entry | undefined>
}

/** Several patches of one file, as a person settles them: what they make of it together is the one side. */
function together(conflicts: readonly ToldConflict[]): Together | undefined {
  const [first, last] = [conflicts[0], conflicts.at(-1)]
  if (!first || !last) return undefined
  return { path: last.path, sides: { ...last.sides, base: first.sides.base } }
}

function entriesOf({ base, upstream, patch }: Sides<Entry | undefined>): readonly (Entry | undefined)[] {
  return [base, upstream, patch]
}

function sameSides(a: Sides<Entry | undefined>, b: Sides<Entry | undefined>): boolean {
  return sameEntry(a.base, b.base) && sameEntry(a.upstream, b.upstream) && sameEntry(a.patch, b.patch)
}

/** Whether all of them are there. */
export async function loadTexts(
  store: Store,
  entries: readonly (Entry | undefined)[],
  workspace: Workspace,
): Promise<boolean> {
  const oids = entries.flatMap((entry) => (entry ? [entry.oid] : []))
  await converse(workspace.load(oids), store, undefined)
  return oids.every((oid) => workspace.has(oid))
}

function textsOf(
  sides: Sides<Entry | undefined>,
  workspace: Workspace,
): Sides<readonly string[]> | undefined {
  const [base, upstream, patch] = [sides.base, sides.upstream, sides.patch].map(
    (entry) => entry && workspace.lines(entry.oid),
  )
  return base && upstream && patch ? { base, upstream, patch } : undefined
}

/** What the person made of it without what our later commits had done to the file below it. */
function alone(
  { left, made }: Answer,
  upstream: Entry | undefined,
  workspace: Workspace,
): readonly string[] | undefined {
  const lines = made && workspace.lines(made.oid)
  if (!lines || hasMarks(workspace, made)) return undefined
  if (sameEntry(left, upstream)) return lines
  const [base, there] = [left, upstream].map((entry) => entry && workspace.lines(entry.oid))
  if (!base || !there) return undefined
  const merged = mergeText({ base, upstream: there, patch: lines })
  return merged.open.length > 0 ? undefined : merged.lines
}

/** A text with marks of a conflict is no answer yet. */
function hasMarks(workspace: Workspace, { oid }: Entry): boolean {
  return (workspace.lines(oid) ?? []).some(isMark)
}
