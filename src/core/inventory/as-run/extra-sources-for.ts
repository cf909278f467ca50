import { nameOf } from '../../model/parent-of.ts'
import type { Place } from '../../model/problem.ts'
import type { ExtraSource, Inventory } from '../find-inventories.ts'
import { readVariableFile } from '../read-variable-file.ts'
import { isKubesprayVariable } from './is-kubespray-variable.ts'
import type { ResolvedCall } from './resolved-calls.ts'
import type { WrittenPath } from './resolve-written-path.ts'

/** A file that a command hands in and that the repository does not have: what it sets nobody here knows. */
export interface UnknownExtra {
  readonly kind: 'unknown-extra'
  /** As the command writes it. */
  readonly written: string
  readonly at: Place
}

interface ExtraSources {
  readonly sources: readonly ExtraSource[]
  readonly unknown: readonly UnknownExtra[]
}

/** What the commands that run an inventory hand in on top of it. */
export function extraSourcesFor(
  inventory: Inventory,
  { calls }: { readonly calls: readonly ResolvedCall[] },
  isOnly: boolean,
): ExtraSources {
  const sources: ExtraSource[] = []
  const unknown: UnknownExtra[] = []
  for (const call of calls) {
    if (!call.applies || !runs(call, { inventory, isOnly, calls })) continue
    for (const extra of call.extra) {
      if (extra.kind === 'values') {
        sources.push({ kind: 'command', path: call.file, call: call.index })
        continue
      }
      const [path, ...more] = extra.path.kind === 'found' ? extra.path.paths : []
      const at = { file: call.file, line: call.line, column: 1 }
      if (path !== undefined && more.length === 0) sources.push({ kind: 'file', path })
      else unknown.push({ kind: 'unknown-extra', written: extra.written, at })
    }
  }
  return { sources: distinctSources(sources), unknown: distinctUnknown(unknown) }
}

interface Running {
  readonly inventory: Inventory
  readonly isOnly: boolean
  readonly calls: readonly ResolvedCall[]
}

/** Whether a call runs an inventory; one that does not say which may run the only one there is, or the one that Ansible's settings name. */
function runs({ inventories }: ResolvedCall, { inventory, isOnly, calls }: Running): boolean {
  if (inventories.length > 0) return inventories.some((each) => isOf(each, inventory, isOnly))
  const settings = calls
    .filter(({ file }) => /(?:^|\/)ansible\.cfg$/.test(file))
    .flatMap((each) => each.inventories)
  return settings.length > 0 ? settings.some((each) => isOf(each, inventory, isOnly)) : isOnly
}

function isOf(path: WrittenPath, { folder, hostFiles, dynamic }: Inventory, isOnly: boolean): boolean {
  const hosts = [...hostFiles, ...dynamic]
  if (path.kind === 'found') return [folder, ...hosts].some((own) => path.paths.includes(own))
  if (path.name !== undefined && isOtherFile(path.name, hosts)) return false
  return path.kind === 'any' || isOnly
}

/**
 * Whether a name is that of another file of hosts, which the repository does not have: a script that writes one and runs it. By the name that everybody
 * gives it a copy of one's own may be meant, and where an inventory has none, whatever is made for it.
 */
function isOtherFile(name: string, hosts: readonly string[]): boolean {
  if (!name.includes('.') || /^(?:hosts?|inventory)\.\w+$/i.test(name)) return false
  return hosts.length > 0 && !hosts.some((own) => nameOf(own) === name)
}

/** Where one is handed in more than once, the last time counts. */
function distinctSources(sources: readonly ExtraSource[]): readonly ExtraSource[] {
  const keyed = sources.map(
    (each) => [each.kind === 'file' ? each.path : `${each.path}\n${each.call}`, each] as const,
  )
  return keyed
    .filter(([key], index) => !keyed.slice(index + 1).some(([other]) => other === key))
    .map(([, each]) => each)
}

function distinctUnknown(unknown: readonly UnknownExtra[]): readonly UnknownExtra[] {
  return [...new Map(unknown.toReversed().map((each) => [each.written, each])).values()].reverse()
}

/** Files beside the hosts that set what Kubespray reads, though no command of the repository hands them in. */
export function unreadVariables(
  files: readonly string[],
  texts: ReadonlyMap<string, string>,
): readonly { readonly kind: 'not-handed-in'; readonly file: string; readonly at: Place }[] {
  return files.flatMap((path) => {
    const text = texts.get(path)
    if (text === undefined) return []
    const { settings } = readVariableFile({ path, scope: { kind: 'group', name: 'all' } }, text)
    const first = settings.find(({ name }) => isKubesprayVariable(name))
    return first ? [{ kind: 'not-handed-in', file: path, at: first.at } as const] : []
  })
}
