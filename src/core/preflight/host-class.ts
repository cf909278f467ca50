import { currentGroupName, formerGroupName } from '../inventory/cluster-groups.ts'
import { expandHosts } from '../inventory/hosts/expand-hosts.ts'
import type { InventorySettings } from '../inventory/read-settings.ts'
import type { Setting } from '../inventory/setting.ts'

/** The hosts of an inventory by group, every group with those of its children. */
export interface Hosts {
  /** Groups by the names they have today, `all` among them. */
  readonly groups: ReadonlyMap<string, readonly string[]>
}

/** Hosts for which a play does the same, whatever they are called. */
export interface HostClass {
  /** One of them. */
  readonly host: string
  readonly hosts: readonly string[]
  /** Groups by the names they have today. */
  readonly groups: ReadonlySet<string>
  /** The groups of which it is the first host: plays and tasks pick that one out. */
  readonly firstOf: ReadonlySet<string>
}

/** Groups that Kubespray makes itself, of the others, since v2.27.0; inventories had to name them before. */
const MADE_OF: Readonly<Record<string, readonly string[]>> = {
  k8s_cluster: ['kube_control_plane', 'kube_node', 'calico_rr'],
}

/** Reads who is in which group; `undefined` where the inventory names no host: then somebody else does. */
export function hostsOf({ hosts, children }: InventorySettings): Hosts | undefined {
  const own = new Map([...hosts].map(([group, names]) => [group, [...new Set(names.flatMap(expandHosts))]]))
  const all = [...new Set([...own.values()].flat())]
  if (all.length === 0) return undefined
  const names = new Set([
    ...own.keys(),
    ...children.keys(),
    ...[...children.values()].flatMap((each) => [...each]),
  ])
  names.delete('all')
  if ([...(MADE_OF['k8s_cluster'] ?? [])].some((each) => names.has(each))) names.add('k8s_cluster')
  const groups = new Map([...names].map((name) => [name, membersOf(name, { own, children })]))
  return { groups: groups.set('all', all) }
}

function membersOf(
  name: string,
  { own, children }: { own: ReadonlyMap<string, readonly string[]>; children: InventorySettings['children'] },
): readonly string[] {
  const seen = new Set([name])
  // A set is walked in the order of insertion, what is added on the way included.
  for (const group of seen)
    for (const child of [...(children.get(group) ?? []), ...(MADE_OF[group] ?? [])]) seen.add(child)
  return [...new Set([...seen].flatMap((group) => own.get(group) ?? []))]
}

/** Hosts of the same groups, a group's first host by itself: a play asks no more of where a host stands. */
export function hostClasses({ groups }: Hosts): readonly HostClass[] {
  const classes = new Map<
    string,
    { hosts: string[]; groups: ReadonlySet<string>; firstOf: ReadonlySet<string> }
  >()
  const inGroup = new Map([...groups].map(([name, members]) => [name, new Set(members)]))
  for (const host of groups.get('all') ?? []) {
    const own = [...inGroup].filter(([, members]) => members.has(host)).map(([name]) => name)
    const firstOf = own.filter((name) => groups.get(name)?.[0] === host)
    // Releases check that names are those of RFC 1123, and nothing else of them.
    const isDnsName = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/.test(host)
    const key = JSON.stringify([own.sort(), firstOf.sort(), isDnsName])
    const known = classes.get(key)
    if (known) known.hosts.push(host)
    else classes.set(key, { hosts: [host], groups: new Set(own), firstOf: new Set(firstOf) })
  }
  return [...classes.values()].map((each) => ({ ...each, host: each.hosts[0] ?? '' }))
}

/** Both names of a group: the one of today, and the one that releases before v2.16.0 have. */
export function namesOfGroup(name: string): readonly string[] {
  const former = formerGroupName(name)
  return former === undefined ? [name] : [name, former]
}

/** Whether hosts are among those that a play or a delegation names; `undefined` where that cannot be told. */
export function isInPattern(pattern: string, of: HostClass, { groups }: Hosts): boolean | undefined {
  const holds: Record<Sign, boolean[]> = { '': [], '&': [], '!': [] }
  for (const part of partsOf(pattern)) {
    const [, sign = '', written = '', range] = /^([!&]?)([^[]*)(?:\[([^\]]*)\])?$/.exec(part) ?? []
    if (written === '') return undefined
    const isOne = isMember(currentGroupName(written), range, of, groups)
    if (isOne === undefined) return undefined
    holds[sign as Sign].push(isOne)
  }
  const isAny = holds[''].length === 0 || holds[''].includes(true)
  return isAny && !holds['&'].includes(false) && !holds['!'].includes(true)
}

/** Ansible adds first, then keeps what is in both, then takes away, whatever order they are written in; of all hosts where it adds none. */
type Sign = '' | '&' | '!'

/** Cut at colons and commas, but not at those in brackets. */
function partsOf(pattern: string): readonly string[] {
  const parts: string[] = ['']
  let depth = 0
  for (const char of pattern) {
    if (char === '[') depth++
    if (char === ']') depth--
    if (depth === 0 && (char === ':' || char === ',')) parts.push('')
    else parts.push(`${parts.pop() ?? ''}${char}`)
  }
  return parts.map((part) => part.trim())
}

function isMember(
  name: string,
  range: string | undefined,
  of: HostClass,
  groups: Hosts['groups'],
): boolean | undefined {
  if (name === 'all' || name === '*' || name === 'localhost') return true
  if (/[*?~]/.test(name)) return undefined
  const isIn = of.groups.has(name) || of.hosts.includes(name)
  if (range === undefined) return isIn
  if (range === '0') return of.firstOf.has(name)
  if (range === '1:') return isIn && !of.firstOf.has(name)
  return groups.has(name) ? undefined : false
}

/** The settings that hold for hosts, in Ansible's order: the last one of a name counts. */
export function settingsFor(
  { groups, hosts }: HostClass,
  { settings }: InventorySettings,
): readonly Setting[] {
  const own = new Set(hosts)
  return settings.filter(({ scope }) =>
    scope.kind === 'group' ? groups.has(scope.name) : expandHosts(scope.name).some((host) => own.has(host)),
  )
}
