import { audited, type Audited } from '../../src/core/audit/audited.ts'
import { filesOf, findInventories } from '../../src/core/inventory/find-inventories.ts'
import { readSettings } from '../../src/core/inventory/read-settings.ts'
import type { Architecture } from '../../src/core/model/architecture.ts'
import { runChecks, type Checked } from '../../src/core/preflight/run-checks.ts'
import { treeToAudit, type Files } from './audited.ts'

export const HOSTS = `[kube_control_plane]
cp1
cp2
[etcd]
cp1
cp2
cp3
[kube_node]
n1
n2
[k8s_cluster:children]
kube_control_plane
kube_node
`

/** A release of our own that looks at an inventory before it changes anything. */
const RELEASE: Files = {
  'upgrade-cluster.yml': `- import_playbook: playbooks/upgrade_cluster.yml\n`,
  'playbooks/upgrade_cluster.yml': `- hosts: all
  roles:
    - validate_inventory
- hosts: k8s_cluster:etcd
  roles:
    - { role: defaults_of_all }
    - { role: network_plugin, tags: network }
`,
  'roles/validate_inventory/meta/main.yml': 'dependencies:\n  - role: defaults_of_all\n',
  'roles/defaults_of_all/defaults/main.yml': `ignore_assert_errors: false
kube_network_plugin: calico
container_manager: containerd
etcd_deployment_type: "{{ 'docker' if container_manager == 'docker' else 'host' }}"
cloud_provider: ""
kube_service_addresses: 10.233.0.0/18
kube_pods_subnet: 10.233.64.0/18
helm_enabled: false
token_of_cloud: ""
`,
}

const PATH = 'roles/validate_inventory/tasks/main.yml'

/** What became of each check of some files. */
export function checkedIn(
  files: Files,
  architectures: readonly Architecture[] = ['amd64', 'arm64'],
): readonly Checked[] {
  return runChecks(opened(files, architectures))
}

/** Files as the cluster among them would run them. */
export function opened(files: Files, architectures: readonly Architecture[]): Audited {
  const tree = treeToAudit(files)
  const [inventory] = findInventories(tree.tree)
  const texts = new Map(Object.entries(files))
  const settings =
    inventory &&
    readSettings(inventory, new Map(filesOf(inventory).map((path) => [path, texts.get(path) ?? ''])))
  return audited(tree, { architectures, ...(settings && { settings }) })
}

/** A cluster of five hosts on a release with these checks. */
export function cluster(settings: string, tasks: string, more: Files = {}): Files {
  return {
    ...RELEASE,
    'inventory/mine/hosts.ini': HOSTS,
    'inventory/mine/group_vars/all.yml': settings,
    [PATH]: tasks,
    ...more,
  }
}

/** A task that asserts one thing. */
export const that = (condition: string, when?: string): string =>
  `- name: A check\n  assert:\n    that: ${condition}\n${when === undefined ? '' : `  when: ${when}\n`}`
