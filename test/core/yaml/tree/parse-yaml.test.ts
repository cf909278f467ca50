import { expect, test } from 'vitest'
import { entryOf } from '../../../../src/core/yaml/tree/find-node.ts'
import type { YamlNode } from '../../../../src/core/yaml/node/yaml-node.ts'
import { problemOf } from '../../../../src/core/yaml/tree/position-at.ts'
import { parseYaml } from '../../../../src/core/yaml/tree/parse-yaml.ts'
import { valueOf } from '../../../../src/core/yaml/values/yaml-value.ts'
import { documentOf, sourceOf, yaml } from '../../../support/yaml.ts'

/** What a range holds, so that tests read as text and not as numbers. */
function cut(text: string, range: { from: number; to: number }): string {
  return text.slice(range.from, range.to)
}

function entriesOf(text: string) {
  const root = documentOf(text).root
  if (root?.kind !== 'mapping') throw new Error('no mapping')
  return root.entries
}

test('an entry holds the comments directly above and behind it, and the deeper ones below', () => {
  const text = yaml`
    # The file's head

    # About a,
    # two lines
    a: 1  # trailing
    b:
      c: 2
      # d: 3

    # About e
    e: 4
  `
  expect(entriesOf(text).map((entry) => cut(text, entry))).toEqual([
    '# About a,\n# two lines\na: 1  # trailing\n',
    'b:\n  c: 2\n  # d: 3\n',
    '# About e\ne: 4\n',
  ])
})

test('a commented-out default is nobody’s comment, a sentence with a colon is one', () => {
  const text = yaml`
    # kube_token: secret
    # Note: this one is about the port
    port: 1
    # image_arch: amd64
    # items_of:
    #   - one
    arch: 2
  `
  expect(entriesOf(text).map((entry) => cut(text, entry))).toEqual([
    '# Note: this one is about the port\nport: 1\n',
    'arch: 2\n',
  ])
})

const values: readonly [string, string, string][] = [
  ['a plain value, without its comment', 'a: v1.2 # note\n', 'v1.2'],
  ['quotes', 'a: "x # y"\n', '"x # y"'],
  ['a tag and an anchor', 'a: !t &x v\n', '!t &x v'],
  ['a literal, without the empty lines below', 'a: |\n  x\n  y\n\n\nb: 1\n', '|\n  x\n  y'],
  ['a literal that keeps them', 'a: |+\n  x\n\nb: 1\n', '|+\n  x\n'],
  ['a vault', 'a: !vault |\n  $ANSIBLE_VAULT;1.1\n  6162\nb: 1\n', '!vault |\n  $ANSIBLE_VAULT;1.1\n  6162'],
  ['a folded value over CRLF lines', 'a: >-\r\n  x\r\n  y\r\nb: 1\r\n', '>-\r\n  x\r\n  y'],
  ['brackets', 'a: [1, {b: 2}] # c\n', '[1, {b: 2}]'],
  ['a block below', 'a:\n  b: 1\n  c: 2 # d\n', 'b: 1\n  c: 2'],
  ['a list in the key’s column', 'a:\n- 1\n- 2\nb: 3\n', '- 1\n- 2'],
  ['an alias', 'z: &y 1\na: *y\n', '*y'],
  ['nothing', 'a:\nb: 1\n', ''],
  ['nothing, behind a byte order mark', '\uFEFFa:\n', ''],
  ['several plain lines', 'a: one\n  two\nb: 1\n', 'one\n  two'],
  ['a template', 'a: "{{ b | default(\'c\') }}"\n', '"{{ b | default(\'c\') }}"'],
]

test.each(values)('the range of a value: %s', (_title, text, written) => {
  const root = documentOf(text).root as YamlNode
  const entry = entryOf(root, 'a')
  expect(entry && cut(text, entry.value)).toBe(written)
  expect(entry && cut(text, entry.keyRange)).toBe('a')
})

test('an empty value stands just behind its colon', () => {
  const [entry] = entriesOf('a:   # later\n')
  expect(entry?.value).toMatchObject({ kind: 'scalar', style: 'empty', from: 2, to: 2 })
})

test('items have their dash, their comments and their ranges', () => {
  const text = yaml`
    list:
      # first
      - name: a
        x: 1
      -
      - [b, c]
  `
  const list = entriesOf(text)[0]?.value
  if (list?.kind !== 'sequence') throw new Error('no list')
  expect(list.items.map((item) => cut(text, item))).toEqual([
    '  # first\n  - name: a\n    x: 1\n',
    '  -\n',
    '  - [b, c]\n',
  ])
  expect(list.indent).toBe(2)
})

test('several documents, markers and a comment-only document', () => {
  const text = '---\na: 1\n---\n# nothing\n---\n- b\n...\n'
  const { documents } = sourceOf(text)
  expect(documents.map(({ root }) => root?.kind)).toEqual(['mapping', undefined, 'sequence'])
  expect(sourceOf('').documents).toEqual([{ text: '', root: undefined, from: 0, to: 0 }])
})

const faults: readonly [string, string, object][] = [
  ['a missing bracket', 'a: [1\nb: 2\n', { code: 'yaml-syntax', line: 2, column: 1 }],
  ['a nested mapping on one line', 'a: b: c\n', { code: 'yaml-syntax', line: 1, column: 4 }],
  ['a wrong column', 'a:\n  b: 1\n c: 2\n', { code: 'yaml-syntax', line: 3, column: 1 }],
  ['a tab', 'a:\n\tb: 1\n', { code: 'yaml-syntax', line: 2 }],
  ['an alias without an anchor', 'a: *b\n', { code: 'yaml-alias', line: 1, column: 4 }],
  ['an alias in the second document', 'a: &b 1\n---\nc: *b\n', { code: 'yaml-alias', line: 3, column: 4 }],
]

test.each(faults)('%s is a fault at its place', (_title, text, fault) => {
  const parsed = parseYaml(text)
  if (parsed.kind !== 'refused') throw new Error('it was read')
  expect(parsed.faults[0]).toMatchObject(fault)
  expect(parsed.faults[0]?.message).toMatch(/^[A-Z].*\.$/)
})

test.each([
  'a: |s3cret\n  x\n',
  'a: "s3cret" s3cret\n',
  'a: b: s3cret\n',
  '} s3cret\n',
  'a: @s3cret\n',
  '"s3cret\n',
])('the fault of %j does not quote what is written', (text) => {
  const parsed = parseYaml(text)
  if (parsed.kind !== 'refused') throw new Error('it was read')
  expect(parsed.faults.map((fault) => fault.message).join()).not.toContain('s3cret')
})

test('a fault becomes a problem of its file', () => {
  const parsed = parseYaml('a: b: c\n')
  if (parsed.kind !== 'refused' || !parsed.faults[0]) throw new Error('it was read')
  expect(problemOf(parsed.faults[0], 'group_vars/all.yml')).toMatchObject({
    code: 'yaml-syntax',
    at: { file: 'group_vars/all.yml', line: 1, column: 4 },
  })
})

test('reads quoted values whose lines stand too far left, as Ansible does', () => {
  const text =
    'a:\n  b: "{{ x | combine({\n    1: 2\n}) }}"  # c\n  d: \'one\ntwo\'\n  e: ["x \\\n y",\n    "z\n\n\nw"]\n'
  const { documents } = sourceOf(text)
  const root = documents[0]?.root
  expect(root && valueOf(root)).toEqual(
    new Map([
      [
        'a',
        new Map<string, unknown>([
          ['b', '{{ x | combine({ 1: 2 }) }}'],
          ['d', 'one two'],
          ['e', ['x y', 'z\n\nw']],
        ]),
      ],
    ]),
  )
  const inner = root && entryOf(root, 'a')?.value
  expect(inner?.kind === 'mapping' && inner.entries.map((entry) => cut(text, entry))).toEqual([
    '  b: "{{ x | combine({\n    1: 2\n}) }}"  # c\n',
    "  d: 'one\ntwo'\n",
    '  e: ["x \\\n y",\n    "z\n\n\nw"]\n',
  ])
  expect(parseYaml('a: "x\nb: "y"\n').kind).toBe('refused')
})

test('a key that stands twice is told and does not stop reading', () => {
  const source = sourceOf('a: 1\nb:\n  c: 1\n  c: 2\na: 3\n')
  expect(source.duplicates.map(({ code, line, column }) => ({ code, line, column }))).toEqual([
    { code: 'yaml-duplicate-key', line: 4, column: 3 },
    { code: 'yaml-duplicate-key', line: 5, column: 1 },
  ])
})

test('a carriage return by itself ends a line and is no sign of the value, and offsets stay', () => {
  const text = 'a: 1\r\nb: host\r'
  const root = documentOf(text).root as YamlNode
  expect(valueOf(root)).toEqual(valueOf(documentOf('a: 1\nb: host\n').root as YamlNode))
  expect(cut(text, entryOf(root, 'b')?.value ?? { from: 0, to: 0 })).toBe('host')
})
