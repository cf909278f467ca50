import { expect, test } from 'vitest'
import { inventoryIn } from '../../../src/core/inventory/find-inventories.ts'
import { clusterSetting, readSettings } from '../../../src/core/inventory/read-settings.ts'
import { treeOf } from '../../support/inventory.ts'

const HOSTS = '[kube_control_plane]\na\n[k8s_cluster:children]\nkube_control_plane\n'

function settingsWith(command: string, own: string) {
  const texts = new Map([
    ['x/hosts.ini', HOSTS],
    ['x/group_vars/all.yml', own],
    ['up.sh', `read -r VERSION\nansible-playbook -i x/hosts.ini cluster.yml ${command}\n`],
  ])
  const inventory = inventoryIn(treeOf(texts), 'x')
  return readSettings({ ...inventory, extra: [{ kind: 'command', path: 'up.sh', call: 0 }] }, texts)
}

test.each([
  ['a value over the inventory’s', '-e kube_version=1.31.0', 'kube_version: 1.30.0\n', '1.31.0', 'plain', []],
  // A shell’s variable is neither a version nor a template of Ansible’s.
  [
    'nothing that people are asked for over the inventory’s, and says so',
    '-e kube_version=${VERSION}',
    'kube_version: 1.30.0\n',
    '1.30.0',
    'plain',
    ['variable-asked'],
  ],
  [
    'what a script is called with as little',
    '-e kube_version=$1',
    'kube_version: 1.30.0\n',
    '1.30.0',
    'plain',
    ['variable-asked'],
  ],
  // A file may say it, and then it is what runs.
  [
    'what only the run knows over the inventory’s',
    '-e kube_version="$(cat version)"',
    'kube_version: 1.30.0\n',
    '$(cat version)',
    'at-run',
    [],
  ],
  [
    'what people are asked for where the inventory has nothing',
    '-e kube_version=v${VERSION}',
    'other: 1\n',
    'v${VERSION}',
    'asked',
    [],
  ],
  ['a template of Ansible’s', `-e 'kube_version={{ mine }}'`, 'other: 1\n', '{{ mine }}', 'template', []],
])('a command hands in %s', (_title, ...row) => {
  const [command, own, value, nature, told] = row
  const settings = settingsWith(command, own)
  expect(clusterSetting(settings, 'kube_version')).toMatchObject({ value, nature })
  const codes = settings.problems.map(({ code }) => code)
  expect(codes.filter((code) => code === 'variable-asked')).toEqual(told)
})
