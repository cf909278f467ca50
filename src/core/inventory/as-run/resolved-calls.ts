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
  readonly playbooks: readonly NamedPlaybook[]
  /** Whether a page only tells people to type it. */
  readonly isTold: boolean
  /** Whether it brings a cluster to what the variables say; taking one down, a node out, or a playbook that has nothing of Kubespray's does not. */
  readonly applies: boolean
}

interface NamedPlaybook {
  readonly written: string
  readonly path: WrittenPath
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
  const reading = { texts, roles: rolesOf(known) }
  return callers.flatMap((file) => {
    const text = texts.get(file)
    if (text === undefined || !/ansible|PLAYBOOK|inventory/i.test(text)) return []
    const resolve = (written: string): WrittenPath => resolveWrittenPath(written, { file, text, known })
    return playbookCalls(file, text).map((call, index): ResolvedCall => {
      const playbooks = call.playbooks.map((written) => ({ written, path: resolve(written) }))
      return {
        file,
        line: call.line,
        index,
        inventories: call.inventories.map(resolve),
        extra: extraOf(call, resolve),
        playbooks,
        isTold: onlyTells(file),
        applies: playbooks.length === 0 || playbooks.some((each) => brings(each, reading)),
      }
    })
  })
}

interface Reading {
  readonly texts: ReadonlyMap<string, string>
  readonly roles: ReadonlySet<string>
}

function brings({ written, path }: NamedPlaybook, { texts, roles }: Reading): boolean {
  if (LEAVES_VERSIONS.test(written)) return false
  if (isKubespraysPlaybook(written)) return true
  // A collection's playbook goes by its name: another one's is nobody's here.
  if (!/\.ya?ml$/.test(written)) return false
  const own = path.kind === 'found' ? path.paths.map((each) => texts.get(each)) : []
  return own.length === 0 || own.some((text) => text === undefined || mayRunKubespray(text, roles))
}

/** Whether a playbook may import one of Kubespray's, have one of its roles or start one of its playbooks. */
function mayRunKubespray(text: string, roles: ReadonlySet<string>): boolean {
  if (/kubespray|kargo|import_playbook|ansible-playbook/i.test(text)) return true
  if (!/role/.test(text)) return false
  return [...text.matchAll(NAMED)].some(([, name = '']) => roles.has(name))
}

const NAMED = /(?:^[ \t]*-|\b(?:role|name)["']?[ \t]*:)[ \t]*["']?([\w./-]+)["']?[ \t},]*$/gm

/** The roles that stand beside what is run, by the names that playbooks call them. */
function rolesOf(paths: readonly string[]): ReadonlySet<string> {
  const found = paths.map(
    (path) => /(?:^|\/)roles\/(.+)\/(?:tasks|defaults|vars|handlers|meta)$/.exec(path)?.[1],
  )
  return new Set(found.filter((name) => name !== undefined))
}

/** Whether a playbook goes by the name of one of Kubespray's, whose text nobody has to read. */
export function isKubespraysPlaybook(written: string): boolean {
  return (
    LEAVES_VERSIONS.test(written) ||
    /^kubernetes_sigs\.kubespray\.|(?:^|\/)(?:cluster|upgrade[-_]cluster|scale)\.ya?ml$/.test(written)
  )
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
