import type { LoggedCommit } from '../model/commit.ts'
import { defined } from '../model/defined.ts'
import { namedCommit, type MergeReason } from '../model/merge-reason.ts'
import type { Tree } from '../model/tree.ts'
import { askLog, type Conversation } from './conversation.ts'
import { blobsOf, isFile } from '../model/is-file.ts'
import type { Workspace } from './workspace.ts'

/** That the release reads a variable in another way than the base did. */
export interface ChangedUse {
  readonly before: string
  /** `undefined`: nothing of what read it does so any more. */
  readonly after: string | undefined
  /** The upstream commit that changed it, where history was asked. */
  readonly commit: LoggedCommit | undefined
}

export interface Releases {
  readonly base: Tree
  readonly upstream: Tree
}

/** More files than this bear the first word of a name that says little (`kube_…`): looking into all of them costs too much. */
const SEARCHED = 40

/**
 * Whether what reads a variable changed between two releases: a value that fits one way of reading it need not fit another.
 * Looked for in the files that are named for the variable's first word, as the roles of Kubespray and their templates are:
 * by what they say at both ends, and with `history` commit by commit as well.
 */
export function* changedUse(
  variable: string,
  { base, upstream }: Releases,
  workspace: Workspace,
  depth: 'ends' | 'history',
): Conversation<ChangedUse | undefined> {
  const paths = readersOf(variable, base).filter((path) => base.get(path)?.oid !== upstream.get(path)?.oid)
  if (paths.length === 0 || paths.length > SEARCHED) return undefined
  yield* workspace.load(paths.flatMap((path) => blobsOf(base.get(path), upstream.get(path))))
  const readers = paths.filter((path) => usesIn(base, path, variable, workspace).length > 0)
  const before = readers.flatMap((path) => usesIn(base, path, variable, workspace))
  const after = readers.flatMap((path) => usesIn(upstream, path, variable, workspace))
  if (before.length === 0) return undefined
  const found = depth === 'history' ? yield* changedBy(variable, readers, workspace) : undefined
  if (found || before.some((use) => after.some((other) => same(use, other)))) return found
  return { before: before[0] as string, after: after[0], commit: undefined }
}

/** The newest commit after which nothing reads the variable as before in the files it changes. */
function* changedBy(
  variable: string,
  paths: readonly string[],
  workspace: Workspace,
): Conversation<ChangedUse | undefined> {
  for (const commit of yield* askLog(paths)) {
    const changes = commit.changes.filter(
      ({ path, before, after }) => paths.includes(path) && before && after,
    )
    yield* workspace.loadDeltas(changes.map(({ before, after }) => [before, after]))
    for (const { before, after } of changes) {
      if (!before || !after || !isFile(before) || !isFile(after)) continue
      const { removed, added } = workspace.delta(before.oid, after.oid)
      const [was, is] = [removed, added].map((lines) => lines.filter((line) => isUse(line, variable)))
      const use = was?.find((line) => !is?.some((other) => same(line, other)))
      if (use !== undefined && is?.[0] !== undefined) return { before: use, after: is[0], commit }
    }
  }
  return undefined
}

function readersOf(variable: string, tree: Tree): string[] {
  const [word = ''] = variable.split('_')
  return [...tree.keys()].filter((path) => isCode(path) && path.split(/[/._-]/).includes(word))
}

/** Tasks, variables and templates; documents and samples only talk of a variable. */
function isCode(path: string): boolean {
  return /\.(?:ya?ml|j2)$/.test(path) && !path.startsWith('inventory/')
}

function usesIn(tree: Tree, path: string, variable: string, workspace: Workspace): string[] {
  const entry = tree.get(path)
  if (!entry || !isFile(entry) || !workspace.has(entry.oid)) return []
  return (workspace.lines(entry.oid) ?? []).filter((line) => isUse(line, variable)).map((line) => line.trim())
}

/** A line that mentions the variable and does not set it. */
function isUse(line: string, variable: string): boolean {
  if (!line.includes(variable) || line.trimStart().startsWith('#')) return false
  const mentioned = new RegExp(`(?<![\\w.-])${variable}(?![\\w-])`)
  return mentioned.test(line) && !new RegExp(`^\\s*(?:-\\s*)?${variable}\\s*:`).test(line)
}

/** Quotes and blanks are no matter of how a value is read. */
function same(a: string, b: string): boolean {
  const bare = (line: string): string => line.replace(/[\s"']/g, '')
  return bare(a) === bare(b)
}

export function readOtherwise(variable: string, { before, after, commit }: ChangedUse): MergeReason {
  const by = commit && namedCommit(commit)
  return { code: 'variable-read-otherwise', variable, before, ...defined({ after, commit: by }) }
}
