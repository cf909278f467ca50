import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderEntry, renderFlow, renderItem } from '../../../src/core/yaml/tree/render-entry.ts'
import { pythonFloat } from '../../../src/core/yaml/values/python-number.ts'
import { setValue } from '../../../src/core/yaml/tree/set-value.ts'
import { valueOf, type YamlMap, type YamlValue } from '../../../src/core/yaml/values/yaml-value.ts'
import { canBePlain, writeScalar, type ScalarValue } from '../../../src/core/yaml/tree/write-scalar.ts'
import { documentOf, edited } from '../../support/yaml.ts'
import { runs } from '../../support/fast-check.ts'

/** Characters and words that YAML has something to say about. */
const SPICE = [
  ...':-?#&*!|>%@`{}[],"\'\\=~ \t\n\r',
  ...[
    '---',
    '...',
    ': ',
    ' #',
    'null',
    'yes',
    '0x1F',
    '1e3',
    '1.30',
    '012',
    '1:30',
    '.inf',
    '2024-01-01',
    '<<',
    '{{ a }}',
  ],
  ...['\u0000', '\u0007', '\u0085', '\u2028', '\uFEFF', '\u00A0', '\uD800', 'é', '🙂'],
]
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.oneof(fc.constantFrom(...SPICE), fc.string({ maxLength: 3 })), { maxLength: 6 })
    .map((parts) => parts.join('')),
)
const scalar: fc.Arbitrary<ScalarValue> = fc.oneof(
  { arbitrary: text, weight: 4 },
  {
    arbitrary: fc.oneof(fc.boolean(), fc.integer(), fc.double().map(pythonFloat), fc.constant(null)),
    weight: 1,
  },
)

function readBack(yaml: string): YamlValue {
  const { root } = documentOf(yaml)
  return root ? valueOf(root) : null
}

describe('what is written reads back as the same value', () => {
  const styles = ['x', '"x"', "'x'", '|\n  x', 'yes', '']

  test('one line, in the block and in brackets', () => {
    fc.assert(
      fc.property(scalar, (value) => {
        expect(readBack(`a: ${writeScalar(value, { flow: 'block' })}\n`)).toEqual(new Map([['a', value]]))
        expect(readBack(`[${writeScalar(value, { flow: 'flow' })}, b]\n`)).toEqual([value, 'b'])
      }),
      runs(500),
    )
  })

  test('in place of a value of any style', () => {
    fc.assert(
      fc.property(scalar, fc.constantFrom(...styles), (value, style) => {
        const after = edited(`a: ${style}\nb: 1\n`, (document) => setValue(document, ['a'], value))
        expect(readBack(after)).toEqual(
          new Map<string, YamlValue>([
            ['a', value],
            ['b', 1],
          ]),
        )
      }),
      runs(500),
    )
  })

  const { value: anyValue } = fc.letrec<{ value: YamlValue; list: readonly YamlValue[]; map: YamlMap }>(
    (tie) => ({
      value: fc.oneof({ maxDepth: 3 }, scalar, tie('list'), tie('map')),
      list: fc.array(tie('value'), { maxLength: 3 }),
      map: fc
        .array(
          fc.tuple(
            text.filter((key) => key !== '<<'),
            tie('value'),
          ),
          { maxLength: 3 },
        )
        .map((pairs) => new Map(pairs)),
    }),
  )
  const style = fc.record({
    mapping: fc.integer({ min: 1, max: 4 }),
    sequence: fc.integer({ min: 0, max: 4 }),
  })

  test('collections, as block lines and in brackets', () => {
    fc.assert(
      fc.property(anyValue, style, (value, indents) => {
        const place = { indent: 0, style: indents }
        expect(readBack(renderEntry('key', value, place))).toEqual(new Map([['key', value]]))
        expect(readBack(renderItem(value, place))).toEqual([value])
        expect(readBack(`${renderFlow(['x', value])}\n`)).toEqual(['x', value])
      }),
      runs(500),
    )
  })
})

const plain: readonly [string, boolean][] = [
  ['v1.30.1', true],
  ['1.30.1', true],
  ['1.30', false],
  ['192.0.2.1/24', true],
  ['registry.example.org:5000/x', true],
  ['a: b', false],
  ['a:b', true],
  ['a #b', false],
  ['a#b', true],
  ['-x', true],
  ['- x', false],
  ['yes', false],
  ['Yes.', true],
  ['{{ a }}', false],
  ['a {{ b }}', true],
  ['', false],
  [' a', false],
  ['012', false],
  ['09', true],
  ['0o17', false],
  ['1e3', false],
  ['2024-01-31', false],
]

test.each(plain)('%s may stand without quotes: %s', (value, result) => {
  expect(canBePlain(value, 'block')).toBe(result)
})
