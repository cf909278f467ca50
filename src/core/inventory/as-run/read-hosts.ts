import { nameOf } from '../../model/parent-of.ts'
import type { Entry } from '../../model/tree.ts'
import { currentGroupName } from '../cluster-groups.ts'
import { readHostFile, type HostFile } from '../host-file.ts'
import { expandHosts } from '../hosts/expand-hosts.ts'
import { hostFormat, yamlContent } from '../hosts/host-format.ts'

/** What a file that may name hosts is, by what stands in it. */
export type HostCandidate =
  | {
      readonly kind: 'hosts'
      readonly path: string
      readonly file: HostFile
      readonly hosts: ReadonlySet<string>
    }
  /** A script or a plugin's settings: Ansible asks somewhere else. */
  | { readonly kind: 'dynamic'; readonly path: string }
  /** A file whose name says that it holds hosts, and that nobody can read. */
  | { readonly kind: 'unreadable'; readonly path: string }
  | { readonly kind: 'other'; readonly path: string }

/** Decides by content; a file that somebody runs is one of hosts whatever it is called. `text` is absent where it is no text. */
export function readHosts(
  path: string,
  {
    entry,
    text,
    isCalled,
  }: { readonly entry: Entry; readonly text: string | undefined; readonly isCalled: boolean },
): HostCandidate {
  const speaks = speaksOfHosts(nameOf(path))
  if (entry.mode === '120000') return { kind: 'dynamic', path }
  if (text === undefined) return { kind: speaks || isCalled ? 'unreadable' : 'other', path }
  if (isScript(path, entry, text))
    return { kind: speaks || isCalled || /\.py$/.test(path) ? 'dynamic' : 'other', path }
  if (hostFormat(path, text) === 'yaml') {
    const content = yamlContent(text)
    if (content === 'plugin') return { kind: 'dynamic', path }
    if (content === 'unreadable') return { kind: speaks || isCalled ? 'unreadable' : 'other', path }
    if (content === 'other' && !isCalled) return { kind: 'other', path }
    if (content === 'empty' && !speaks) return { kind: 'other', path }
    return hostsOf(path, text)
  }
  const found = hostsOf(path, text)
  if (isCalled || speaks || namesCluster(found.file)) return found
  // Any program may have an INI file; one that is an inventory has nothing in it that an inventory has not.
  const isInventory =
    /\.ini$/i.test(path) && found.file.problems.length === 0 && text.split('\n').some(isOpening)
  return isInventory ? found : { kind: 'other', path }
}

/** A section that only inventories have. */
function isOpening(line: string): boolean {
  return /^\[[^\]]+:(?:children|vars)\]/.test(line.trim())
}

/** The names that Kubespray's own documents give, and Ansible's. */
function speaksOfHosts(name: string): boolean {
  if (/^(?:inventory|hosts)(?:\.(?:ini|ya?ml|json))?$/i.test(name)) return true
  const stem = /\.ya?ml$/i.test(name) ? name.split('.').at(-2) : undefined
  return stem !== undefined && /host|inventor/i.test(stem)
}

function hostsOf(path: string, text: string): HostCandidate & { kind: 'hosts' } {
  const file = readHostFile(path, text)
  return { kind: 'hosts', path, file, hosts: new Set([...file.hosts.values()].flat().flatMap(expandHosts)) }
}

/** Ansible runs what is executable; with the first line of a script in it, it is one. */
function isScript(path: string, { mode }: Entry, text: string): boolean {
  return text.startsWith('#!') && (mode === '100755' || /\.(?:py|sh|rb|pl)$/.test(path))
}

/** Whether a file of hosts has groups that Kubespray's playbooks work on. */
export function namesCluster({ hosts, children }: HostFile): boolean {
  return [...hosts.keys(), ...children.keys(), ...[...children.values()].flat()].some(isClusterGroup)
}

/** Whether a group, under whichever of its names, is one of Kubespray's own; `etcd` and `bastion` may be anybody's. */
export function isClusterGroup(name: string): boolean {
  return OWN_GROUPS.includes(currentGroupName(name))
}

const OWN_GROUPS = ['k8s_cluster', 'kube_control_plane', 'kube_node', 'calico_rr', 'no_floating']

/** Whether a file puts hosts, or other groups, in the group of the control plane. */
export function hasControlPlane({ hosts, children }: HostFile): boolean {
  const group = 'kube_control_plane'
  return (hosts.get(group)?.length ?? 0) + (children.get(group)?.length ?? 0) > 0
}
