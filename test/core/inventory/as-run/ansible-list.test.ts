import { describe, expect, test } from 'vitest'
import { hostsOf } from '../../../../src/core/inventory/as-run/hosts-of.ts'
import { currentGroupName } from '../../../../src/core/inventory/cluster-groups.ts'
import { filesOf, type Inventory } from '../../../../src/core/inventory/find-inventories.ts'
import { clusterSetting, readSettings } from '../../../../src/core/inventory/read-settings.ts'
import { ansibleMissing, listInventory } from '../../../support/ansible.ts'
import { caseFiles, inventoryCases } from '../../../support/inventory.ts'
import { runInventories } from '../../../support/run-inventories.ts'

const missing = ansibleMissing()

const VARS = {
  'all/all.yml': 'kube_version: v1.30.1\nhelm_enabled: true\n',
  'k8s_cluster/k8s-cluster.yml': 'kube_network_plugin: cilium\n',
  'k8s_cluster/addons.yml': 'ingress_nginx_enabled: yes\nmetallb_enabled: "off"\n',
  'kube_control_plane.yml': 'container_manager: crio\n',
}
const folder = (at: string, files: Readonly<Record<string, string>> = VARS): [string, string][] =>
  Object.entries(files).map(([path, text]) => [`${at}/group_vars/${path}`, text])

const RANGES = `# Hosts
[all:vars]
kube_version=v1.29.9
ansible_user=root

[kube_control_plane]
node[1:3] ansible_user=core
[etcd:children]
kube_control_plane
[kube_node]
w[01:09:4].lan
[a:c]z:2222
lone  # the last
[k8s_cluster:children]
kube_control_plane
kube_node
[k8s_cluster:vars]
registry_enabled=True
[site:children]
k8s_cluster
`
const NESTED = `all:
  vars:
    kube_version: v1.28.1
    dashboard_enabled: true
  hosts:
    a1: {ansible_host: 10.0.0.1}
    a2:
      ansible_host: 10.0.0.2
  children:
    dc1:
      children:
        k8s_cluster:
          vars:
            kube_network_plugin: flannel
          children:
            kube_control_plane:
              hosts:
                a1:
            kube_node:
              hosts:
                a1:
                a2:
                b[1:2]:
    etcd:
      hosts:
        a1:
`

/** Files, and each inventory that is run with the one file of hosts. */
const table: readonly [string, ReadonlyMap<string, string>][] = [
  ...inventoryCases()
    .filter((name) => name !== 'trouble')
    .map((name): [string, ReadonlyMap<string, string>] => [name, caseFiles(name, 'before')]),
  ['ranges, ports and comments', new Map([['x/hosts.ini', RANGES], ...folder('x')])],
  [
    'nested groups of YAML',
    new Map([['x/cluster.yml', NESTED], ...folder('x', { 'etcd.yml': 'helm_enabled: true\n' })]),
  ],
  ['YAML without an ending', new Map([['x/hosts', NESTED]])],
  ['INI with YAML’s ending', new Map([['x/hosts.yml', RANGES]])],
  ['alternatives', new Map([['x/a.ini', RANGES], ['x/b.yaml', NESTED], ...folder('x')])],
  [
    'names of before',
    new Map([
      [
        'x/a.ini',
        '[kube-master]\nm1\n[kube-node]\nn[1:2]\n[k8s-cluster:children]\nkube-master\nkube-node\n[k8s-cluster:vars]\nkube_network_plugin=weave\n',
      ],
      ...folder('x', { 'k8s-cluster/a.yml': 'kube_version: v1.15.3\n' }),
    ]),
  ],
  [
    'variables of hosts',
    new Map([
      ['x/a.ini', RANGES],
      ['x/host_vars/w01.lan.yml', 'kube_version: v1.0.0\n'],
      ['x/host_vars/lone/a.yml', 'container_manager: docker\n'],
      ...folder('x'),
    ]),
  ],
  [
    'what commands hand in',
    new Map([
      ['x/a.ini', RANGES],
      ['x/cluster-variables.yaml', 'kube_version: v1.31.2\nhelm_enabled: false\nregistry_enabled: false\n'],
      ['x/cluster-variables.json', '{"kube_network_plugin": "calico", "metallb_enabled": true}\n'],
      [
        'up.sh',
        'ansible-playbook -i x/a.ini cluster.yml -e @x/cluster-variables.yaml -e @x/cluster-variables.json -e "helm_enabled=true kube_version=v1.31.3"\n',
      ],
      ...folder('x'),
    ]),
  ],
]

const NAMES = ['kube_version', 'kube_network_plugin', 'container_manager']

describe.skipIf(missing)(missing ?? 'Ansible lists the same', () => {
  test.each(table)('of %s', (_title, files) => {
    const { inventories } = runInventories(files)
    expect(inventories.length).toBeGreaterThan(0)
    for (const { inventory } of inventories) {
      const [hostFile, ...others] = inventory.hostFiles
      expect([hostFile !== undefined, others]).toEqual([true, []])
      const handedIn = handedInTo(inventory, files)
      const list = listInventory(files, hostFile ?? '', handedIn)
      const settings = readSettings(
        inventory,
        new Map(filesOf(inventory).map((path) => [path, files.get(path) ?? ''])),
      )
      const groups = new Map([...list.groups].map(([name, hosts]) => [currentGroupName(name), hosts]))
      groups.delete('ungrouped')
      const ours = [...groups.keys()].map((name) => [name, hostsOf(settings, name).toSorted()] as const)
      expect(new Map(ours)).toEqual(groups)
      const own = new Set([...settings.hosts].flatMap(([name, hosts]) => (hosts.length > 0 ? [name] : [])))
      expect([...own].filter((name) => name !== 'ungrouped' && !groups.has(name))).toEqual([])
      const [master = ''] = groups.get('kube_control_plane') ?? []
      const variables = list.hosts.get(master) ?? {}
      const addons = [...settings.named.keys()].filter((name) => name.endsWith('_enabled'))
      for (const name of [...NAMES, ...addons]) {
        const setting = clusterSetting(settings, name)
        if (setting && setting.nature !== 'plain') continue
        expect([name, setting?.value]).toEqual([name, variables[name]])
      }
    }
  })
})

/** The command's options again, as a person would type them. */
function handedInTo({ extra }: Inventory, files: ReadonlyMap<string, string>): readonly string[] {
  return extra.flatMap((each) =>
    each.kind === 'file'
      ? [`@${each.path}`]
      : [...(files.get(each.path) ?? '').matchAll(/-e "([^"]*)"/g)].map((match) => match[1] ?? ''),
  )
}
