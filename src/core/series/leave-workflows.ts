import { isInside } from '../model/parent-of.ts'
import { sameEntry, withChanges, type Entry, type Tree } from '../model/tree.ts'
import type { CarriedSeries } from './carried-series.ts'
import type { Patch } from './series.ts'

/** Where GitHub's own workflows are; who writes there needs a permission of its own. */
const WORKFLOWS = '.github/workflows'

/** A carried series in which every workflow file is as the fork has it, and which files that concerns. */
export function leaveWorkflows(
  carried: CarriedSeries,
  fork: Tree,
): { readonly carried: CarriedSeries; readonly left: readonly string[] } {
  const all = [carried.start, carried.tree, ...carried.patches.map(({ after }) => after)]
  const left = [...new Set([...all, fork].flatMap((tree) => workflowsIn(tree)))]
    .filter((path) => all.some((tree) => !sameEntry(tree.get(path), fork.get(path))))
    .sort()
  if (left.length === 0) return { carried, left }
  const asInFork = new Map(left.map((path): [string, Entry | undefined] => [path, fork.get(path)]))
  const leave = (tree: Tree): Tree => withChanges(tree, asInFork)
  const patches = carried.patches.map((patch) => ({
    ...patch,
    before: leave(patch.before),
    after: leave(patch.after),
  }))
  return { carried: { ...carried, patches, start: leave(carried.start), tree: leave(carried.tree) }, left }
}

/** A series without what it does to workflow files, which stay as the fork has them whatever its patches say. */
export function withoutWorkflows(patches: readonly Patch[]): readonly Patch[] {
  return patches.flatMap((patch) => {
    const changes = patch.changes.filter(({ path }) => !isInside(path, WORKFLOWS))
    return changes.length > 0 ? [{ ...patch, changes }] : []
  })
}

/** Whether a branch has workflow files as the fork has them, where the release has others: they were left when it was written. */
export function hasLeftWorkflows(
  branch: Tree,
  { fork, release }: { readonly fork: Tree; readonly release: Tree },
): boolean {
  const paths = [...new Set([branch, fork, release].flatMap((tree) => workflowsIn(tree)))]
  const isAsIn = (other: Tree) => paths.every((path) => sameEntry(branch.get(path), other.get(path)))
  return isAsIn(fork) && !isAsIn(release)
}

function workflowsIn(tree: Tree): readonly string[] {
  return [...tree.keys()].filter((path) => isInside(path, WORKFLOWS))
}
