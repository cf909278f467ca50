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

/** Which groups are children of which; every name as it is today. */
export type GroupChildren = ReadonlyMap<string, ReadonlySet<string>>

/**
 * How deep groups stand below `all`, as Ansible counts it to say whose variables win: the longest way down. A group that
 * is its own ancestor is an error in Ansible; here the way ends where it would close.
 */
export function groupDepths(children: GroupChildren): ReadonlyMap<string, number> {
  const all = new Map(children)
  all.set('k8s_cluster', new Set([...(children.get('k8s_cluster') ?? []), ...KUBESPRAY_CHILDREN]))
  const depths = new Map<string, number>([['all', 0]])
  const visit = (name: string, depth: number, above: readonly string[]): void => {
    if ((depths.get(name) ?? -1) >= depth || above.includes(name)) return
    depths.set(name, depth)
    for (const child of all.get(name) ?? []) visit(child, depth + 1, [...above, name])
  }
  for (const name of all.keys()) if (name !== 'all') visit(name, 1, [])
  for (const child of all.get('all') ?? []) visit(child, 1, [])
  return depths
}
