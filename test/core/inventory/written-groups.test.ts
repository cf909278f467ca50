import { expect, test } from 'vitest'
import { renameGroup, writtenGroups } from '../../../src/core/inventory/written-groups.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'

function namesIn(file: string, text: string): readonly string[] {
  return writtenGroups(file, text).map(({ name, line }) => `${line} ${name}`)
}

function renamed(file: string, text: string, names: { from: string; to: string }): string {
  return applyEdits(text, renameGroup(writtenGroups(file, text), names))
}

const INI = `node1 ansible_host=192.0.2.1 # kube-master

[kube-master]
node1
kube-master-2 ansible_host=192.0.2.2

[kube-master:vars]
kube-master=1

[k8s-cluster:children]
kube-master  # where the control plane is
  kube-node
# kube-master
[kube-node]
`

test('an INI file names groups in its sections and among children, and nowhere else', () => {
  expect(namesIn('hosts.ini', INI)).toEqual([
    '3 kube-master',
    '7 kube-master',
    '10 k8s-cluster',
    '11 kube-master',
    '12 kube-node',
    '14 kube-node',
  ])
})

test('renaming a group in an INI file changes its names alone', () => {
  expect(renamed('hosts.ini', INI, { from: 'kube-master', to: 'kube_control_plane' })).toBe(
    INI.replace('[kube-master]', '[kube_control_plane]')
      .replace('[kube-master:vars]', '[kube_control_plane:vars]')
      .replace('kube-master  # where', 'kube_control_plane  # where'),
  )
})

const YAML = `all:
  hosts:
    kube-master:
  children:
    "kube-master": # the first
      hosts: {node1: }
    k8s-cluster:
      children:
        kube-master:
        kube-node: {}
      vars:
        kube-master: 1
`

test('a YAML file names groups as its top keys and below children, and nowhere else', () => {
  expect(namesIn('hosts.yml', YAML)).toEqual([
    '1 all',
    '5 kube-master',
    '7 k8s-cluster',
    '9 kube-master',
    '10 kube-node',
  ])
})

test('renaming a group in a YAML file keeps its quotes', () => {
  expect(renamed('hosts.yaml', YAML, { from: 'kube-master', to: 'kube_control_plane' })).toBe(
    YAML.replace('"kube-master": #', '"kube_control_plane": #').replace(
      '        kube-master:\n',
      '        kube_control_plane:\n',
    ),
  )
})

test.each([
  ['nothing', 'hosts.ini', ''],
  ['YAML that does not parse', 'hosts.yml', 'all: [\n'],
  ['YAML of another shape', 'hosts.yml', '- all\n- children\n'],
  ['Windows line ends', 'hosts.ini', '[a]\r\nnode1\r\n[b:children]\r\na\r\n'],
])('%s', (what, file, text) => {
  const names = writtenGroups(file, text).map(({ name }) => name)
  expect(names).toEqual(what === 'Windows line ends' ? ['a', 'b', 'a'] : [])
})
