import { expect, test } from 'vitest'
import { validationOf } from '../../../src/core/verify/validation-of.ts'
import { readDocument } from '../../../src/core/yaml/values/read-values.ts'

type Files = Readonly<Record<string, string>>
const ASSERT =
  '- name: Ask\n  assert:\n    that: groups.etcd\n- ansible.builtin.fail:\n    msg: no\n  when: x\n'
const ROLE: Files = { 'roles/validate_inventory/tasks/main.yml': ASSERT }
const of = (files: Files): ReturnType<typeof validationOf> =>
  validationOf({ paths: Object.keys(files).sort(), text: (path) => files[path] })

/** The plays that Ansible would be given. */
function plays(files: Files): readonly Record<string, unknown>[] {
  const validation = of(files)
  if ('code' in validation) throw new Error(JSON.stringify(validation))
  return JSON.parse(validation.playbook) as Record<string, unknown>[]
}

test('without a play of its own the role is run alone, with its checks counted', () => {
  const validation = of({
    ...ROLE,
    'roles/validate_inventory/defaults/main.yml': 'x: 1\n',
    'roles/validate_inventory/files/x': 'x',
  })
  expect(validation).toMatchObject({
    files: ['roles/validate_inventory/tasks/main.yml', 'roles/validate_inventory/defaults/main.yml'],
    checks: 2,
  })
  expect(plays(ROLE)).toEqual([
    {
      hosts: 'all',
      gather_facts: false,
      become: false,
      ignore_errors: true,
      roles: ['validate_inventory'],
      vars: {},
      pre_tasks: [],
      tasks: [],
      post_tasks: [],
    },
  ])
})

test('plays for all hosts up to the one with the role are taken with roles, variables and tasks', () => {
  const found = plays({
    ...ROLE,
    'roles/groups/tasks/main.yml': '- group_by:\n    key: x\n',
    'playbooks/a.yml':
      '- hosts: localhost\n  tasks: [{debug: {msg: here}}]\n- hosts: all\n  vars: {a: 1, b: [true, null], c: {d: e}}\n  roles:\n    - groups\n  pre_tasks:\n    - debug: {msg: before}\n- import_playbook: x.yml\n- hosts: all\n  roles:\n    - {role: validate_inventory, tags: always}\n- hosts: all\n  tasks: [{shell: reboot}]\n',
    'playbooks/1.yml': '- hosts: all\n',
    'playbooks/0.yml': '# validate_inventory is elsewhere\n- hosts: all\n',
  })
  expect(found.map(({ hosts, roles, vars, pre_tasks }) => ({ hosts, roles, vars, pre_tasks }))).toEqual([
    {
      hosts: 'all',
      roles: ['groups'],
      vars: { a: 1, b: [true, null], c: { d: 'e' } },
      pre_tasks: [{ debug: { msg: 'before' } }],
    },
    { hosts: 'all', roles: ['validate_inventory'], vars: {}, pre_tasks: [] },
  ])
})

test('a role that is run for some hosts is asked of these, not passed over', () => {
  expect(
    plays({ ...ROLE, 'a.yml': '- hosts: k8s_cluster:etcd\n  roles: [validate_inventory]\n' }),
  ).toMatchObject([{ hosts: 'k8s_cluster:etcd', roles: ['validate_inventory'] }])
})

test('a number is the number that Ansible reads in the file', () => {
  const validation = of({
    ...ROLE,
    'a.yml':
      '- hosts: all\n  roles: [validate_inventory]\n  vars: {a: 3.0, b: 12345678901234567890, c: 1.0e-5, d: .inf, e: -.inf, f: .nan, g: 1.5, h: "3.0"}\n',
  })
  if ('code' in validation) throw new Error(validation.code)
  const written = [...validation.playbook.matchAll(/"([a-h])": (\S+?),?\n/g)].map(([, key, value]) => [
    key,
    value,
  ])
  expect(Object.fromEntries(written)).toEqual({
    a: '3.0',
    b: '12345678901234567890',
    c: '1.0e-05',
    d: '.inf',
    e: '-.inf',
    f: '.nan',
    g: '1.5',
    h: '"3.0"',
  })
  expect(readDocument(validation.playbook)).toBeDefined()
})

test('what roles depend on is taken once, and nothing else of their meta', () => {
  const validation = of({
    ...ROLE,
    'roles/validate_inventory/meta/main.yml':
      'galaxy_info: {author: x}\ndependencies:\n  - role: defaults\n  - name: defaults\n',
    'roles/defaults/vars/a.yml': 'x: 1\n',
    'roles/defaults/meta/main.yaml': 'dependencies: [validate_inventory]\n',
  })
  expect(validation).toMatchObject({
    files: ['roles/validate_inventory/tasks/main.yml', 'roles/defaults/vars/a.yml'],
    checks: 2,
  })
  expect('written' in validation && [...validation.written]).toEqual([
    ['roles/validate_inventory/meta/main.yml', '{"dependencies":["defaults","defaults"]}'],
    ['roles/defaults/meta/main.yaml', '{"dependencies":["validate_inventory"]}'],
  ])
})

test.each<[name: string, files: Files, why: object]>([
  ['no such role', {}, { code: 'no-validation-role' }],
  [
    'a role that does more',
    { 'roles/validate_inventory/tasks/main.yml': `${ASSERT}- shell: reboot\n` },
    { file: 'roles/validate_inventory/tasks/main.yml', line: 7, doing: 'shell' },
  ],
  [
    'a play that does more',
    { ...ROLE, 'a.yml': '- hosts: all\n  roles: [validate_inventory]\n  post_tasks:\n    - shell: reboot\n' },
    { file: 'a.yml', line: 4, doing: 'shell' },
  ],
  [
    'a role with variables of its own',
    {
      ...ROLE,
      'a.yml': '- hosts: all\n  roles:\n    - role: x\n      vars: {a: 1}\n    - validate_inventory\n',
    },
    { file: 'a.yml', doing: 'roles' },
  ],
  [
    'a role elsewhere',
    { ...ROLE, 'a.yml': '- hosts: all\n  roles: [../x, validate_inventory]\n' },
    { file: 'roles/../x', doing: 'roles' },
  ],
  [
    'another role that does more',
    {
      ...ROLE,
      'roles/x/tasks/main.yml': '- command: x\n',
      'a.yml': '- hosts: all\n  roles: [x, validate_inventory]\n',
    },
    { file: 'roles/x/tasks/main.yml', line: 1, doing: 'command' },
  ],
  [
    'a dependency with a condition',
    { ...ROLE, 'roles/validate_inventory/meta/main.yml': 'dependencies: [{role: x, when: y}]\n' },
    { file: 'roles/validate_inventory/meta/main.yml', doing: 'dependencies' },
  ],
  [
    'a dependency that does more',
    {
      ...ROLE,
      'roles/validate_inventory/meta/main.yml': 'dependencies: [x]\n',
      'roles/x/tasks/main.yml': '- command: x\n',
    },
    { file: 'roles/x/tasks/main.yml', doing: 'command' },
  ],
  [
    'hosts that a template works out',
    {
      ...ROLE,
      'a.yml': "- name: x\n  hosts: \"{{ lookup('pipe', 'x') }}\"\n  roles: [validate_inventory]\n",
    },
    { file: 'a.yml', line: 2, doing: 'hosts' },
  ],
])('nothing is run of %s', (_, files, why) => {
  expect(of(files)).toMatchObject('code' in why ? why : { code: 'other-tasks', ...why })
})
