import { describe, expect, test } from 'vitest'
import { checksIn, type CheckPlace } from '../../../src/core/audit/checks-in.ts'

const TASKS = 'roles/a/tasks/main.yml'
const TEMPLATE = 'roles/a/templates/a.conf.j2'

/** The one place of a text that checks nothing. */
function offIn(path: string, text: string): CheckPlace | undefined {
  const off = checksIn(path, text).filter(({ state }) => state === 'off')
  expect(off.length).toBeLessThan(2)
  return off[0]
}

describe('a place of a template counts under every condition around it', () => {
  const at = (text: string): readonly string[] | undefined =>
    offIn(TEMPLATE, text.replace('OFF', 'skip_verify = true'))?.conditions

  test.each<[string, string, string[]]>([
    ['one', '{% if a %}\nOFF\n{% endif %}\n', ['(a)']],
    ['one that is over', '{% if a %}\nx\n{% endif %}\nOFF\n', []],
    ['two, one in the other', '{% if a %}\n{% if b %}\nOFF\n{% endif %}\n{% endif %}\n', ['(a)', '(b)']],
    ['the other case', '{% if a or b %}\nx\n{% else %}\nOFF\n{% endif %}\n', ['(not (a or b))']],
    ['the second case', '{% if a %}\nx\n{% elif b %}\nOFF\n{% endif %}\n', ['(not (a))', '(b)']],
    [
      'the third case, which is none of those before',
      '{% if a %}\nx\n{% elif b %}\ny\n{% elif c %}\nOFF\n{% endif %}\n',
      ['(not (a))', '(not (b))', '(c)'],
    ],
    [
      'what is left of three',
      '{% if a %}\nx\n{% elif b %}\ny\n{% else %}\nOFF\n{% endif %}\n',
      ['(not (a))', '(not (b))'],
    ],
    ['on its own line', 'args = {% if a %}--mode x{% else %}OFF{% endif %}\n', ['(not (a))']],
    ['a condition over two lines', '{%- if a\n   and b -%}\nOFF\n{%- endif -%}\n', ['(a\n   and b)']],
    ['none, behind one over two lines', '{% if a\n and b %}\nx\n{% endif %}\nOFF\n', []],
    ['a loop, which nobody knows to turn', '{% for each in b %}\nOFF\n{% endfor %}\n', ['(omit)']],
    [
      'a loop that has nothing to go over',
      '{% for each in b %}\nx\n{% else %}\nOFF\n{% endfor %}\n',
      ['(omit)'],
    ],
    ['none of what only sets something', '{% set a = b %}\nOFF\n', []],
    ['none of a case that belongs to nothing', '{% else %}\nOFF\n', []],
    ['none of a comment', '{# {% if a %} #}\nOFF\n', []],
  ])('%s', (_, text, conditions) => {
    expect(at(text)).toEqual(conditions)
  })
})

describe('a place of a task counts when the task runs', () => {
  const task = (when: string): string =>
    `- name: Before\n  command: x\n  when: before\n- name: Fetch\n  get_url:\n    url: x\n    validate_certs: no\n${when}- name: After\n  command: x\n  when: after\n`

  test.each<[string, string, string[]]>([
    ['always', task(''), []],
    ['one condition', task('  when: a == "b"\n'), ['(a == "b")']],
    ['one in quotes', task("  when: 'a'\n"), ['(a)']],
    ['a list', task('  when:\n    - a\n    - "b"\n'), ['(a)', '(b)']],
    ['a list that is not indented', task('  when:\n  - a\n  - b\n'), ['(a)', '(b)']],
    ['a list with a remark in it', task('  when:\n    - a\n    # for now\n    - b\n'), ['(a)', '(b)']],
    ['a list, and something behind it', task('  when:\n    - a\n  register: x\n'), ['(a)']],
    ['a condition over two lines', task('  when: a\n    and b\n'), ['(a and b)']],
    ['a folded one', task('  when: >-\n    a and\n    b\n'), ['(a and b)']],
    [
      'a list of folded ones',
      task('  when:\n    - >-\n      a and\n      b\n    - c\n'),
      ['(a and b)', '(c)'],
    ],
    ['none that is empty', task('  when:\n'), []],
    [
      'a task that has no name, and not that of the one before',
      '- name: Before\n  command: x\n  when: before\n- get_url:\n    url: x\n    validate_certs: no\n',
      [],
    ],
    ['a task that begins with it', '- when: a\n  get_url:\n    validate_certs: no\n', ['(a)']],
    [
      'a task in a block, and the block',
      '- name: All\n  when: a\n  block:\n    - name: Fetch\n      get_url:\n        validate_certs: no\n      when: b\n',
      ['(b)', '(a)'],
    ],
    [
      'an item of a list',
      '- name: Fetch\n  command:\n    argv:\n      - curl\n      - --insecure\n  when: a\n',
      ['(a)'],
    ],
    ['a task in one line', '- get_url: url=x validate_certs=no\n  when: a\n', ['(a)']],
  ])('%s', (_, text, conditions) => {
    expect(offIn(TASKS, text)?.conditions).toEqual(conditions)
  })
})

test.each<[string, string, string, string | undefined]>([
  ['a remark of Jinja', TEMPLATE, '{# skip_verify = true #}\nx\n', undefined],
  [
    'a list below its key',
    TEMPLATE,
    'insecure-registries:\n  - registry.example.org\n',
    'insecure-registries:1',
  ],
  [
    'and at its key’s own place',
    TEMPLATE,
    'insecure-registries:\n- registry.example.org\n',
    'insecure-registries:1',
  ],
  ['an empty list', TEMPLATE, 'insecure-registries:\nother: x\n', undefined],
  ['one at the end', TEMPLATE, 'insecure-registries:\n', undefined],
  [
    'a list that begins in brackets',
    TEMPLATE,
    'insecure_registries = [\n  "x"\n]\n',
    'insecure_registries:1',
  ],
  ['a checksum below its key', TASKS, '- get_url:\n    checksum:\n      sha256:{{ sum }}\n', undefined],
  ['a source in the form of deb822', TEMPLATE, 'Types: deb\nTrusted: yes\n', 'Trusted: yes:2'],
  ['trust in something else', TEMPLATE, 'Name: x\nTrusted: yes\n', undefined],
])('%s', (_, path, text, told) => {
  const off = offIn(path, text)
  expect(off && `${off.option}:${off.line}`).toBe(told)
})

test.each<[string, string, string, string]>([
  ['its task', TASKS, '- name: Fetch\n  get_url:\n    url: x\n    validate_certs: no\n', 'Fetch'],
  ['its task without a name', TASKS, '- get_url:\n    url: x\n    validate_certs: no\n', '- get_url:'],
  ['its section', TEMPLATE, '[plugins]\na = 1\nskip_verify = true\n', '[plugins]'],
  ['its key', TEMPLATE, 'registry:\n  a: 1\n  skip_verify: true\n', 'registry:'],
  ['nothing, at the top of a file', TEMPLATE, 'skip_verify = true\n', ''],
  ['itself, as a key at the top', TEMPLATE, 'a: 1\nskip_verify: true\n', 'skip_verify'],
])('a place stands in %s', (_, path, text, within) => {
  expect(offIn(path, text)?.within).toBe(within)
})
