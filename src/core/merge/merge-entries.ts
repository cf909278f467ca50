import type { Sides } from '../model/sides.ts'
import type { Entry } from '../model/tree.ts'
import type { FileOutcome } from '../model/verdict.ts'
import { boundOf } from './bound-of.ts'
import { mergeFile, mergeText, type FileMerge } from './file-merge.ts'
import type { MergeOptions } from '../yaml/outline/findings.ts'
import type { Workspace } from './workspace.ts'

/** Merges the texts of three entries, by their lines alone where they are too large for more; `undefined` where one is no text. */
export function mergeEntries(
  workspace: Workspace,
  path: string,
  sides: Sides<Entry | undefined>,
  options: MergeOptions = {},
): (FileMerge & Pick<FileOutcome, 'bound'>) | undefined {
  const read = (entry: Entry | undefined): readonly string[] | undefined =>
    entry ? workspace.lines(entry.oid) : []
  const base = read(sides.base)
  const upstream = read(sides.upstream)
  const patch = read(sides.patch)
  if (!base || !upstream || !patch) return undefined
  const bound = boundOf({ base, upstream, patch })
  if (bound) return { ...mergeText({ base, upstream, patch }), bound }
  return mergeFile(path, { base, upstream, patch }, options)
}
