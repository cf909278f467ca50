import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderTemplate, type Scope } from '../../../../src/core/catalogue/jinja/render-template.ts'
import { plainScalar, type PlainMap, type PlainValue } from '../../../../src/core/yaml/values/plain-value.ts'
import { PythonNumber, pythonText } from '../../../../src/core/yaml/values/python-number.ts'
import { readDocument, readValues } from '../../../../src/core/yaml/values/read-values.ts'
import {
  resolvePlain,
  resolveScalar,
  type ScalarMeaning,
} from '../../../../src/core/yaml/values/resolve-scalar.ts'
import { isYamlMap, valueOf } from '../../../../src/core/yaml/values/yaml-value.ts'
import { writeScalar } from '../../../../src/core/yaml/tree/write-scalar.ts'
import { runs } from '../../../support/fast-check.ts'
import { askPyYaml, pyyamlMissing, type PythonScalar } from '../../../support/pyyaml.ts'
import { documentOf } from '../../../support/yaml.ts'

const missing = pyyamlMissing()

/** What PyYAML says of each, written down so that the table is a test where there is no PyYAML as well. */
const table: readonly (readonly [written: string, type: string, printed: string])[] = [
  ['', 'NoneType', 'None'],
  ['~', 'NoneType', 'None'],
  ['Null', 'NoneType', 'None'],
  ['nULL', 'str', 'nULL'],
  ['yes', 'bool', 'True'],
  ['On', 'bool', 'True'],
  ['oN', 'str', 'oN'],
  ['OFF', 'bool', 'False'],
  ['y', 'str', 'y'],
  ['N', 'str', 'N'],
  ['12', 'int', '12'],
  ['+12', 'int', '12'],
  ['-0', 'int', '0'],
  ['010', 'int', '8'],
  ['08', 'str', '08'],
  ['0o17', 'str', '0o17'],
  ['0_7', 'int', '7'],
  ['0x1f', 'int', '31'],
  ['0X1F', 'str', '0X1F'],
  ['-0x_1F', 'int', '-31'],
  ['0b1_1', 'int', '3'],
  ['1_000', 'int', '1000'],
  ['1_', 'int', '1'],
  ['_1', 'str', '_1'],
  ['1,000', 'str', '1,000'],
  ['1:30', 'int', '90'],
  ['-1:30', 'int', '-90'],
  ['190:20:30', 'int', '685230'],
  ['1:60', 'str', '1:60'],
  ['0:30', 'str', '0:30'],
  ['12345678901234567890123', 'int', '12345678901234567890123'],
  ['1.10', 'float', '1.1'],
  ['3.0', 'float', '3.0'],
  ['1.', 'float', '1.0'],
  ['.5', 'float', '0.5'],
  ['+.5', 'str', '+.5'],
  ['-.5', 'str', '-.5'],
  ['0.0', 'float', '0.0'],
  ['-0.0', 'float', '-0.0'],
  ['1e3', 'str', '1e3'],
  ['1.0e3', 'str', '1.0e3'],
  ['1.0e+3', 'float', '1000.0'],
  ['1.5E-7', 'float', '1.5e-07'],
  ['1.0e+16', 'float', '1e+16'],
  ['123456789012345.0', 'float', '123456789012345.0'],
  ['0.0001', 'float', '0.0001'],
  ['0.00001', 'float', '1e-05'],
  ['1_0.5_', 'float', '10.5'],
  ['190:20:30.15', 'float', '685230.15'],
  ['.inf', 'float', 'inf'],
  ['-.INF', 'float', '-inf'],
  ['.nan', 'float', 'nan'],
  ['1.2.3', 'str', '1.2.3'],
  ['v1.2', 'str', 'v1.2'],
  ['5e98', 'str', '5e98'],
  ['1234e56', 'str', '1234e56'],
  ['2020-01-01', 'date', '2020-01-01'],
  ['2020-1-1', 'str', '2020-1-1'],
  ['2020-02-30', 'refused', ''],
  ['2001-12-14t21:59:43.10-05:00', 'datetime', '2001-12-14 21:59:43.100000-05:00'],
  ['2001-12-14 21:59:43.10 -5', 'datetime', '2001-12-14 21:59:43.100000-05:00'],
  ['2001-12-15 2:59:43', 'datetime', '2001-12-15 02:59:43'],
  ['2001-12-15T02:59:43.1Z', 'datetime', '2001-12-15 02:59:43.100000+00:00'],
  ['0x_', 'refused', ''],
  ['=', 'refused', ''],
  ['<<', 'refused', ''],
]

/** What PyYAML refuses stays the text it is: no reader of ours guesses. */
function expected(written: string, [type, printed]: readonly [string, string]): readonly [string, string] {
  return type === 'refused' ? ['str', written] : [OURS[type] ?? type, printed]
}

/** A date is read to the text that is printed. */
const OURS: Readonly<Record<string, string>> = { date: 'str', datetime: 'str' }

function said(value: ScalarMeaning | PlainValue): readonly [string, string] {
  return [typeName(value), pythonText(value as ScalarMeaning)]
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (value instanceof PythonNumber) return value.type
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  return typeof value === 'boolean' ? 'bool' : 'str'
}

/** Every reader there is: the scanner and the parser of catalogues and audits, and the reader of what we edit. */
const readers: Readonly<Record<string, (written: string) => ScalarMeaning | PlainValue>> = {
  resolver: (written) => resolvePlain(written).value,
  'files of variables': (written) => readValues(`k: ${written}\n`).values.get('k'),
  'items of a list': (written) => (readValues(`k:\n  - ${written}\n`).values.get('k') as PlainValue[])[0],
  'any document': (written) => ((readDocument(`- k: ${written}\n`) as PlainValue[])[0] as PlainMap).get('k'),
  inventories: (written) => {
    const root = documentOf(`k: ${written}\nx: 1\n`).root
    const value = root && valueOf(root)
    return isYamlMap(value) ? (value.get('k') as ScalarMeaning) : undefined
  },
}

describe.each(Object.entries(readers))('PyYAML’s answer comes from the reader: %s', (name, read) => {
  test.each(table)('%s is %s %s', (written, type, printed) => {
    // A merge key is none as a value, and an item of a list may not be one that only the parser reads.
    if (name !== 'resolver' && written === '<<') return
    expect(said(read(written))).toEqual(expected(written, [type, printed]))
  })
})

test.each(table.filter(([, type]) => type !== 'refused'))(
  'a template prints %s as Ansible does',
  (written, _, printed) => {
    const value = plainScalar(resolvePlain(written).value)
    const scope: Scope = { variable: () => value, read: new Map() }
    expect(renderTemplate('v{{ x }}.tar', scope)).toBe(`v${printed}.tar`)
    // As a key of a mapping: the name under which templates look it up.
    if (written !== '')
      expect([...(readValues(`k:\n  ${written}: 1\n`).values.get('k') as PlainMap)]).toEqual([[printed, 1]])
  },
)

test.each<[tag: string, written: string, printed: string]>([
  ['!!str', '08', '08'],
  ['!!str', 'yes', 'yes'],
  ['!!str', '', ''],
  ['!!int', '"010"', '8'],
  ['!!float', '3', '3.0'],
  ['!!float', '"1.50"', '1.5'],
  ['!!bool', '"off"', 'False'],
  ['!!null', 'x', 'None'],
  ['!!timestamp', '"2020-01-01"', '2020-01-01'],
])('the tag %s makes %s to %s, in every reader', (tag, written, printed) => {
  for (const name of ['files of variables', 'any document', 'inventories'])
    expect(pythonText(readers[name]?.(`${tag} ${written}`) as ScalarMeaning)).toBe(printed)
  if (!missing) expect(askPyYaml([`${tag} ${written}`], 'any')[0]?.text).toBe(printed)
})

test('a tag of Ansible’s own leaves the text alone', () => {
  expect(resolveScalar({ style: 'plain', content: 'yes', tag: '!' })).toBe('yes')
  const root = documentOf('k: !vault abc\nx: !unsafe "{{ y }}"\n').root
  expect(root && valueOf(root)).toEqual(
    new Map([
      ['k', { tag: '!vault', value: 'abc' }],
      ['x', { tag: '!unsafe', value: '{{ y }}' }],
    ]),
  )
})

test('of merge keys each reader has the entries, and their order, that PyYAML has', () => {
  const text = 'a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nk:\n  own: 0\n  <<: [*a, *b]\n  z: 3\nq: {"<<": 1}\n'
  const root = documentOf(text).root
  const inventory = root && valueOf(root)
  const merged = [
    ['y', 1],
    ['z', 3],
    ['x', 1],
    ['own', 0],
  ]
  expect([...(readValues(text).values.get('k') as PlainMap)]).toEqual(merged)
  expect(isYamlMap(inventory) && [...(inventory.get('k') as PlainMap)]).toEqual(merged)
  expect([...(readValues(text).values.get('q') as PlainMap)]).toEqual([['<<', 1]])
})

test('a key is what Python prints: two spellings of one are twice the same, a quoted one is another', () => {
  expect(readValues("k:\n  1.10: a\n  1.1: b\n  '1.10': c\n  yes: d\n").duplicates).toHaveLength(1)
  const root = documentOf("k: {1.10: a, '1.10': c, yes: d}\n").root
  const value = root && valueOf(root)
  expect(isYamlMap(value) && [...(value.get('k') as PlainMap).keys()]).toEqual(['1.1', '1.10', 'True'])
})

describe.skipIf(missing)(missing ?? 'as PyYAML itself says', () => {
  test('the table holds its answers', () => {
    const answers = askPyYaml(table.map(([written]) => written))
    expect(answers.map(({ type, text }) => [type, text])).toEqual(
      table.map(([, type, printed]) => [type, printed]),
    )
  })

  test('on any scalar', () => {
    const texts = [...new Set(fc.sample(anyScalar, { numRuns: TIMES, ...SEED }))]
    const answers = askPyYaml(texts)
    const wrong = texts.flatMap((written, index) => {
      const { type, text } = answers[index] as PythonScalar
      if (type === 'no-scalar') return []
      const right = expected(written, [type, text])
      return Object.entries(readers)
        .map(([name, read]) => ({ written, name, got: said(read(written)), right }))
        .filter(({ got }) => got.join() !== right.join())
    })
    expect(wrong).toEqual([])
    expect(answers.filter(({ type }) => type !== 'no-scalar').length).toBeGreaterThan(texts.length / 2)
  }, 60_000)

  test('on whatever we write', () => {
    const texts = [...new Set(fc.sample(anyScalar, { numRuns: TIMES, ...SEED }))]
    const values = texts.map((text) => resolvePlain(text)).filter(({ type }) => type !== 'timestamp')
    const written = values.map(({ value }) => writeScalar(value, { flow: 'block' }))
    const answers = askPyYaml(written, 'any')
    const wrong = values.flatMap(({ value }, index) => {
      const got = answers[index]?.text
      return got === pythonText(value) ? [] : [{ value: pythonText(value), written: written[index], got }]
    })
    expect(wrong).toEqual([])
  }, 60_000)
})

const TIMES = runs(2000).numRuns
const { seed } = fc.readConfigureGlobal()
const SEED = seed === undefined ? {} : { seed }

const digits = fc.stringMatching(/^[0-9]{1,4}$/)
const anyScalar = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[-+]?[0-9a-fA-FxXobe_.:]{1,8}$/) },
  {
    weight: 2,
    arbitrary: fc.stringMatching(
      /^[-+]?[0-9_]{1,5}(?::[0-9]{1,2}){0,2}(?:\.[0-9_]{0,4})?(?:[eE][-+]?[0-9]{1,2})?$/,
    ),
  },
  { weight: 1, arbitrary: fc.stringMatching(/^[-+]?0[xbo]?[0-9a-f_]{0,6}$/) },
  {
    weight: 2,
    arbitrary: fc.stringMatching(
      /^[0-9]{4}-[01]?[0-9]-[0-3]?[0-9](?:[Tt ][0-2]?[0-9]:[0-5][0-9]:[0-5][0-9](?:\.[0-9]{0,7})?(?: ?(?:Z|[-+][0-2]?[0-9](?::[0-5][0-9])?))?)?$/,
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('yes', 'no', 'on', 'off', 'true', 'false', 'null', '~', '.inf', '.nan', 'y', 'n'),
        fc.constantFrom('lower', 'upper', 'title', 'odd'),
      )
      .map(([word, way]) => {
        if (way === 'upper') return word.toUpperCase()
        if (way === 'title') return word.charAt(0).toUpperCase() + word.slice(1)
        return way === 'odd' ? word.slice(0, -1) + word.slice(-1).toUpperCase() : word
      }),
  },
  { weight: 1, arbitrary: fc.tuple(digits, digits, digits).map((parts) => parts.join('.')) },
  { weight: 1, arbitrary: fc.double().map(String) },
  { weight: 1, arbitrary: fc.bigInt().map(String) },
)
