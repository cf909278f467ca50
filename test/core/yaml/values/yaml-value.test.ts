import { expect, test } from 'vitest'
import { parseYaml } from '../../../../src/core/yaml/tree/parse-yaml.ts'
import { pythonFloat, pythonInteger } from '../../../../src/core/yaml/values/python-number.ts'
import { isTagged, sameValue, valueOf, type YamlValue } from '../../../../src/core/yaml/values/yaml-value.ts'

function read(text: string): YamlValue {
  const parsed = parseYaml(text)
  const root = parsed.kind === 'parsed' ? parsed.source.documents[0]?.root : undefined
  if (!root) throw new Error(`cannot be read: ${text}`)
  return valueOf(root)
}

test.each([
  ['a: 1\nb: [x, y]\n', 'b: [x, y]\na: 1\n', true],
  ['a: 1\n', 'a: 1\nb: 2\n', false],
  ['a: 1\nb: 2\n', 'a: 1\nc: 2\n', false],
  ['a: 1\n', 'a: 2\n', false],
  ['a: 1\n', 'a: "1"\n', false],
  ['a: yes\n', 'a: true\n', true],
  ['a: yes\n', 'a: "yes"\n', false],
  ['a: ~\n', 'a:\n', true],
  ['a: ~\n', 'a: ""\n', false],
  ['[a, b]\n', '- a\n- b\n', true],
  ['[a, b]\n', '[b, a]\n', false],
  ['[a]\n', '[a, b]\n', false],
  ['[a]\n', 'a: 1\n', false],
  ['[]\n', '{}\n', false],
  ['3.0\n', '3.0\n', true],
  ['3.0\n', '3.00\n', true],
  ['3.0\n', '3\n', false],
  ['3.0\n', '"3.0"\n', false],
  ['1e400\n', '2e400\n', false],
  ['12345678901234567890\n', '12345678901234567890\n', true],
  ['12345678901234567890\n', '12345678901234567891\n', false],
  ['.nan\n', '.NaN\n', true],
  ['!vault a\n', '!vault a\n', true],
  ['!vault a\n', '!vault b\n', false],
  ['!vault a\n', '!unsafe a\n', false],
  ['!vault a\n', 'a\n', false],
  ['!!str a\n', 'a\n', true],
  ['! a\n', 'a\n', true],
  ['a: &x 1\nb: *x\n', 'a: 1\nb: 1\n', true],
])('Ansible takes %j and %j for one value: %s', (a, b, isSame) => {
  expect(sameValue(read(a), read(b))).toBe(isSame)
  expect(sameValue(read(b), read(a))).toBe(isSame)
})

test('an integer and a float that print alike are two', () => {
  expect(sameValue(pythonInteger(10n ** 20n), pythonFloat(1e20))).toBe(false)
})

test('what is not there is not the null of YAML', () => {
  expect(sameValue(undefined, null)).toBe(false)
  expect(sameValue(undefined, undefined)).toBe(true)
})

/** As PyYAML's `flatten_mapping` and `construct_mapping` come to it. */
test.each([
  [
    'what a mapping says itself outranks what it merges',
    'a: &a {x: 1, y: 2}\nb: {<<: *a, x: 3}\n',
    { x: 3, y: 2 },
  ],
  ['wherever the merge stands', 'a: &a {x: 1, y: 2}\nb: {x: 3, <<: *a}\n', { x: 3, y: 2 }],
  [
    'of a list the first outranks the later ones',
    'a: &a {x: 1}\nc: &c {x: 2, y: 2}\nb: {<<: [*a, *c]}\n',
    { x: 1, y: 2 },
  ],
  ['a merge of what is written there', 'b: {<<: {x: 1}, y: 2}\n', { x: 1, y: 2 }],
  ['merges of what merges', 'a: &a {x: 1}\nc: &c {<<: *a, y: 2}\nb: {<<: *c, z: 3}\n', { x: 1, y: 2, z: 3 }],
])('%s', (_, text, wanted) => {
  const whole = read(text)
  const found = whole instanceof Map ? (whole.get('b') as ReadonlyMap<string, YamlValue>) : new Map()
  expect(Object.fromEntries(found)).toEqual(wanted)
})

test('a value with a tag of Ansible’s is not read', () => {
  const value = read('!vault |\n  $ANSIBLE_VAULT;1.1;AES256\n')
  expect(isTagged(value)).toBe(true)
  expect(value).toEqual({ tag: '!vault', value: '$ANSIBLE_VAULT;1.1;AES256\n' })
})
