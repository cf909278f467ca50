/**
 * Kubespray's groups had other names before v2.16.0, and inventories still use them: upstream maps old to new up to
 * today. Here both are one group.
 */
const RENAMED: Readonly<Record<string, string>> = {
  'k8s-cluster': 'k8s_cluster',
  'kube-master': 'kube_control_plane',
  'kube-node': 'kube_node',
  'calico-rr': 'calico_rr',
  'no-floating': 'no_floating',
}

/** What Kubespray puts under its main group by itself since v2.27.0, whether the inventory says so or not. */
const KUBESPRAY_CHILDREN = ['kube_control_plane', 'kube_node', 'calico_rr']

/** The groups whose values hold for the cluster as a whole, the weaker first: its first control plane node decides. */
export const CLUSTER_GROUPS = ['all', 'k8s_cluster', 'kube_control_plane'] as const

/** The name a group has today. */
export function currentGroupName(name: string): string {
  return RENAMED[name] ?? name
}

/** The name a group had before v2.16.0; `undefined` where it had no other. */
export function formerGroupName(name: string): string | undefined {
  return Object.entries(RENAMED).find(([, current]) => current === name)?.[0]
}

/** Which groups are children of which; every name as it is today. */
type GroupChildren = ReadonlyMap<string, ReadonlySet<string>>

/**
 * How deep groups stand below `all`, as Ansible counts it to say whose variables win: the longest way down. Each group is placed
 * when all its parents are; a group that is its own ancestor, which Ansible refuses, never is, and stays where it was seen.
 */
export function groupDepths(children: GroupChildren): ReadonlyMap<string, number> {
  const all = new Map(children)
  all.set('k8s_cluster', new Set([...(children.get('k8s_cluster') ?? []), ...KUBESPRAY_CHILDREN]))
  const top = all.get('all') ?? []
  all.delete('all')
  const waitsFor = new Map<string, number>()
  for (const members of all.values())
    for (const child of members) waitsFor.set(child, (waitsFor.get(child) ?? 0) + 1)
  const depths = new Map([...top, ...all.keys(), ...waitsFor.keys()].map((name) => [name, 1]))
  const placed = [...depths.keys()].filter((name) => !waitsFor.has(name))
  // A list is walked to its end, what is added on the way included.
  for (const name of placed) {
    for (const child of all.get(name) ?? []) {
      const left = (waitsFor.get(child) as number) - 1
      waitsFor.set(child, left)
      depths.set(child, Math.max(depths.get(child) as number, (depths.get(name) as number) + 1))
      if (left === 0) placed.push(child)
    }
  }
  return depths.set('all', 0)
}
