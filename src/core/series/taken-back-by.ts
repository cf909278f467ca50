import { sameEntry } from '../model/tree.ts'
import type { Patch } from './series.ts'

/**
 * The patch that takes back the last of a series' changes to a file, where the series as a whole leaves the file as the base
 * has it; `undefined` where something is left. Such changes need no carrying, and dropping all of them changes nothing.
 */
export function takenBackBy(path: string, series: readonly Patch[]): Patch | undefined {
  const touching = series.flatMap((patch) =>
    patch.changes.filter((change) => change.path === path).map((change) => ({ patch, change })),
  )
  const [first, ...later] = touching
  const last = later.at(-1)
  return first && last && sameEntry(first.change.before, last.change.after) ? last.patch : undefined
}

/** The patch without its changes to these files. */
export function withoutPaths(patch: Patch, paths: ReadonlySet<string>): Patch {
  return { ...patch, changes: patch.changes.filter(({ path }) => !paths.has(path)) }
}
