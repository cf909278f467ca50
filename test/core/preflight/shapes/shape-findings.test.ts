import { describe, expect, test } from 'vitest'
import { audited } from '../../../../src/core/audit/audited.ts'
import { wordLint } from '../../../../src/core/explain/found/word-lint.ts'
import type { LintFinding } from '../../../../src/core/plan/lint-finding.ts'
import { shapeFindings } from '../../../../src/core/preflight/shapes/shape-findings.ts'
import { inventoryOf } from '../../../support/inventory.ts'
import { release } from '../../../support/release.ts'

const TASKS = 'roles/runtime/tasks/main.yml'
const TEMPLATE = 'roles/runtime/templates/config.toml.j2'
const WRITES = '- template:\n    src: config.toml.j2\n    dest: /etc/config.toml\n'
const PLAY = '- hosts: k8s_cluster\n  roles:\n    - { role: runtime, when: runtime_enabled }\n'
const DEFAULTS = 'roles/kubespray-defaults/defaults/main.yml'

/** What a release of these files says to an inventory of these variables. */
function found(files: Readonly<Record<string, string>>, variables: string): readonly LintFinding[] {
  const { settings } = inventoryOf(new Map([['inventory/mine/group_vars/all/all.yml', variables]]))
  const made = release({
    'cluster.yml': PLAY,
    [DEFAULTS]: 'runtime_enabled: true\nversion: 2.0.0\n',
    ...files,
  })
  const source = audited(made, { architectures: ['amd64'], settings })
  const reading = { tree: made.tree, text: (path: string) => source.text(path), run: () => source }
  return wordLint(shapeFindings({ release: reading, settings, tag: 'v2.31.0', memory: new Map() }))
}

function stops(files: Readonly<Record<string, string>>, variables: string): boolean {
  return found(files, variables).some(({ severity }) => severity === 'error')
}

const PATCHES = {
  [TASKS]: `- name: Copy patches
  copy:
    content: "{{ item.patch | to_yaml }}"
    dest: "{{ item.target }}-{{ item.type | d('strategic') }}.yaml"
  loop: "{{ kubeadm_patches }}"
`,
}
const OLD_PATCHES = 'kubeadm_patches:\n  enabled: false\n  source_dir: "{{ inventory_dir }}/patches"\n'

describe('a default whose type changed, and the value has the old type', () => {
  test('the play stops, and the new form is shown', () => {
    const [finding, ...more] = found(PATCHES, OLD_PATCHES)
    expect(more).toEqual([])
    expect(finding).toMatchObject({ code: 'value-shape', severity: 'error', key: 'kubeadm_patches', line: 1 })
    expect(finding?.message).toContain('`kubeadm_patches: [{ patch: …, target: … }]`')
    expect(finding?.message).toContain(`\`${TASKS}:5\``)
  })
  test('nothing at all is written where it was off', () => {
    const edit = { changes: [{ kind: 'set', name: 'kubeadm_patches', value: [] }] }
    expect(found(PATCHES, OLD_PATCHES)[0]?.edit).toEqual(edit)
    expect(found(PATCHES, OLD_PATCHES.replace('false', 'true'))[0]?.edit).toBeUndefined()
  })
})

const ITEMS = {
  [TASKS]: WRITES,
  [TEMPLATE]: `{% if registries is defined and registries|length>0 %}
{% for registry, addr in registries.items() %}
{{ registry }} = {{ addr }}
{% endfor %}
{% endif %}
`,
}
const LIST = 'registries:\n  - 10.0.0.1:5000\n'
const MAPPING = 'registries:\n  10.0.0.1:5000: http://10.0.0.1:5000\n'

describe('the readers tell which shape is wanted', () => {
  test('a list where a template asks for items of a mapping', () => {
    const [finding] = found(ITEMS, LIST)
    expect(finding?.severity).toBe('error')
    expect(finding?.message).toContain('`.items()`')
    expect(finding?.message).toContain('a mapping')
    expect(stops(ITEMS, MAPPING)).toBe(false)
    expect(stops(ITEMS, 'registries: []\n')).toBe(false)
  })

  test('two readers that contradict each other leave no shape that works', () => {
    const loop =
      '- file: { path: "certs.d/{{ item.key }}" }\n  with_items: "{{ registries }}"\n  when: registries is defined\n'
    const files = { ...ITEMS, [TASKS]: WRITES + loop }
    for (const variables of [LIST, MAPPING, 'registries:\n  - { key: a, value: b }\n']) {
      const [finding] = found(files, variables)
      expect(finding?.message).toContain('contradict each other')
      expect(finding?.edit).toBeUndefined()
    }
  })
})

/** One task with an expression in it. */
function task(expression: string, more = ''): Readonly<Record<string, string>> {
  return { [TASKS]: `- command: "x ${expression}"\n${more}` }
}

test.each([
  ['a loop over a mapping', { [TASKS]: '- command: x\n  loop: "{{ v }}"\n' }, 'v: {a: b}', true],
  ['a loop over text', { [TASKS]: '- command: x\n  loop: "{{ v }}"\n' }, 'v: a', true],
  ['a loop over nothing at all', { [TASKS]: '- command: x\n  loop: "{{ v }}"\n' }, 'v:', true],
  [
    'a loop whose condition does not hold stops all the same',
    { [TASKS]: '- command: x\n  loop: "{{ v }}"\n  when: false\n' },
    'v: {a: b}',
    true,
  ],
  [
    'a loop over what `dict2items` makes',
    { [TASKS]: '- command: x {{ item.value.port }}\n  loop: "{{ v | dict2items }}"\n' },
    'v: {a: {port: 1}}',
    false,
  ],
  [
    'a key that a value of it has not',
    { [TASKS]: '- command: x {{ item.value.port }}\n  loop: "{{ v | dict2items }}"\n' },
    'v: {a: {porty: 1}}',
    true,
  ],
  ['`dict2items` of a list', { [TASKS]: '- command: x\n  loop: "{{ v | dict2items }}"\n' }, 'v: [a]', true],
  ['`with_dict` over a list of texts', { [TASKS]: '- command: x\n  with_dict: "{{ v }}"\n' }, 'v: [a]', true],
  [
    '`with_dict` over a mapping',
    { [TASKS]: '- command: x {{ item.key }} {{ item.value }}\n  with_dict: "{{ v }}"\n' },
    'v: {a: b}',
    false,
  ],
  [
    '`with_items` over a text takes it for one item',
    { [TASKS]: '- command: x {{ item }}\n  with_items: "{{ v }}"\n' },
    'v: a',
    false,
  ],
  [
    'a key of items that are texts',
    { [TASKS]: '- command: x {{ item.name }}\n  with_items: "{{ v }}"\n' },
    'v: [a]',
    true,
  ],
  [
    'a key with a default',
    { [TASKS]: '- command: x {{ item.name | default(item) }}\n  with_items: "{{ v }}"\n' },
    'v: [a]',
    false,
  ],
  [
    'a loop with a variable of its own name',
    { [TASKS]: '- command: x {{ it.name }}\n  loop: "{{ v }}"\n  loop_control: { loop_var: it }\n' },
    'v: [a]',
    true,
  ],
  [
    '`with_subelements` without its key',
    { [TASKS]: '- command: x\n  with_subelements:\n    - "{{ v }}"\n    - keys\n' },
    'v: [{name: a}]',
    true,
  ],
  ['a key of a text', task('{{ v.dir }}'), 'v: /x', true],
  ['a key that is asked for first', task('{{ v.dir if v.dir is defined else 1 }}'), 'v: /x', false],
  [
    'a key under a condition that fails',
    task('{{ v.dir }}', '  when: v.enabled\n'),
    'v: {enabled: false}',
    false,
  ],
  [
    'a key under a condition that holds',
    task('{{ v.dir }}', '  when: v.enabled\n'),
    'v: {enabled: true}',
    true,
  ],
  ['a number added to text', task('{{ v + 1 }}'), 'v: "5"', true],
  ['a number added to a number', task('{{ v + 1 }}'), 'v: 5', false],
  ['a number added to what is made one', task('{{ v | int + 1 }}'), 'v: "5"', false],
  ['a text added to a number', task("{{ v + 'm' }}"), 'v: 5', true],
  ['a list added to text', task("{{ v + ['m'] }}"), 'v: a', true],
  ['the length of a truth value', task('{{ v | length }}'), 'v: true', true],
  ['something in a number', task("{{ 'a' in v }}"), 'v: 5', true],
  ['something in a list', task("{{ 'a' in v }}"), 'v: [a]', false],
  ['a method of text, of a list', task("{{ v.split(',') }}"), 'v: [a]', true],
  [
    'a condition that asks a host',
    task('{{ v.dir }}', '  when: ansible_os_family == "Debian"\n'),
    'v: /x',
    false,
  ],
  [
    'a condition that is so for one host of every cluster',
    task('{{ v.dir }}', "  when: inventory_hostname == groups['kube_control_plane'][0]\n"),
    'v: /x',
    true,
  ],
  ['what the task itself sets', task('{{ v.dir }}', '  vars: { v: { dir: x } }\n'), 'v: /x', false],
  [
    'what another task sets',
    { [TASKS]: '- set_fact:\n    v: { dir: x }\n- command: "x {{ v.dir }}"\n' },
    'v: /x',
    false,
  ],
  ['a failure that is passed over', task('{{ v.dir }}', '  ignore_errors: true\n'), 'v: /x', false],
  [
    'a block that makes good',
    { [TASKS]: '- block:\n    - command: "{{ v.dir }}"\n  rescue:\n    - command: x\n' },
    'v: /x',
    false,
  ],
  ['a template, which only Ansible works out', task('{{ v.dir }}'), 'v: "{{ w }}"', false],
  [
    'a template inside of a value',
    { [TASKS]: '- command: x {{ item.name }}\n  loop: "{{ v }}"\n' },
    'v: ["{{ w }}"]',
    false,
  ],
  ['an encrypted value', task('{{ v.dir }}'), 'v: !vault abc', false],
] as const)('%s', (_, files, variables, expected) => {
  expect(stops(files, `${variables}\n`)).toBe(expected)
})

describe('only what the cluster runs', () => {
  const text = task('{{ v.dir }}')
  test('a role that is off', () => {
    expect(stops(text, 'v: /x\n')).toBe(true)
    expect(stops(text, 'v: /x\nruntime_enabled: false\n')).toBe(false)
  })
  test('a file that is included under a condition', () => {
    const files = (condition: string): Readonly<Record<string, string>> => ({
      [TASKS]: `- include_tasks: more.yml\n  when: ${condition}\n`,
      'roles/runtime/tasks/more.yml': '- command: "{{ v.dir }}"\n',
    })
    expect(stops(files('runtime_enabled'), 'v: /x\n')).toBe(true)
    expect(stops(files('not runtime_enabled'), 'v: /x\n')).toBe(false)
    expect(stops(files('result.changed'), 'v: /x\n')).toBe(false)
  })
  test('a template that the version does not choose', () => {
    const choice = `- template:\n    src: "{{ 'new.j2' if version is version('2.0.0', '>=') else 'old.j2' }}"\n`
    const files = { [TASKS]: choice, 'roles/runtime/templates/old.j2': '{{ v.dir }}\n' }
    expect(stops(files, 'v: /x\n')).toBe(false)
    expect(stops(files, 'v: /x\nversion: 1.7.0\n')).toBe(true)
  })
  test('an item that a task hands to its template', () => {
    const files = {
      [TASKS]: '- template:\n    src: hosts.j2\n  loop: "{{ v }}"\n',
      'roles/runtime/templates/hosts.j2': '{% for mirror in item.mirrors %}{{ mirror.host }}{% endfor %}\n',
    }
    expect(stops(files, 'v: [{mirrors: [{host: a}]}]\n')).toBe(false)
    expect(stops(files, 'v: [{mirrors: [a]}]\n')).toBe(true)
    expect(stops(files, 'v: [{mirror: [a]}]\n')).toBe(true)
  })
  test('what takes a cluster away is no part of an upgrade', () => {
    const play = '- hosts: all\n  roles: [reset]\n'
    expect(
      stops({ 'cluster.yml': play, 'roles/reset/tasks/main.yml': '- command: "{{ v.dir }}"\n' }, 'v: /x\n'),
    ).toBe(false)
  })
})

describe('how a value is shown', () => {
  test('a short one as it is, and never a secret', () => {
    expect(found(task('{{ v.dir }}'), 'v: /x\n')[0]?.message).toContain('text, `/x`')
    for (const name of ['registry_password', 'api_token', 'registry_auth']) {
      const [finding] = found(task(`{{ ${name}.dir }}`), `${name}: hunter2\n`)
      expect(finding?.severity).toBe('error')
      expect(finding?.message).not.toContain('hunter2')
    }
  })
  test('a key that is missing is named', () => {
    const files = { [TASKS]: '- command: x {{ item.prefix }}\n  loop: "{{ v }}"\n' }
    expect(found(files, 'v: [{name: a}]\n')[0]?.message).toContain('no `prefix`')
  })
})
