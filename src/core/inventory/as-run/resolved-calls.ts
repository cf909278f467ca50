import { parentOf } from '../../model/parent-of.ts'
import type { Tree } from '../../model/tree.ts'
import { onlyTells } from '../calls/may-hold-calls.ts'
import { playbookCalls, type PlaybookCall } from '../calls/playbook-calls.ts'
import { resolveWrittenPath, type WrittenPath } from './resolve-written-path.ts'

/** A call with what it names in the repository. */
export interface ResolvedCall {
  readonly file: string
  readonly line: number
  /** The how manieth call of its file. */
  readonly index: number
  /** Files and folders of inventories; none where the call leaves it to Ansible's settings. */
  readonly inventories: readonly WrittenPath[]
  readonly extra: readonly ResolvedExtra[]
  /** Whether a page only tells people to type it. */
  readonly isTold: boolean
  /** Whether it brings a cluster to what the variables say; taking one down, or a node out, does not. */
  readonly applies: boolean
}

type ResolvedExtra =
  | { readonly kind: 'values' }
  | { readonly kind: 'file'; readonly written: string; readonly path: WrittenPath }

/** All calls of a repository, in the order of files and lines. */
export function resolvedCalls(
  tree: Tree,
  callers: readonly string[],
  texts: ReadonlyMap<string, string>,
): readonly ResolvedCall[] {
  const known = pathsOf(tree)
  return callers.flatMap((file) => {
    const text = texts.get(file)
    if (text === undefined || !/ansible|PLAYBOOK|inventory/i.test(text)) return []
    const resolve = (written: string): WrittenPath => resolveWrittenPath(written, { file, text, known })
    return playbookCalls(file, text).map((call, index): ResolvedCall => ({
      file,
      line: call.line,
      index,
      inventories: call.inventories.map(resolve),
      extra: extraOf(call, resolve),
      isTold: onlyTells(file),
      applies: call.playbooks.length === 0 || call.playbooks.some((each) => !LEAVES_VERSIONS.test(each)),
    }))
  })
}

/** Kubespray's playbooks after which a cluster runs no other version. */
const LEAVES_VERSIONS =
  /(?:^|[/.])(?:reset|remove[-_]node|recover[-_]control[-_]plane|facts|mirror|ping|collect-info)(?:\.ya?ml)?$/

/** Values of one call are read together, where the first of them stands. */
function extraOf(
  { extra }: PlaybookCall,
  resolve: (written: string) => WrittenPath,
): readonly ResolvedExtra[] {
  const found: ResolvedExtra[] = []
  for (const each of extra) {
    if (each.kind === 'file') found.push({ kind: 'file', written: each.path, path: resolve(each.path) })
    else if (!found.some(({ kind }) => kind === 'values')) found.push({ kind: 'values' })
  }
  return found
}

/** Every file and every folder with files in it. */
function pathsOf(tree: Tree): readonly string[] {
  const folders = new Set<string>()
  const files: string[] = []
  for (const [path, { mode }] of tree) {
    if (mode === '160000') continue
    files.push(path)
    for (let folder = parentOf(path); folder !== '' && !folders.has(folder); folder = parentOf(folder))
      folders.add(folder)
  }
  return [...files, ...folders]
}
