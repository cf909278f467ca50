import {
  branchesOfPattern,
  readBranchPattern,
  versionInName,
  type BranchPattern,
} from '../../core/branches/branch-pattern.ts'
import { noBranchOfPattern } from '../../core/explain/trouble/no-branch-of-pattern.ts'
import { sameEntry } from '../../core/model/tree.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import { differingPaths } from '../../core/model/tree.ts'
import { stepRecordedIn } from '../../core/series/trailer.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'

interface KnownBranches {
  readonly branches: ReadonlyMap<string, Oid>
  readonly upstreamTips: readonly Oid[]
}

/** The branch that is meant by what a command or the settings say, and the pattern where that is one. */
export async function branchMeant(
  store: ObjectReader & History,
  known: KnownBranches,
  written: string | undefined,
): Promise<{ readonly name: string | undefined; readonly pattern?: BranchPattern }> {
  const pattern = written === undefined ? undefined : readBranchPattern(written)
  return pattern ? { name: await newestBranch(store, known, pattern), pattern } : { name: written }
}

/**
 * The branch that holds the patches, of those that are named for a release: the newest with commits of its own. One that was only
 * started at its tag is for a step that is not merged yet, and so is one on which somebody committed meanwhile.
 */
async function newestBranch(
  store: ObjectReader & History,
  { branches, upstreamTips }: KnownBranches,
  pattern: BranchPattern,
): Promise<string> {
  const named = branchesOfPattern(pattern, branches.keys())
  for (const name of named) {
    const head = branches.get(name)
    if (!head) continue
    const own = await store.log({ to: head, not: upstreamTips })
    if (own.length === 0) continue
    const step = stepFor(versionInName(pattern, name) ?? '', branches)
    const isThere = own.some(({ message }) => stepRecordedIn(message) !== undefined)
    if (!step || isThere || (await hasAll(store, { head, step, upstreamTips }))) return name
  }
  throw new Refusal(noBranchOfPattern(pattern.text, [...branches.keys()]))
}

/** The branch of our step to a release, where there is one. */
function stepFor(version: string, branches: ReadonlyMap<string, Oid>): Oid | undefined {
  const name = `multiarch/kubespray-${version}`
  return [...branches].find(([each]) => each === name || each.startsWith(`${name}.`))?.[1]
}

/** Whether everything that a step changes is on a branch, by whatever commits it came there. */
async function hasAll(
  store: ObjectReader & History,
  {
    head,
    step,
    upstreamTips,
  }: { readonly head: Oid; readonly step: Oid; readonly upstreamTips: readonly Oid[] },
): Promise<boolean> {
  const own = await store.log({ to: step, not: upstreamTips })
  const below = own.at(-1)?.parents[0]
  if (below === undefined) return true
  const [before, after, there] = [
    await store.readTree(below),
    await store.readTree(step),
    await store.readTree(head),
  ]
  return differingPaths(before, after).every((path) => sameEntry(after.get(path), there.get(path)))
}
