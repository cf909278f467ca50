import { expect, test } from 'vitest'
import { expandHosts } from '../../../../src/core/inventory/hosts/expand-hosts.ts'
import { hostFormat, yamlContent } from '../../../../src/core/inventory/hosts/host-format.ts'

const ranges: readonly [string, readonly string[]][] = [
  ['a', ['a']],
  ['node[1:3]', ['node1', 'node2', 'node3']],
  ['n[01:03:2].x', ['n01.x', 'n03.x']],
  ['n[a:c]', ['na', 'nb', 'nc']],
  ['n[1:2]-[1:2]', ['n1-1', 'n1-2', 'n2-1', 'n2-2']],
  ['n[:2]', ['n0', 'n1', 'n2']],
  ['h:2222', ['h']],
  ['n[1:2]:22', ['n1', 'n2']],
  ['fe80::1', ['fe80::1']],
  // Ansible refuses these; they are told as they are written.
  ['n[3:1]', ['n[3:1]']],
  ['n[1]', ['n[1]']],
  ['n[1:999999999]', ['n[1:999999999]']],
]

test.each(ranges)('%s stands for its hosts', (written, hosts) => {
  expect(expandHosts(written)).toEqual(hosts)
})

const contents: readonly [string, string][] = [
  ['all:\n  hosts:\n    a:\n', 'hosts'],
  ['kube_node:\n  hosts:\n    a:\nempty:\n', 'hosts'],
  ['all:\n  children:\n    x:\n  more: 1\n', 'hosts'],
  ['plugin: amazon.aws.aws_ec2\nregions: [x]\n', 'plugin'],
  ['kube_version: v1\n', 'other'],
  ['a:\n  hosts: [x]\n', 'other'],
  ['a:\nb:\n', 'other'],
  ['- hosts: all\n', 'other'],
  ['# nothing\n', 'empty'],
  ['all: [\n', 'unreadable'],
]

test.each(contents)('%j is told by its content', (text, content) => {
  expect(yamlContent(text)).toBe(content)
})

const formats: readonly [string, string, 'yaml' | 'ini'][] = [
  ['x/hosts', 'all:\n  hosts:\n', 'yaml'],
  ['x/hosts', 'a\nb\n', 'ini'],
  ['x/hosts', '; mine\n[all]\na\n', 'ini'],
  ['x/hosts.yml', '[all]\na\n', 'ini'],
  ['x/hosts.yml', '# mine\nall:\n', 'yaml'],
  ['x/hosts.ini', 'all:\n', 'ini'],
]

test.each(formats)('%s with %j is read as Ansible reads it', (file, text, format) => {
  expect(hostFormat(file, text)).toBe(format)
})
