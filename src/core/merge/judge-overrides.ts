import type { MergeReason } from '../model/merge-reason.ts'
import type { Oid } from '../model/oid.ts'
import type { FileOutcome } from '../model/verdict.ts'
import { readOutline, type Block } from '../yaml/outline/read-outline.ts'
import { changedUse, readOtherwise, type ChangedUse, type Releases } from './changed-use.ts'
import type { Conversation } from './conversation.ts'
import { hasOutline } from './file-merge.ts'
import type { TreeMerge } from './merge-tree.ts'
import { type PatchChange } from './patch-changes.ts'
import { isFile } from '../model/is-file.ts'
import type { Workspace } from './workspace.ts'

/** A patch that sets more variables of one file than this is no handful of overrides, and each costs a search. */
const LOOKED_AT = 8

/**
 * Looks at the variables whose value the patch keeps against the release: where the release reads one in another way now, a
 * person is told. Where most of what the patch sets in a file is gone and the release reads all the rest in another way,
 * it belongs to a solution that upstream replaced, and is left out.
 */
export function* judgeOverrides(
  merge: TreeMerge,
  patch: readonly PatchChange[],
  releases: Releases,
  workspace: Workspace,
): Conversation<TreeMerge> {
  const changes = new Map(merge.changes)
  const outcomes: FileOutcome[] = []
  for (const outcome of merge.outcomes) {
    const change = patch.find(({ path }) => path === outcome.path)
    const kept = change ? yield* keptOverrides(change, outcome, { merge, releases }, workspace) : undefined
    if (!kept) {
      outcomes.push(outcome)
      continue
    }
    const mostIsGone = (outcome.gone ?? []).length > kept.names.length && kept.isAll
    const uses: [string, ChangedUse][] = []
    for (const name of kept.names) {
      const use = yield* changedUse(name, releases, workspace, mostIsGone ? 'history' : 'ends')
      if (use) uses.push([name, use])
    }
    const isReplaced = mostIsGone && uses.length === kept.names.length
    if (isReplaced) changes.delete(outcome.to)
    if (uses.length === 0) outcomes.push(outcome)
    else outcomes.push(isReplaced ? replaced(outcome, uses) : told(outcome, uses))
  }
  return { changes, outcomes }
}

interface Kept {
  readonly names: readonly string[]
  /** Nothing else is left of the patch in this file. */
  readonly isAll: boolean
}

/** The variables of the file's top level that the patch gives another value and that stay so; `undefined` for none. */
function* keptOverrides(
  { before, after }: PatchChange,
  { to, verdict }: FileOutcome,
  { merge, releases }: { readonly merge: TreeMerge; readonly releases: Releases },
  workspace: Workspace,
): Conversation<Kept | undefined> {
  if (verdict === 'conflict' || !hasOutline(to)) return undefined
  const [result, there] = [merge.changes.get(to), releases.upstream.get(to)]
  const texts = [before, after, there, result].map((entry) =>
    entry && isFile(entry) ? entry.oid : undefined,
  )
  const oids = texts.filter((oid): oid is Oid => oid !== undefined)
  if (oids.length < texts.length) return undefined
  yield* workspace.load(oids)
  // Reading whole outlines is for patches that give variables other values at all.
  if (
    !workspace
      .delta(oids[0] as Oid, oids[1] as Oid)
      .added.some((line) => /^[A-Za-z](?=\w*_\w)\w*:\s/.test(line))
  )
    return undefined
  const [was, own, upstream, merged] = oids.map((oid) => valuesIn(workspace.lines(oid) ?? []))
  if (!was || !own || !upstream || !merged) return undefined
  const names = [...own].flatMap(([name, line]) => {
    const isOverride = was.has(name) && was.get(name) !== line && upstream.has(name)
    return isOverride && merged.get(name) !== upstream.get(name) ? [name] : []
  })
  if (names.length === 0 || names.length > LOOKED_AT) return undefined
  const { added, removed } = workspace.delta(oids[2] as Oid, oids[3] as Oid)
  return { names, isAll: added.length === names.length && removed.length === names.length }
}

/** Variables of the top level that are one line, by name. */
function valuesIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const isVariable = ({ kind, id, lines: own, children }: Block): boolean =>
    kind === 'key' && own.length === 1 && children.length === 0 && /^k:[A-Za-z](?=\w*_\w)\w*$/.test(id)
  return new Map(
    readOutline(lines)
      .children.filter(isVariable)
      .map(({ id, lines: [line = ''] }) => [id.slice(2), line]),
  )
}

type Uses = readonly (readonly [string, ChangedUse])[]

function told(outcome: FileOutcome, uses: Uses): FileOutcome {
  return {
    ...outcome,
    verdict: 'adapted',
    reasons: [...outcome.reasons, ...asReasons(uses)],
    upstream: withCommits(outcome, uses),
  }
}

function replaced(outcome: FileOutcome, uses: Uses): FileOutcome {
  const reasons = [...(outcome.gone ?? []), ...asReasons(uses), { code: 'solved-otherwise' } as const]
  return { ...outcome, verdict: 'obsolete', reasons, upstream: withCommits(outcome, uses) }
}

function asReasons(uses: Uses): readonly MergeReason[] {
  return uses.map(([name, use]) => readOtherwise(name, use))
}

function withCommits({ upstream }: FileOutcome, uses: Uses): readonly Oid[] {
  return [...new Set([...upstream, ...uses.flatMap(([, { commit }]) => (commit ? [commit.oid] : []))])]
}
