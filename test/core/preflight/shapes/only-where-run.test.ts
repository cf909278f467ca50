import { describe, expect, test } from 'vitest'
import { audited } from '../../../../src/core/audit/audited.ts'
import { shapeFindings } from '../../../../src/core/preflight/shapes/shape-findings.ts'
import { inventoryOf } from '../../../support/inventory.ts'
import { release } from '../../../support/release.ts'

const TASKS = 'roles/runtime/tasks/main.yml'
const TEMPLATE = 'roles/runtime/templates/config.toml.j2'

/** Whether a play is said to stop, of which a role has these files, with an inventory of these variables. */
function stops(files: Readonly<Record<string, string>>, variables: string): boolean {
  const { settings } = inventoryOf(new Map([['inventory/mine/group_vars/all/all.yml', `${variables}\n`]]))
  const made = release({
    'cluster.yml': '- hosts: k8s_cluster\n  roles:\n    - { role: runtime, when: is_on }\n',
    'roles/kubespray-defaults/defaults/main.yml':
      'is_on: true\nis_off: false\nnone: []\nsome: [a]\nversion: 2.0.0\n',
    ...files,
  })
  const source = audited(made, { architectures: ['amd64'], settings })
  const reading = { tree: made.tree, text: (path: string) => source.text(path), run: () => source }
  return shapeFindings({ release: reading, settings, tag: 'v2.31.0', memory: new Map() }).some(
    ({ severity }) => severity === 'error',
  )
}

function inTemplate(text: string, variables = 'v: /x'): boolean {
  return stops({ [TASKS]: '- template:\n    src: config.toml.j2\n', [TEMPLATE]: text }, variables)
}

function inTasks(text: string, variables = 'v: /x'): boolean {
  return stops({ [TASKS]: text }, variables)
}

// `v` is text, and `v.dir` stops whoever comes by it.
describe('a template', () => {
  test.each<readonly [string, string, boolean]>([
    ['as it is', '{{ v.dir }}', true],
    ['in a comment', '{# {{ v.dir }} #}', false],
    ['raw', '{% raw %}{{ v.dir }}{% endraw %}', false],
    ['raw, cut close', '{%- raw -%}{{ v.dir }}{%- endraw -%}', false],
    ['raw to its end', '{% raw %}{{ v.dir }}', false],
    ['after what is raw', '{% raw %}x{% endraw %}{{ v.dir }}', true],
    ['not ended', 'a {{ v.dir', false],
    ['the branch that holds', '{% if is_on %}{{ v.dir }}{% endif %}', true],
    ['the branch that does not', '{% if is_off %}{{ v.dir }}{% endif %}', false],
    ['after a branch', '{% if is_off %}a{% endif %}{{ v.dir }}', true],
    ['else, where the first holds', '{% if is_on %}a{% else %}{{ v.dir }}{% endif %}', false],
    ['else, where the first does not', '{% if is_off %}a{% else %}{{ v.dir }}{% endif %}', true],
    ['elif that holds', '{% if is_off %}a{% elif is_on %}{{ v.dir }}{% endif %}', true],
    ['elif behind one that holds', '{% if is_on %}a{% elif is_on %}{{ v.dir }}{% endif %}', false],
    ['elif that does not hold', '{% if is_off %}a{% elif is_off %}{{ v.dir }}{% endif %}', false],
    ['its condition, behind one that holds', '{% if is_on %}a{% elif v.dir %}b{% endif %}', false],
    ['its condition, behind one that does not', '{% if is_off %}a{% elif v.dir %}b{% endif %}', true],
    [
      'else behind two that do not',
      '{% if is_off %}a{% elif is_off %}b{% else %}{{ v.dir }}{% endif %}',
      true,
    ],
    [
      'else behind an elif that holds',
      '{% if is_off %}a{% elif is_on %}b{% else %}{{ v.dir }}{% endif %}',
      false,
    ],
    ['a condition that cannot be read', '{% if a ~~ b %}{{ v.dir }}{% endif %}', false],
    ['else of such a one', '{% if a ~~ b %}a{% else %}{{ v.dir }}{% endif %}', false],
    [
      'one inside of another',
      '{% if is_on %}{% if is_off %}a{% else %}{{ v.dir }}{% endif %}{% endif %}',
      true,
    ],
    ['an else without an if', '{% else %}{{ v.dir }}', true],
    ['an end without a beginning', '{% endif %}{{ v.dir }}', true],
  ])('%s', (_where, text, expected) => {
    expect(inTemplate(text)).toBe(expected)
  })

  test.each<readonly [string, string, boolean]>([
    ['over something', '{% for x in some %}{{ v.dir }}{% endfor %}', true],
    ['over nothing', '{% for x in none %}{{ v.dir }}{% endfor %}', false],
    [
      'over what a default makes nothing',
      '{% for x in nowhere | default([]) %}{{ v.dir }}{% endfor %}',
      false,
    ],
    ['over what is written there', '{% for x in [1, 2] %}{{ v.dir }}{% endfor %}', true],
    ['over the hosts of every cluster', "{% for x in groups['kube_node'] %}{{ v.dir }}{% endfor %}", true],
    [
      'over hosts that not every cluster has',
      "{% for x in groups['calico_rr'] %}{{ v.dir }}{% endfor %}",
      false,
    ],
    ['over what cannot be read', '{% for x in a ~~ b %}{{ v.dir }}{% endfor %}', false],
    ['after it', '{% for x in none %}a{% endfor %}{{ v.dir }}', true],
    ['else, over something', '{% for x in some %}a{% else %}{{ v.dir }}{% endfor %}', false],
    ['else, over nothing', '{% for x in none %}a{% else %}{{ v.dir }}{% endfor %}', true],
    [
      'else, over what is left of something',
      '{% for x in some if x == b %}a{% else %}{{ v.dir }}{% endfor %}',
      false,
    ],
    ['over what is left of something', "{% for x in some if x == 'a' %}{{ v.dir }}{% endfor %}", false],
    ['a variable of its own name', '{% for v in some %}{{ v.dir }}{% endfor %}', false],
    ['after one of its name', '{% for v in some %}{% endfor %}{{ v.dir }}', true],
  ])('a loop: %s', (_where, text, expected) => {
    expect(inTemplate(text)).toBe(expected)
  })

  test.each<readonly [string, string, boolean]>([
    ['set to something else', '{% set v = {} %}{{ v.dir }}', false],
    ['set after it', '{{ v.dir }}{% set v = {} %}', true],
    ['what it is set to', '{% set w = v.dir %}', true],
    ['set to what stands between', '{% set v %}a{% endset %}{{ v.dir }}', false],
    ['set with another', '{% set w, v = {}, {} %}{{ v.dir }}', false],
    ['another set', '{% set w = {} %}{{ v.dir }}', true],
    [
      'set in a branch that may have been taken',
      '{% if nowhere %}{% set v = {} %}{% endif %}{{ v.dir }}',
      false,
    ],
    [
      'set in a loop, which keeps it to itself',
      '{% for x in some %}{% set v = {} %}{% endfor %}{{ v.dir }}',
      true,
    ],
    ['set for a while', '{% with v = {} %}{{ v.dir }}{% endwith %}', false],
    ['after that while', '{% with v = {} %}a{% endwith %}{{ v.dir }}', true],
    ['given to a macro', '{% macro show(v) %}{{ v.dir }}{% endmacro %}', false],
    ['in a macro that nobody calls', '{% macro show(w) %}{{ v.dir }}{% endmacro %}', false],
    ['after a macro', '{% macro show(v) %}a{% endmacro %}{{ v.dir }}', true],
    ['of another file', "{% import 'a.j2' as v %}{{ v.dir }}", false],
  ])('a name %s', (_where, text, expected) => {
    expect(inTemplate(text)).toBe(expected)
  })
})

describe('a part of a value', () => {
  test.each<readonly [string, string, string, boolean]>([
    ['each item has it', '{% for x in v %}{{ x.dir }}{% endfor %}', 'v: [{dir: a}]', false],
    ['one item has it not', '{% for x in v %}{{ x.dir }}{% endfor %}', 'v: [{dir: a}, {}]', true],
    ['there is no item', '{% for x in v %}{{ x.dir }}{% endfor %}', 'v: []', false],
    ['each value has it', '{% for k, x in v.items() %}{{ x.dir }}{% endfor %}', 'v: {a: {dir: b}}', false],
    ['one value has it not', '{% for k, x in v.items() %}{{ x.dir }}{% endfor %}', 'v: {a: {}}', true],
    ['one of its values has it not', '{% for x in v.values() %}{{ x.dir }}{% endfor %}', 'v: {a: {}}', true],
    [
      'its pairs have no name for it',
      '{% for x in v.items() %}{{ x.value.dir }}{% endfor %}',
      'v: {a: {}}',
      true,
    ],
    [
      'pairs of `dict2items` have it not',
      '{% for x in v | dict2items %}{{ x.value.dir }}{% endfor %}',
      'v: {a: {}}',
      true,
    ],
    ['three names are taken', '{% for a, b, c in v %}{{ b.dir }}{% endfor %}', 'v: [[1, 2, 3]]', false],
    ['with a default behind', '{% for x in v | default([]) %}{{ x.dir }}{% endfor %}', 'v: [{}]', true],
    [
      'of an item of an item',
      '{% for x in v %}{% for y in x.all %}{{ y.dir }}{% endfor %}{% endfor %}',
      'v: [{all: [{}]}]',
      true,
    ],
    [
      'of no item of an item',
      '{% for x in v %}{% for y in x.all %}{{ y.dir }}{% endfor %}{% endfor %}',
      'v: [{all: []}]',
      false,
    ],
  ])('%s', (_what, text, variables, expected) => {
    expect(inTemplate(text, variables)).toBe(expected)
  })
})

describe('a task', () => {
  const command = '- command: x {{ v.dir }}\n'

  test.each<readonly [string, string, boolean]>([
    ['as it is', command, true],
    ['over something', `${command}  loop: "{{ some }}"\n`, true],
    ['over nothing', `${command}  loop: "{{ none }}"\n`, false],
    ['over what is written there', `${command}  with_items: [a, b]\n`, true],
    ['over nothing that is written there', `${command}  with_items: []\n`, false],
    ['over a mapping that is written there', `${command}  with_dict: {a: b}\n`, true],
    ['over what comes of templates', `${command}  with_items: ["{{ none }}", "{{ some }}"]\n`, false],
    ['over what cannot be read', `${command}  loop: "{{ a ~~ b }}"\n`, false],
    ['its condition, over nothing', '- command: x\n  when: v.dir\n  loop: "{{ none }}"\n', false],
    ['a condition that cannot be read', `${command}  when: a ~~ b\n`, false],
    ['a condition that is written there', `${command}  when: false\n`, false],
    ['a list of arguments', '- command:\n    argv: [x, "{{ v.dir }}"]\n', true],
    ['in a block', `- block:\n    - command: x {{ v.dir }}\n`, true],
    ['in a block under a condition', `- block:\n    - command: x {{ v.dir }}\n  when: is_off\n`, false],
    ['whose failure is none', `${command}  failed_when: false\n`, false],
    ['what it shows', '- debug:\n    msg: "{{ v.dir }}"\n', false],
  ])('%s', (_where, text, expected) => {
    expect(inTasks(text)).toBe(expected)
  })

  test.each<readonly [string, string, boolean]>([
    ['a node of every cluster', "inventory_hostname in groups['kube_node']", true],
    ['the first of the control plane', "inventory_hostname == groups['kube_control_plane'] | first", true],
    ['the first, by its own variable', 'inventory_hostname == first_kube_control_plane', true],
    ['one of the groups of every cluster', "'etcd' in group_names", true],
    ['one of a group that not every cluster has', "'calico_rr' in group_names", false],
    ['one that is in none of them', "inventory_hostname not in groups['kube_node']", false],
    ['one of two groups', "inventory_hostname in groups['kube_node'] or is_off", true],
    ['one of a group, where something else does not hold', "'etcd' in group_names and is_off", false],
    ['one of a group, where nobody knows', "'etcd' in group_names and nowhere", false],
    [
      'one that is in two groups, which may have none in common',
      "inventory_hostname in groups['kube_node'] and inventory_hostname in groups['etcd']",
      false,
    ],
  ])('on %s', (_where, condition, expected) => {
    expect(inTasks(`${command}  when: ${JSON.stringify(condition)}\n`)).toBe(expected)
  })
})
