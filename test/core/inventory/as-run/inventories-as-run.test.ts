import { expect, test } from 'vitest'
import type { InventoriesAsRun } from '../../../../src/core/inventory/as-run/inventories-as-run.ts'
import type { Tree } from '../../../../src/core/model/tree.ts'
import { runInventories } from '../../../support/run-inventories.ts'

type Files = Readonly<Record<string, string>>

function asRun(files: Files, base?: Tree): InventoriesAsRun {
  return runInventories(new Map(Object.entries(files)), base)
}

/** `path (files of hosts) + what is handed in`, one an inventory. */
function said({ inventories }: InventoriesAsRun): readonly string[] {
  return inventories.map(({ inventory: { path, hostFiles, dynamic, extra } }) => {
    const names = [...hostFiles, ...dynamic.map((each) => `${each}?`)].map((each) => each.split('/').at(-1))
    const handedIn = extra.map((each) => (each.kind === 'file' ? `@${each.path}` : each.path))
    return `${path} (${names.join(' ')})${handedIn.length > 0 ? ` + ${handedIn.join(' ')}` : ''}`
  })
}

const one = (host: string): string =>
  `[kube_control_plane]\n${host}\n[kube_node]\n${host}\n[k8s_cluster:children]\nkube_control_plane\nkube_node\n`
const old = (host: string): string => `[kube-master]\n${host}\n[kube-node]\n${host}\n`
const yaml = (host: string): string =>
  `all:\n  hosts:\n    ${host}:\n  children:\n    kube_control_plane:\n      hosts:\n        ${host}:\n`
const VARS = 'kube_version: v1.30.4\n'

const table: readonly [string, Files, readonly string[]][] = [
  [
    'two files with a control plane each',
    { 'x/a.ini': one('a1'), 'x/b.ini': one('b1'), 'x/group_vars/all.yml': VARS },
    ['x/a.ini (a.ini)', 'x/b.ini (b.ini)'],
  ],
  [
    'one of either era, one of YAML',
    { 'x/a.ini': old('a1'), 'x/b.yml': yaml('b1'), 'x/group_vars/all.yml': VARS },
    ['x/a.ini (a.ini)', 'x/b.yml (b.yml)'],
  ],
  [
    'variables that only what fetches Kubespray reads, beside an inventory',
    { 'x/hosts.yml': yaml('a1'), 'group_vars/all.yml': 'kubespray_version: v2.28.0\n' },
    ['x (hosts.yml)'],
  ],
  [
    'templates of Helm, which speak of hosts and are no YAML yet',
    {
      'x/hosts.yml': yaml('a1'),
      'apps/store/Chart.yaml': 'name: store\n',
      'apps/store/templates/hostpath-class.yaml': '{{- if .Values.on }}\nkind: StorageClass\n{{- end }}\n',
      'apps/store/charts/more/templates/allow-host-ports.yaml': '{{ include "x" . }}\n',
    },
    ['x (hosts.yml)'],
  ],
  [
    'what a package manager put there, with inventories of its own tests',
    { 'x/hosts.yml': yaml('a1'), 'venv/lib/python3.12/site-packages/ansible/tests/inventory.ini': one('b1') },
    ['x (hosts.yml)'],
  ],
  [
    'two files of which none has a control plane',
    {
      'x/a.ini': '[all]\na1\n[all:vars]\nkube_version=v1\n',
      'x/b.ini': '[all]\nb1\n[all:vars]\nkube_version=v2\n',
    },
    ['x/a.ini (a.ini)', 'x/b.ini (b.ini)'],
  ],
  [
    'hosts in one, groups in the other',
    { 'x/hosts.ini': '[all]\na1 ansible_host=1.2.3.4\n', 'x/groups.ini': one('a1') },
    ['x (groups.ini hosts.ini)'],
  ],
  [
    'groups alone beside hosts alone, without a control plane',
    { 'x/hosts': 'a1\na2\n', 'x/workers.ini': '[kube_node]\na1\na2\n' },
    ['x (hosts workers.ini)'],
  ],
  [
    'a file of hosts made by a tool, and the sample’s copy with its hosts commented out',
    {
      'x/hosts.yaml': yaml('a1'),
      'x/inventory.ini': '[kube_control_plane]\n# node1\n[kube_node]\n# node1\n',
    },
    ['x (hosts.yaml inventory.ini)'],
  ],
  [
    'the one that a Makefile names',
    {
      'x/a.ini': one('a1'),
      'x/b.ini': one('b1'),
      Makefile: 'up:\n\tansible-playbook -i x/a.ini cluster.yml\n',
    },
    ['x (a.ini)'],
  ],
  [
    'the one that Ansible’s settings name',
    {
      'ops/x/a.ini': one('a1'),
      'ops/x/b.ini': one('b1'),
      'ops/ansible.cfg': '[defaults]\ninventory = x/b.ini\n',
    },
    ['ops/x (b.ini)'],
  ],
  [
    'those that a workflow and a page name',
    {
      'x/a.ini': one('a1'),
      'x/b.ini': one('b1'),
      'x/c.ini': one('c1'),
      '.github/workflows/w.yml':
        'on: push\njobs:\n  a:\n    steps:\n      - run: ansible-playbook -i x/a.ini cluster.yml\n',
      'README.md': 'ansible-playbook -i x/c.ini cluster.yml\n',
    },
    ['x (a.ini)'],
  ],
  [
    'the one that a page alone names',
    {
      'x/a.ini': one('a1'),
      'x/b.ini': one('b1'),
      'README.md': '    ansible-playbook -i x/b.ini cluster.yml\n',
    },
    ['x (b.ini)'],
  ],
  [
    'a page that names one that is gone',
    { 'x/a.ini': one('a1'), 'README.md': '    ansible-playbook -i x/hosts.yaml cluster.yml\n' },
    ['x (a.ini)'],
  ],
  [
    'a name that the run puts together',
    {
      'x/a.ini': one('a1'),
      'x/b.ini': one('b1'),
      Makefile: 'up:\n\tansible-playbook -i x/$(CLUSTER).ini cluster.yml\n',
    },
    ['x/a.ini (a.ini)', 'x/b.ini (b.ini)'],
  ],
  [
    'the folder, of which Ansible reads no `.ini`',
    {
      'x/01-hosts': one('a1'),
      'x/02.yml': 'kube_node:\n  hosts:\n    b1:\n',
      'x/old.ini': one('c1'),
      'run.sh': 'ansible-playbook -i x/ cluster.yml\n',
    },
    ['x (01-hosts 02.yml)'],
  ],
  [
    'two clusters that are run as one',
    { 'x/a.yml': yaml('a1'), 'x/b.yml': yaml('b1'), 'run.sh': 'ansible-playbook -i x cluster.yml\n' },
    ['x (a.yml b.yml)'],
  ],
  [
    'a file in a container',
    {
      'x/prod/a.ini': one('a1'),
      'x/prod/b.ini': one('b1'),
      'run.sh':
        'docker run -v "$(pwd)/x/prod:/inventory" q ansible-playbook -i /inventory/b.ini cluster.yml\n',
    },
    ['x/prod (b.ini)'],
  ],
  [
    'YAML by its content, whatever it is called',
    {
      'inventories/prod.yaml': 'kube_control_plane:\n  hosts:\n    a1:\n',
      'inventories/extra.yaml': 'kube_version: v1\n',
      'inventories/list.yml': '- hosts: all\n',
    },
    ['inventories (prod.yaml)'],
  ],
  ['YAML without an ending', { 'x/hosts': yaml('a1') }, ['x (hosts)']],
  [
    'a script, and a plugin that asks a cloud',
    {
      'x/inventory.py': '#!/usr/bin/env python3\n',
      'x/cloud.aws_ec2.yml': 'plugin: amazon.aws.aws_ec2\n',
      'x/group_vars/all.yml': VARS,
    },
    ['x (cloud.aws_ec2.yml? inventory.py?)'],
  ],
  [
    'settings of a script in an INI file',
    { 'x/hosts.ini': one('a1'), 'x/ec2.ini': '[ec2]\nregions = all\nregions_exclude = a, b\n' },
    ['x (hosts.ini)'],
  ],
  [
    'a sample that nobody runs',
    { 'inventory/sample/inventory.ini': one('a1'), 'inventory/home/inventory.ini': one('b1') },
    ['inventory/home (inventory.ini)'],
  ],
  [
    'a sample that is all there is',
    { 'inventory/sample/inventory.ini': one('a1') },
    ['inventory/sample (inventory.ini)'],
  ],
  [
    'a sample that somebody runs',
    {
      'inventory/sample/inventory.ini': one('a1'),
      'inventory/home/inventory.ini': one('b1'),
      'run.sh': 'ansible-playbook -i inventory/sample/inventory.ini cluster.yml\n',
    },
    ['inventory/home (inventory.ini)', 'inventory/sample (inventory.ini)'],
  ],
  [
    'folders of other things',
    {
      'inventory/home/inventory.ini': one('a1'),
      'sbom/hosts.yml': 'all:\n  hosts:\n    x:\n',
      'config/group_vars/all.yml': 'http_proxy: x\nntp_enabled: true\n',
      'k3s/hosts.ini': '[master]\nm\n[node]\nn\n',
      'k3s/group_vars/all.yml': 'k3s_version: v1\nflannel_iface: eth0\n',
      'roles/x/tests/inventory': 'localhost\n',
    },
    ['inventory/home (inventory.ini)'],
  ],
  [
    'variables of Kubespray’s without any hosts',
    { 'k8s/group_vars/all/all.yml': VARS, 'web/group_vars/all.yml': 'http_port: 80\n' },
    ['k8s ()'],
  ],
  [
    'a copy of Kubespray in a folder, with its own samples and tests',
    {
      'ks/roles/kubespray-defaults/defaults/main.yml': 'kube_version: v1\n',
      'ks/inventory/sample/inventory.ini': one('s1'),
      'ks/tests/files/hosts.ini': one('t1'),
      'ks/inventory/home/hosts.yaml': yaml('a1'),
    },
    ['ks/inventory/home (hosts.yaml)'],
  ],
  [
    'values and files that commands hand in',
    {
      'x/hosts.ini': one('a1'),
      'x/cluster-variables.yaml': VARS,
      Makefile:
        'up:\n\tansible-playbook -i x/hosts.ini cluster.yml -e @x/cluster-variables.yaml\ndown:\n\tansible-playbook -i x/hosts.ini reset.yml -e kube_version=v1.2.3\n',
      'up.sh': 'ansible-playbook -i x/hosts.ini upgrade-cluster.yml -e kube_version=v1.30.4\n',
    },
    ['x (hosts.ini) + @x/cluster-variables.yaml up.sh'],
  ],
  [
    'what is handed in to one of two',
    {
      'x/a.ini': one('a1'),
      'y/b.ini': one('b1'),
      Makefile: 'up:\n\tansible-playbook -i x/a.ini cluster.yml -e kube_version=v1.30.4\n',
    },
    ['x (a.ini) + Makefile', 'y (b.ini)'],
  ],
  [
    'what is handed in where the run says to which',
    {
      'x/a.ini': one('a1'),
      Makefile: 'up:\n\tansible-playbook -i $(INVENTORY) cluster.yml -e kube_version=v1.30.4\n',
    },
    ['x (a.ini) + Makefile'],
  ],
]

test.each(table)('runs %s', (_title, files, inventories) => {
  expect(said(asRun(files))).toEqual(inventories)
})
