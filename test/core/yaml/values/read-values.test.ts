import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pythonFloat } from '../../../../src/core/yaml/values/python-number.ts'
import type { PlainValue } from '../../../../src/core/yaml/values/plain-value.ts'
import { readDocument, readValues } from '../../../../src/core/yaml/values/read-values.ts'
import { runs } from '../../../support/fast-check.ts'

const value = (text: string): PlainValue => readValues(`key: ${text}\n`).values.get('key')

describe('a scalar is what PyYAML makes of it', () => {
  test.each<[string, PlainValue]>([
    ['', undefined],
    ['~', undefined],
    ['null # nothing', undefined],
    ['yes', true],
    ['Off', false],
    ['12', 12],
    ['1.25', 1.25],
    ['3.0', pythonFloat(3)],
    ['2.7.8', '2.7.8'],
    ['v1.2', 'v1.2'],
    ['0755', 493],
    ['"a # b"', 'a # b'],
    ["'it''s'", "it's"],
    ['a:b', 'a:b'],
    ['http://x/#y', 'http://x/#y'],
    ['text # comment', 'text'],
    ['text\r', 'text'],
    ['[]', []],
    ['{}', new Map()],
    ['[a, 1]', ['a', 1]],
    ['[\'a b\', "c", true] # why', ['a b', 'c', true]],
    ['[a, [b]]', ['a', ['b']]],
    ['["{{ x }}", y]', ['{{ x }}', 'y']],
    ['[a b, c]', ['a b', 'c']],
    ['"a\\\\.b \\"c\\""', 'a\\.b "c"'],
    ['"\\u0041"', 'A'],
    ['0b3f', '0b3f'],
    ['0b11', 3],
    ['"a\\nb"', 'a\nb'],
    ['"{{ x }}"', '{{ x }}'],
    ['5e98', '5e98'],
    ['!vault secret', 'secret'],
  ])('%j', (text, expected) => {
    expect(value(text)).toEqual(expected)
  })
})

test('maps keep the order of keys that look like numbers, as text', () => {
  const { values } = readValues("m:\n  '1.10': a\n  20240305: b\n  9: c\n  1.10: d\n")
  expect([...(values.get('m') as Map<string, PlainValue>)]).toEqual([
    ['1.10', 'a'],
    ['20240305', 'b'],
    ['9', 'c'],
    ['1.1', 'd'],
  ])
})

test('every key of the file has its line', () => {
  const { lines } = readValues(
    '---\n# a comment\na: 1\n\nb:\n  - x\n- y\n'.replace('- y\n', '') + 'c: |-\n  d: 1\n',
  )
  expect([...lines]).toEqual([
    ['a', 3],
    ['b', 5],
    ['c', 7],
  ])
})

test('keys written twice are told, and the last one wins', () => {
  const { values, duplicates } = readValues('a: 1\nm:\n  x: 1\n  x: 2\na: 3\n')
  expect(values).toEqual(
    new Map<string, PlainValue>([
      ['a', 3],
      ['m', new Map([['x', 2]])],
    ]),
  )
  expect(duplicates).toEqual(['x', 'a'])
})

describe('what the scanner leaves to the parser', () => {
  test.each<[string, string, PlainValue]>([
    [
      'anchors and merge keys',
      'base: &b\n  x: 1\nkey:\n  <<: *b\n  y: 2\n',
      new Map([
        ['x', 1],
        ['y', 2],
      ]),
    ],
    [
      'a list of maps',
      'key:\n  - a: 1\n    b: 2\n',
      [
        new Map([
          ['a', 1],
          ['b', 2],
        ]),
      ],
    ],
    ['text over several lines', 'key: one\n  two\n', 'one two'],
    ['folded text with an empty line', 'key: >-\n  one\n\n  two\n', 'one\ntwo'],
    [
      'a flow map over lines',
      'key: {a: 1,\n  b: [x]}\n',
      new Map<string, PlainValue>([
        ['a', 1],
        ['b', ['x']],
      ]),
    ],
    ['text in quotes that goes on', 'key: "one\n  two: three"\n', 'one two: three'],
    ['a key with a blank', 'key:\n  a b: 1\n', new Map([['a b', 1]])],
    ['literal text that is indented further', 'key: |-\n  a\n    b\n  c\n', 'a\n  b\nc'],
    ['folded text that is indented further', 'key: >\n  a\n    b\n  c\n', 'a\n  b\nc\n'],
    ['CRLF', 'key: |\r\n  a\r\nb: 1\r\n', 'a\n'],
  ])('%s', (_, text, expected) => {
    expect(readValues(text).values.get('key')).toEqual(expected)
  })
})

describe('bad input is a problem, never an exception', () => {
  test.each([
    ['a bracket', 'a: [1\nb: 2\n'],
    ['a tab', 'a:\n\tb: 1\n'],
    ['two values in one line', 'a: b: c\n'],
    ['an alias that nothing defines', 'a: *gone\n'],
    ['an alias bomb', bomb()],
    ['fifty megabytes', `a: ${'x'.repeat(50_000_000)}`],
    [
      'nesting without end',
      Array.from({ length: 2500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n') + ' 1',
    ],
    ['brackets without end', `a: ${'['.repeat(100_000)}`],
  ])('%s', (_, text) => {
    expect(readValues(text).problems).not.toEqual([])
  })

  test.each(['', '---\n', '# only a comment\n', '- a\n- b\n', 'just text\n', '\u0000'])(
    '%j has no variables',
    (text) => {
      expect(readValues(text).values.size).toBe(0)
    },
  )
})

/** Nine levels of nine aliases each: unfolded, hundreds of millions of values. */
function bomb(): string {
  const levels = ['a0: &a0 [x, x]']
  for (let level = 1; level < 10; level++)
    levels.push(`a${level}: &a${level} [${`*a${level - 1}, `.repeat(8)}*a${level - 1}]`)
  return levels.join('\n')
}

const scalar = fc.constantFrom(
  'v1.2.3',
  '1.10',
  '0',
  'true',
  'sha256:ab',
  "'quoted'",
  '"{{ x }}"',
  'a b',
  '',
  '12:30',
  '.5',
  '0x1f',
  '1_000',
)
const key = fc.constantFrom('amd64', 'arm64', 'v1.2.3', '1.10', '3.0', "'1.35'", 'x-y', '20210518.0')

interface Node {
  readonly children: readonly (readonly [string, string | Node])[]
  readonly comment: boolean
}

const node: fc.Memo<Node> = fc.memo((depth) =>
  fc.record({
    children: fc.uniqueArray(fc.tuple(key, depth > 1 ? fc.oneof(scalar, node(depth - 1)) : scalar), {
      selector: ([name]) => name.replaceAll("'", ''),
      minLength: 1,
      maxLength: 4,
    }),
    comment: fc.boolean(),
  }),
)

function written(name: string, content: string | Node, indent: string): string {
  if (typeof content === 'string') return `${indent}${name}: ${content}\n`
  const inner = content.children
    .map(([child, each]) => written(child, each, `${indent}  `))
    .join(content.comment ? '    # why\n\n' : '')
  return `${indent}${name}:\n${inner}`
}

test('scanning says what parsing says', () => {
  fc.assert(
    fc.property(fc.array(node(3), { minLength: 1, maxLength: 3 }), (nodes) => {
      const text = nodes.map((each, index) => written(`variable_${index}`, each, '')).join('')
      const parsed = readDocument(text)
      expect(readValues(text).values).toEqual(parsed)
    }),
  )
})

describe('what is read line by line is what the parser makes of it', () => {
  /** Items of a list, as tasks are written; some of them only the parser reads. */
  const ITEMS = [
    '- name: a task\n  shell: x -y\n',
    "- name: 'it''s'\n  when: a == 'b' and c is defined\n  tags:\n    - x\n    - y\n",
    '- name: a list as far left as its key\n  tags:\n  - x\n  - 1.10\n',
    '-   name: far in\n    yes: no\n',
    '-\n  name: below the dash\n',
    '- just a word # and why\n',
    '-\n',
    '- # nothing\n',
    '- [a, "b c", 1]\n',
    '- {}\n',
    '- { src: a.yml, dest: "b c", mode: 0644 }\n',
    '- {a: 1, a: 2}\n',
    '- {a: [1], b: {c: d}}\n',
    '- {a:1}\n',
    '- - a\n  - b\n',
    '- ? a\n  : b\n',
    '- a: |\n    one\n      two\n  b: >-\n    folded\n    text\n',
    '- a: |\n    one\n\n    two\n',
    '- a: |+\n    one\n\n',
    '- |\n  text\n',
    '- a: over\n    lines\n  b: "also\n    quoted"\n',
    '- a: "{{ x | default(\'\') }}"\n  b: "a\\tb\\u0041"\n',
    '- name: nested\n  block:\n    - shell: x\n      with_items:\n        - {a: b}\n    - debug:\n        msg: y\n  rescue: []\n',
    '- a: !vault |\n    x\n',
    '- a: 1\n  a: 2\n',
    '- "a": b\n  \'c\': d\n',
    '- a: b: c\n',
    '- a:\tb\n',
    '# between\n\n',
    '  # further in\n',
  ] as const
  /** The parser reads the whole where anything of it is named elsewhere. */
  const byParser = (text: string): PlainValue => {
    const whole = readDocument(`- &named 0\n${text}- *named\n`)
    return Array.isArray(whole) ? (whole as readonly PlainValue[]).slice(1, -1) : whole
  }
  const isSound = (text: string): boolean => byParser(text) !== undefined && !text.includes('a: b: c')

  test.each(ITEMS.filter((item) => item.startsWith('-') && isSound(item)))('%j', (item) => {
    expect(readDocument(item)).toEqual(byParser(item))
  })

  test('in any order', () => {
    const sound = ITEMS.filter(isSound)
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...sound), { minLength: 1, maxLength: 6 }), (items) => {
        const text = `- first\n${items.join('')}`
        expect(readDocument(`---\n${text}`)).toEqual(byParser(text))
        expect(readDocument(text.replaceAll('\n', '\r\n'))).toEqual(byParser(text))
      }),
      runs(300),
    )
  })

  test.each([
    ['a quoted text that goes on too far left', '- a: "x\ny"\n- b: 1\n'],
    ['a second document', '- a: 1\n---\n- b: 1\n'],
    ['no list', '- a: 1\nb: 1\n'],
    ['a line break of old', '- a: 1\r- b: 2\n'],
    ['another blank', '- a:\u00a0b\n- c: d\u00a0\n'],
    ['a tab before a key', '- a:\n\t- b\n'],
  ])('%s is the parser’s', (_, text) => {
    // Somebody else's name in front of it has the parser read it all.
    const named = readDocument(`${text}# *named\n`)
    expect(readDocument(text)).toEqual(named)
    expect(readDocument(`%YAML 1.1\n---\n${text}`)).toEqual(named)
  })
})

test('a text that keeps its last line breaks keeps them before another key too', () => {
  const { values } = readValues('a: |+\n  one\n\nb: |+\n  two\n\n')
  expect([...values]).toEqual([
    ['a', 'one\n\n'],
    ['b', 'two\n\n'],
  ])
})
