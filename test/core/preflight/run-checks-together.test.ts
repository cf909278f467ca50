import { describe, expect, test } from 'vitest'
import type { Architecture } from '../../../src/core/model/architecture.ts'
import { checkedIn, cluster, HOSTS, that } from '../../support/checked-release.ts'

/** What is said of the first check: on which hosts and architectures it fails, else its answer and why. */
function said(
  files: Parameters<typeof checkedIn>[0],
  architectures?: readonly Architecture[],
): readonly string[] {
  const [first] = checkedIn(files, architectures)
  if (!first) return []
  if (first.answer !== 'fails')
    return [[first.answer, ...first.left.map(({ why, what }) => `${why} ${what}`)].join(', ')]
  return first.failures.map(({ conditions, hosts, architectures: on }) => {
    return `${conditions.join(' & ')} on ${hosts.toSorted().join(' ')} (${on.join(' ')})`
  })
}

const INI = 'inventory/mine/hosts.ini'
const NODES = 'inventory/mine/group_vars/kube_node.yml'
const ALL = 'cp1 cp2 cp3 n1 n2'

describe('one check on all hosts', () => {
  test.each<[string, string, string, Readonly<Record<string, string>>, readonly string[]]>([
    ['fails on each: one failure', 'x: 1', that('x == 2'), {}, [`x == 2 on ${ALL} (amd64 arm64)`]],
    [
      'fails on some: it stops the play',
      'x: 1',
      that('x == 1'),
      { [NODES]: 'x: 2\n' },
      ['x == 1 on n1 n2 (amd64 arm64)'],
    ],
    [
      'fails on some and is open on others',
      'x: 1',
      that("x == 1 or ansible_os_family == 'x'", "x == 1 or ansible_os_family == 'y'"),
      { [NODES]: 'x: 2\n' },
      ['left, host ansible_os_family'],
    ],
    [
      'fails for two reasons',
      'x: 1\ny: 1',
      '- assert:\n    that: [x == 1, y == 1]\n',
      { [NODES]: 'x: 2\n', 'inventory/mine/group_vars/etcd.yml': 'y: 2\n' },
      ['y == 1 on cp1 cp2 cp3 (amd64 arm64)', 'x == 1 on n1 n2 (amd64 arm64)'],
    ],
    [
      'is asked on some alone, and passes',
      'x: 1',
      that('x == 1', "inventory_hostname in groups['kube_node']"),
      {},
      ['passes'],
    ],
    ['is asked on none', 'x: 1', that('x == 2', 'x == 3'), {}, ['not-asked']],
    [
      'is open for one reason on all',
      'x: 1',
      that('ansible_memtotal_mb > 1'),
      {},
      ['left, host ansible_memtotal_mb'],
    ],
    [
      'is open for two',
      'x: 1',
      that("x == 2 or ansible_a == 'a'"),
      { [NODES]: 'x: "{{ ansible_b }}"\n' },
      ['left, host ansible_a, host ansible_b'],
    ],
    [
      'runs once, and passes on some',
      'x: 1',
      `${that('x == 2')}  run_once: true\n`,
      { [NODES]: 'x: 2\n' },
      ['left'],
    ],
    [
      'runs once, and fails wherever it may',
      'x: 1',
      `${that('x == 2')}  run_once: true\n`,
      {},
      [`x == 2 on ${ALL} (amd64 arm64)`],
    ],
    [
      'runs once, in a loop of which one item fails',
      'x: 1',
      '- assert:\n    that: x == item\n  loop: [1, 2]\n  run_once: true\n',
      {},
      [`x == item on ${ALL} (amd64 arm64)`],
    ],
  ])('%s', (_what, ...row) => {
    const [settings, tasks, more, expected] = row
    expect(said(cluster(settings, tasks, more))).toEqual(expected)
  })
})

describe('on which architectures', () => {
  const check = that("ansible_architecture == 'x86_64'", "inventory_hostname in groups['kube_node']")
  const told = (n1: string, n2: string, n3?: string) =>
    cluster('x: 1', check, {
      [INI]: HOSTS.replace('n1\n', `n1${n1}\n`).replace(
        'n2\n',
        `n2${n2}\n${n3 === undefined ? '' : `n3${n3}\n`}`,
      ),
    })
  const [X86, ARM] = [' ansible_architecture=x86_64', ' ansible_architecture=aarch64']

  test.each<[string, Parameters<typeof told>, readonly string[]]>([
    ['each where none is told', ['', ''], ['on n1 n2 (arm64)']],
    ['each where a host’s is not told', ['', X86], ['on n1 (arm64)']],
    ['each where that of one of two alike is not', [X86, X86, ''], ['on n2 n3 (arm64)']],
    ['those of two alike', [X86, X86, ARM], ['on n2 n3 (arm64)']],
    ['those that are told', [X86, ARM], ['on n2 (arm64)']],
    ['only the one that all have', [ARM, ARM], ['on n1 n2 (arm64)']],
    ['where it passes it does', [X86, X86], ['passes']],
    ['each where what is told is no architecture', [' ansible_architecture=abacus', X86], ['on n1 (arm64)']],
    [
      'each where what is told is decided by a host',
      [' ansible_architecture="{{ it }}"', X86],
      ['on n1 (arm64)'],
    ],
  ])('%s', (_which, given, expected) => {
    expect(said(told(...given)).map((line) => line.replace(/^.*(?=on n)/, ''))).toEqual(expected)
  })

  test('each where the cluster has none of those that are told', () => {
    expect(said(told(' ansible_architecture=s390x', ' ansible_architecture=s390x'), ['arm64'])).toEqual([
      "ansible_architecture == 'x86_64' on n1 n2 (arm64)",
    ])
  })

  test('the last word of an inventory counts', () => {
    const hosts = HOSTS.replace('[k8s_cluster', '[kube_node:vars]\nansible_architecture=x86_64\n[k8s_cluster')
    const files = cluster('x: 1', check, { [INI]: hosts })
    expect(said(files)).toEqual(['passes'])
    const own = {
      'inventory/mine/host_vars/n1.yml': 'ansible_architecture: aarch64\n',
      'inventory/mine/host_vars/n2.yml': 'ansible_architecture: aarch64\n',
    }
    expect(said({ ...files, ...own })).toEqual(["ansible_architecture == 'x86_64' on n1 n2 (arm64)"])
  })
})

describe('of which playbook', () => {
  const play = (role: string): string => `- hosts: all\n  roles: [${role}]\n`
  const roles = { 'roles/one/tasks/main.yml': that('x == 2'), 'roles/two/tasks/main.yml': that('x == 3') }
  const {
    'upgrade-cluster.yml': _old,
    'playbooks/upgrade_cluster.yml': _new,
    ...rest
  } = cluster('x: 1', '', roles)
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'that of an upgrade',
      { 'playbooks/upgrade_cluster.yml': play('one'), 'upgrade-cluster.yml': play('two') },
      ['x == 2'],
    ],
    ['where it was before', { 'upgrade-cluster.yml': play('two'), 'cluster.yml': play('one') }, ['x == 3']],
    ['that of a cluster', { 'playbooks/cluster.yml': play('two'), 'cluster.yml': play('one') }, ['x == 3']],
    ['at the top', { 'cluster.yml': play('one') }, ['x == 2']],
    ['none: nothing is asked', {}, []],
  ])('%s', (_which, books, expected) => {
    expect(
      checkedIn({ ...rest, ...books }).flatMap(({ failures }) =>
        failures.flatMap(({ conditions }) => conditions),
      ),
    ).toEqual(expected)
  })
})

test('without hosts the settings of groups hold, and those of hosts do not', () => {
  const files = {
    ...cluster('x: 1', that('x == 1'), { 'inventory/mine/host_vars/n1.yml': 'x: 2\n' }),
    [INI]: '[etcd]\n# cp1\n',
  }
  expect(said(files)).toEqual(['passes'])
  expect(said({ ...files, 'inventory/mine/group_vars/all.yml': 'x: 3\n' })).toEqual([
    'x == 1 on  (amd64 arm64)',
  ])
})
