import { describe, expect, test } from 'vitest'
import { setScalar, setValue } from '../../../../src/core/yaml/tree/set-value.ts'
import type { YamlValue } from '../../../../src/core/yaml/values/yaml-value.ts'
import type { ScalarValue } from '../../../../src/core/yaml/tree/write-scalar.ts'
import { documentOf, edited } from '../../../support/yaml.ts'

const scalars: readonly [string, string, ScalarValue, string][] = [
  ['a plain value', 'a: v1.2  # note\nb: 1\n', 'v1.3', 'a: v1.3  # note\nb: 1\n'],
  ['double quotes', 'a: "v1.2"\n', 'v1.3', 'a: "v1.3"\n'],
  ['single quotes', "a: 'v1.2'\n", "it's", "a: 'it''s'\n"],
  ['single quotes that cannot hold it', "a: 'x'\n", 'x\ny', 'a: "x\\ny"\n'],
  ['CRLF and no final line break', 'a: 1\r\nb: 2\r\na: 3', '4', 'a: 1\r\nb: 2\r\na: "4"'],
  ['a byte order mark', '\uFEFFa: x\n', 'y', '\uFEFFa: y\n'],
  ['a version that would be a number', 'a: 1.29.1\n', '1.30', 'a: "1.30"\n'],
  ['a word that would be a boolean', 'a: x\n', 'no', 'a: "no"\n'],
  ['a template', 'a: x\n', '{{ b }}', 'a: "{{ b }}"\n'],
  ['a template with double quotes', 'a: x\n', '{{ b["c"] }}', 'a: \'{{ b["c"] }}\'\n'],
  ['a boolean in the spelling it had', 'a: no\n', true, 'a: yes\n'],
  ['a boolean in the other spelling it had', 'a: True\n', false, 'a: False\n'],
  ['a boolean for a text', 'a: "x"\n', true, 'a: true\n'],
  ['a number', 'a: 10\n', 12, 'a: 12\n'],
  ['null', 'a: 10\n', null, 'a: null\n'],
  ['nothing', 'a:\nb: 1\n', 'x', 'a: x\nb: 1\n'],
  ['nothing, with blanks behind', 'a:   \nb: 1\n', 'x', 'a: x\nb: 1\n'],
  ['nothing, with a comment', 'a:  # later\n', 'x', 'a: x  # later\n'],
  ['a literal', 'a: |\n  x\n  y\n\nb: 1\n', 'z', 'a: z\n\nb: 1\n'],
  ['a list', 'a:  # note\n  - x\n  - y\nb: 1\n', 'z', 'a: z  # note\nb: 1\n'],
  ['a value on the next line', 'a:\n  x\nb: 1\n', 'y', 'a: y\nb: 1\n'],
  ['brackets', 'a: [x]\n', 'y', 'a: y\n'],
  ['an anchored value', 'a: &v x\nb: *v\n', 'y', 'a: &v y\nb: *v\n'],
  ['an alias', 'b: &v x\na: *v\n', 'y', 'b: &v x\na: y\n'],
  ['a value in brackets', '{a: x, b: y}\n', 'p, q', '{a: "p, q", b: y}\n'],
]

describe('setScalar replaces', () => {
  test.each(scalars)('%s', (_title, before, value, after) => {
    expect(edited(before, (document) => setScalar(document, ['a'], value))).toBe(after)
  })
})

test('sets inside of lists, and in the document asked for', () => {
  expect(edited('a:\n  - b: 1\n  -\n', (document) => setScalar(document, ['a', 1], 'x'))).toBe(
    'a:\n  - b: 1\n  - x\n',
  )
  const text = 'a: 1\n---\na: 2\n'
  expect(setScalar(documentOf(text, 1), ['a'], 3)).toEqual([{ from: 12, to: 13, text: '3' }])
})

test('says when nothing stands at a path', () => {
  expect(setScalar(documentOf('a: 1\n'), ['b'], 1)).toBeUndefined()
  expect(setScalar(documentOf('a: 1\n'), ['a', 'b'], 1)).toBeUndefined()
})

const nested = new Map<string, YamlValue>([
  ['x', ['1', new Map([['y', 'z']])]],
  ['w', 'p\nq\n'],
])

const collections: readonly [string, string, YamlValue, string][] = [
  ['a scalar', 'a: 1  # note\nb: 2\n', ['x'], 'a:  # note\n  - x\nb: 2\n'],
  ['a list in the key’s column', 'z:\n- 1\na: 1\n', ['x'], 'z:\n- 1\na:\n- x\n'],
  [
    'a block below',
    'a:  # note\n  b: 1\nc: 2\n',
    nested,
    'a:  # note\n  x:\n    - "1"\n    - y: z\n  w: |\n    p\n    q\nc: 2\n',
  ],
  ['brackets', 'a: [x, y]\n', ['p', 'q, r'], 'a: [p, "q, r"]\n'],
  ['an empty list', 'a: [x]\n', [], 'a: []\n'],
  ['the document’s line breaks', 'a: 1\r\n', ['x'], 'a:\r\n  - x\r\n'],
]

describe('setValue puts a collection in place of', () => {
  test.each(collections)('%s', (_title, before, value, after) => {
    expect(edited(before, (document) => setValue(document, ['a'], value))).toBe(after)
  })
})
