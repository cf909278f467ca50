import { describe, expect, test } from 'vitest'
import { wordPlaybooks } from '../../../src/core/explain/found/word-playbooks.ts'
import { lintPlaybooks, type GroupFate } from '../../../src/core/playbooks/lint-playbooks.ts'
import { blobOid } from '../../../src/core/model/oid.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import type { Tree } from '../../../src/core/model/tree.ts'

const BASE = treeOf([
  'cluster.yml',
  'mitogen.yml',
  'facts.yml',
  'roles/kubernetes/master/tasks/main.yml',
  'roles/kubernetes/master/tasks/kubeadm.yml',
  'roles/kubernetes/master/defaults/main.yml',
  'roles/kubernetes/node/tasks/main.yml',
  'roles/old/tasks/main.yml',
])
const TARGET = treeOf([
  'cluster.yml',
  'playbooks/facts.yml',
  'roles/kubernetes/control-plane/tasks/main.yml',
  'roles/kubernetes/control-plane/tasks/kubeadm.yml',
  'roles/kubernetes/control-plane/defaults/main.yml',
  'roles/kubernetes/node/tasks/main.yml',
])

function treeOf(paths: readonly string[]): Tree {
  const oid = blobOid(new Uint8Array())
  return new Map(paths.map((path) => [path, { mode: '100644', oid }]))
}

interface Situation {
  readonly files: Readonly<Record<string, string>>
  readonly fate?: GroupFate
  readonly gone?: readonly string[]
  readonly own?: readonly string[]
  readonly isEditable?: boolean
}

function found({ files, fate = 'renamed', gone = [], own = [], isEditable = true }: Situation) {
  return lintPlaybooks({
    texts: new Map(Object.entries(files)),
    own: new Set([...own, ...Object.keys(files)]),
    base: BASE,
    target: TARGET,
    release: 'v2.16.0' as ReleaseTag,
    groups: new Map([['kube-master', { now: 'kube_control_plane', inventory: fate }]]),
    gone: new Set(gone),
    isEditable,
  })
}

function told(situation: Situation): readonly string[] {
  return found(situation).map(
    ({ severity, facts, file, line }) => `${severity} ${facts.code} ${facts.name} ${file}:${line}`,
  )
}

const play = (text: string): Readonly<Record<string, string>> => ({ 'own.yml': text })

describe('roles that a release has no more', () => {
  const cases: readonly (readonly [string, Situation, readonly string[]])[] = [
    [
      'in a play',
      { files: play('- hosts: all\n  roles:\n    - kubernetes/node\n    - kubernetes/master\n') },
      ['error playbook-role kubernetes/master own.yml:4'],
    ],
    [
      'with its name as a key, with a condition: it is looked for all the same',
      { files: play('- hosts: all\n  roles:\n    - { role: kubernetes/master, when: x }\n') },
      ['error playbook-role kubernetes/master own.yml:3'],
    ],
    [
      'by a path',
      { files: play("- hosts: all\n  roles:\n    - role: '../kubespray/roles/kubernetes/master'\n") },
      ['error playbook-role kubernetes/master own.yml:3'],
    ],
    [
      'included, in a block with a condition',
      {
        files: play(
          '- hosts: all\n  tasks:\n    - when: x\n      block:\n        - include_role:\n            name: kubernetes/master\n',
        ),
      },
      ['warning playbook-role kubernetes/master own.yml:6'],
    ],
    [
      'imported, by the full name of the module',
      {
        files: play(
          '- hosts: all\n  tasks:\n    - ansible.builtin.import_role:\n        name: kubernetes/master\n      when: x\n',
        ),
      },
      ['error playbook-role kubernetes/master own.yml:4'],
    ],
    [
      'in the form of one line',
      {
        files: { 'roles/mine/tasks/main.yml': '- include_role: name=kubernetes/master tasks_from=kubeadm\n' },
      },
      ['error playbook-role kubernetes/master roles/mine/tasks/main.yml:1'],
    ],
    [
      'as a dependency of an own role',
      { files: { 'roles/mine/meta/main.yml': 'dependencies:\n  - role: old\n' } },
      ['error playbook-role old roles/mine/meta/main.yml:2'],
    ],
    [
      'of the collection',
      { files: play('- hosts: all\n  roles:\n    - kubernetes_sigs.kubespray.kubernetes.master\n') },
      ['error playbook-role kubernetes/master own.yml:3'],
    ],
    [
      'not one of the user’s own, nor of another collection, nor one that a variable names',
      {
        files: play(
          "- hosts: all\n  roles:\n    - mine\n    - geerlingguy.docker\n    - '{{ some }}/master'\n    - nobody/knows\n",
        ),
        own: ['roles/mine/tasks/main.yml'],
      },
      [],
    ],
    [
      'not one that the user keeps under that name',
      {
        files: play('- hosts: all\n  roles: [kubernetes/master]\n'),
        own: ['roles/kubernetes/master/tasks/main.yml'],
      },
      [],
    ],
    ['not in a comment', { files: play('# roles: [kubernetes/master]\n- hosts: all\n  roles: []\n') }, []],
  ]
  test.each(cases)('%s', (_, situation, expected) => {
    expect(told(situation)).toEqual(expected)
  })
  test('with the role that has their files now', () => {
    const [one] = wordPlaybooks(found({ files: play('- hosts: all\n  roles: [kubernetes/master]\n') }))
    expect(one?.message).toBe(
      'v2.16.0 has no role `kubernetes/master` any more, so the play stops before its first task. Most of its files stand in `kubernetes/control-plane` now: look whether that is what you mean.',
    )
    const [other] = wordPlaybooks(found({ files: play('- hosts: all\n  roles: [old]\n') }))
    expect(other?.message).toBe(
      'v2.16.0 has no role `old` any more, so the play stops before its first task.',
    )
  })
})

describe('playbooks and files that are imported', () => {
  const cases: readonly (readonly [string, Situation, readonly string[]])[] = [
    ['one that stays', { files: play('- import_playbook: cluster.yml\n') }, []],
    [
      'one that is gone',
      { files: play('- import_playbook: mitogen.yml\n') },
      ['error playbook-file mitogen.yml own.yml:1'],
    ],
    [
      'one that moved: the step writes it',
      { files: play('- import_playbook: facts.yml\n') },
      ['notice playbook-file facts.yml own.yml:1'],
    ],
    [
      'the same beside a submodule, where the step writes nothing',
      { files: play('- import_playbook: kubespray/facts.yml\n'), isEditable: false },
      ['error playbook-file facts.yml own.yml:1'],
    ],
    [
      'from a folder',
      { files: { 'ops/own.yml': '- import_playbook: ../mitogen.yml\n' } },
      ['error playbook-file mitogen.yml ops/own.yml:1'],
    ],
    [
      'from the folder of the playbook',
      { files: play("- import_playbook: '{{ playbook_dir }}/./mitogen.yml'\n") },
      ['error playbook-file mitogen.yml own.yml:1'],
    ],
    [
      'from a folder above the repository',
      { files: { 'ops/own.yml': '- import_playbook: ../../k/mitogen.yml\n' } },
      ['error playbook-file mitogen.yml ops/own.yml:1'],
    ],
    ['from where a variable says', { files: play("- import_playbook: '{{ x }}/mitogen.yml'\n") }, []],
    [
      'where a condition is asked before',
      { files: play('- hosts: all\n  tasks:\n    - include_tasks: k/facts.yml\n      when: x\n') },
      ['warning playbook-file facts.yml own.yml:3'],
    ],
    [
      'twice, each at its line',
      { files: play('- import_playbook: mitogen.yml\n- import_playbook: mitogen.yml\n') },
      ['error playbook-file mitogen.yml own.yml:1', 'error playbook-file mitogen.yml own.yml:2'],
    ],
    [
      'a file of the user’s own with the same name',
      { files: { 'ops/own.yml': '- import_playbook: mitogen.yml\n' } },
      [],
    ],
    [
      'tasks of a role that is gone',
      {
        files: play(
          '- hosts: all\n  tasks:\n    - import_tasks: roles/kubernetes/master/tasks/kubeadm.yml\n',
        ),
      },
      ['error playbook-file roles/kubernetes/master/tasks/kubeadm.yml own.yml:3'],
    ],
  ]
  test.each(cases)('%s', (_, situation, expected) => {
    expect(told(situation)).toEqual(expected)
  })
})

describe('groups that are called otherwise', () => {
  const text = `- hosts: kube-master[0]:!etcd  # kube-master
  tasks:
    - debug: msg=kube-master
    - shell: x
      delegate_to: "{{ groups['kube-master'][0] }}"
      when: "'kube-master' in group_names"
- hosts:
    - kube-master
`
  const lines = [1, 5, 6]
  const cases: readonly (readonly [string, Situation, readonly string[]])[] = [
    [
      'which the step renames in the inventory as well: it writes them',
      { files: play(text) },
      lines.map((line) => `notice playbook-group kube-master own.yml:${line}`),
    ],
    [
      'beside a submodule',
      { files: play(text), isEditable: false },
      lines.map((line) => `warning playbook-group kube-master own.yml:${line}`),
    ],
    [
      'where no inventory tells',
      { files: play(text), fate: 'unknown' },
      lines.map((line) => `warning playbook-group kube-master own.yml:${line}`),
    ],
    ['which an inventory keeps', { files: play(text), fate: 'kept' }, []],
  ]
  test.each(cases)('%s', (_, situation, expected) => {
    expect(told(situation).filter((each) => !each.endsWith(':8'))).toEqual(expected)
  })
  test('in a list below `hosts`', () => {
    expect(told({ files: play(text) })).toContain('notice playbook-group kube-master own.yml:8')
  })
})

describe('variables that have no value any more', () => {
  const cases: readonly (readonly [string, Situation, readonly string[]])[] = [
    [
      'in an expression',
      {
        files: play('- hosts: all\n  tasks:\n    - debug: msg="{{ kube_gone | default(1) }}"\n'),
        gone: ['kube_gone'],
      },
      ['warning playbook-variable kube_gone own.yml:3'],
    ],
    [
      'in a condition',
      {
        files: play('- hosts: all\n  tasks:\n    - debug: msg=x\n      when: kube_gone\n'),
        gone: ['kube_gone'],
      },
      ['warning playbook-variable kube_gone own.yml:4'],
    ],
    [
      'not where the user gives it one',
      {
        files: {
          ...play('- hosts: all\n  tasks:\n    - debug: msg="{{ kube_gone }}"\n'),
          'roles/mine/defaults/main.yml': 'kube_gone: 1\n',
        },
        gone: ['kube_gone'],
      },
      [],
    ],
    [
      'not as a word, nor in a text',
      {
        files: play("- hosts: all\n  tasks:\n    - debug: msg=kube_gone\n      when: x == 'kube_gone'\n"),
        gone: ['kube_gone'],
      },
      [],
    ],
  ]
  test.each(cases)('%s', (_, situation, expected) => {
    expect(told(situation)).toEqual(expected)
  })
})

test('a file that is no YAML names nothing', () => {
  expect(told({ files: play('{{ nothing\n - : [') })).toEqual([])
})
