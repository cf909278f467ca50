import { sameEntry } from '../../model/tree.ts'
import { lineWeight } from '../line-bag.ts'
import type { PatchChange } from '../patch-changes.ts'
import type { OwnFile, Unit } from './own-files.ts'
import type { FileLines } from '../file-lines.ts'
import type { Workspace } from '../workspace.ts'

/**
 * The change of one file without the units that upstream has: what is left to carry, or `undefined` where that is nothing. What
 * a hunk takes away goes with it, unless all that it puts in is upstream's and what it takes away is gone from the release.
 */
export function withoutUnits(
  { change, before, after, hunks }: OwnFile,
  taken: ReadonlySet<Unit>,
  { lines: known, workspace }: { readonly lines: FileLines; readonly workspace: Workspace },
): PatchChange | undefined {
  const lines: string[] = []
  let at = 0
  for (const hunk of hunks) {
    lines.push(...before.slice(at, hunk.from))
    const rest = hunk.units.filter((unit) => !taken.has(unit))
    const isDone =
      hunk.units.length > 0 && rest.length === 0 && !hunk.removed.some((line) => stands(line, known))
    if (isDone) lines.push(...before.slice(hunk.from, hunk.to))
    else for (const { start, end } of rest) lines.push(...after.slice(start, end))
    at = hunk.to
  }
  lines.push(...before.slice(at))
  if (!change.before || !change.after) return change
  const entry = { mode: change.after.mode, oid: workspace.put(lines) }
  if (sameEntry(entry, change.before) && change.path === change.to) return undefined
  return { ...change, after: entry }
}

/** Where a line stands but once, its being there says that nobody took it away. */
function stands(line: string, { base, release }: FileLines): boolean {
  return lineWeight(line) > 0 && base.get(line) === 1 && release.has(line)
}
