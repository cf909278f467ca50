import { describe, expect, test } from 'vitest'
import { checkedIn, cluster, HOSTS, that } from '../../support/checked-release.ts'

describe('which hosts', () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      'the first of a group',
      '',
      that('x == 2', "inventory_hostname == groups['kube_control_plane'][0]"),
      ['cp1'],
    ],
    ['those of a group', '', that('x == 2', "inventory_hostname in groups['kube_node']"), ['n1', 'n2']],
    ['those whose group says otherwise', 'kube_node', that('x == 1'), ['n1', 'n2']],
    ['a single host that says otherwise', 'cp1', that('x == 1'), ['cp1']],
  ])('%s', (_, other, tasks, expected) => {
    const vars = other === 'cp1' ? 'host_vars/cp1.yml' : `group_vars/${other}.yml`
    const more = other === '' ? {} : { [`inventory/mine/${vars}`]: 'x: 2\n' }
    const [checked] = checkedIn(cluster('x: 1', tasks, more))
    expect(checked?.failures.flatMap(({ hosts }) => hosts).sort()).toEqual(expected)
  })

  test('what differs from host to host of a class is not known of it', () => {
    const more = {
      'inventory/mine/hosts.ini': HOSTS.replace('n2\n', 'n2\nn3\n'),
      'inventory/mine/host_vars/n3.yml': 'x: 2\n',
    }
    const tasks = that('x == 1', "inventory_hostname in groups['kube_node']")
    const [checked] = checkedIn(cluster('x: 1', tasks, more))
    expect(checked?.left).toEqual([{ why: 'host', what: 'x' }])
  })

  test('a check that runs once stops the play only where it fails wherever it may run', () => {
    const tasks = `${that('x == 1')}  run_once: true\n`
    const more = { 'inventory/mine/group_vars/kube_node.yml': 'x: 2\n' }
    expect(checkedIn(cluster('x: 1', tasks, more))[0]?.answer).toBe('left')
    expect(checkedIn(cluster('x: 2', tasks))[0]?.answer).toBe('fails')
  })

  test('an inventory without hosts leaves open who is where', () => {
    const files = {
      ...cluster('x: 1', that('groups.etcd | length == 3')),
      'inventory/mine/hosts.ini': '[etcd]\n# cp1\n',
    }
    expect(checkedIn(files)[0]?.answer).toBe('left')
  })

  test('each architecture is asked', () => {
    const tasks = that(`ansible_architecture in ['x86_64']`)
    const [checked] = checkedIn(cluster('x: 1', tasks))
    expect(checked?.failures.map(({ architectures }) => architectures)).toEqual([['arm64']])
  })

  test('a host is asked on its own architecture where the inventory tells it', () => {
    const only = that(
      "ansible_architecture == 'x86_64'",
      "inventory_hostname in groups['kube_control_plane']",
    )
    const told = HOSTS.replace('cp1\n', 'cp1 ansible_architecture=x86_64\n').replace(
      'cp2\n',
      'cp2 ansible_architecture=x86_64\n',
    )
    const answer = (hosts: string): string | undefined =>
      checkedIn({ ...cluster('x: 1', only), 'inventory/mine/hosts.ini': hosts })[0]?.answer
    expect(answer(HOSTS)).toBe('fails')
    expect(answer(told)).toBe('passes')
  })

  test('a play for hosts that the cluster lacks is not played', () => {
    const files = cluster('x: 1', '', {
      'playbooks/upgrade_cluster.yml': '- hosts: calico_rr\n  roles: [picky]\n',
      'roles/picky/tasks/main.yml': that('x == 2'),
      'inventory/mine/hosts.ini': `${HOSTS}[calico_rr]\n`,
    })
    expect(checkedIn(files)).toEqual([])
  })
})
