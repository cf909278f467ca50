import { mayHoldCalls } from '../../core/inventory/calls/may-hold-calls.ts'
import { LARGEST_THAT_TELLS } from '../../core/layout/files-that-may-tell.ts'
import type { Place } from '../../core/model/problem.ts'
import { differingPaths, type Tree } from '../../core/model/tree.ts'
import { decodeText } from '../../core/text/split-lines.ts'
import type { ObjectReader } from '../../ports/object-store.ts'

/** Where a fork's own scripts, workflows and pages name a branch: each has to say the next one once that is there. */
export async function branchMentions(
  store: Pick<ObjectReader, 'readBlobs'>,
  { tree, base }: { readonly tree: Tree; readonly base: Tree },
  branch: string,
): Promise<readonly Place[]> {
  const own = differingPaths(base, tree).flatMap((path) => {
    const entry = tree.get(path)
    return entry && mayHoldCalls(path, entry) ? [[path, entry.oid] as const] : []
  })
  const blobs = await store.readBlobs(own.slice(0, MOST_FILES).map(([, oid]) => oid))
  return own.flatMap(([file, oid]) => {
    const bytes = blobs.get(oid)
    if (!bytes || bytes.length > LARGEST_THAT_TELLS) return []
    const lines = (decodeText(bytes) ?? '').split('\n')
    return lines.flatMap((line, index) =>
      isNamedIn(line, branch) ? [{ file, line: index + 1, column: 1 }] : [],
    )
  })
}

/** The name as a word of its own, and no part of a longer name. */
function isNamedIn(line: string, branch: string): boolean {
  for (let at = line.indexOf(branch); at >= 0; at = line.indexOf(branch, at + 1)) {
    const [before, after] = [line.slice(0, at), line.slice(at + branch.length)]
    const isPart = /[\w.-]$/.test(before) || /^(?:[\w/-]|\.\w)/.test(after)
    if (!isPart && (!before.endsWith('/') || /(?:^|[^\w.-])(?:origin|refs\/heads)\/$/.test(before)))
      return true
  }
  return false
}

/** Nobody runs a cluster from more files than these. */
const MOST_FILES = 100
