import { expect, test } from 'vitest'
import { formOf, keyOf, settingsOf } from '../../../../src/core/series/account/form-of.ts'

const SUM = 'a1'.repeat(32)

test.each([
  ['  a  b\tc  ', 'a b c'],
  [`key: "one"  'two'\r`, 'key:one two'],
  ['{{ a | b }}', '{{a|b}}'],
  ['a - b . c', 'a - b . c'],
  ['v1.2', '1.2'],
  ['tool:v1.2', 'tool:1.2'],
  ['tool v1.2', 'tool 1.2'],
  ['rev1 a-v1 a.v1 vault', 'rev1 a-v1 a.v1 vault'],
  [`sha256:${SUM}`, SUM],
  [`sha256:${SUM}-x`, `${SUM}-x`],
  [`sha256:${SUM}0`, `sha256:${SUM}0`],
  ['sha256:short', 'sha256:short'],
])('the form of %j is %j', (line, form) => {
  expect(formOf(line)).toBe(form)
})

test.each([
  ['some_key: 1', 'some_key'],
  ['  some.key = 1', 'some.key'],
  ['- some-key: 1', 'some-key'],
  ['-   some_key: 1', 'some_key'],
  ['# some_key: 1', 'some_key'],
  ['#some_key: 1', 'some_key'],
  ['export SOME_KEY=1', 'SOME_KEY'],
  ['"some_key": 1', 'some_key'],
  [`'some_key' : 1`, 'some_key'],
  ['some_key : 1', 'some_key'],
  ['say some_key: 1', undefined],
  ['some_key  : 1', undefined],
  ['some_key', undefined],
  [`${' '.repeat(201)}some_key: 1`, undefined],
])('%j sets %j', (line, key) => {
  expect(keyOf(line)).toBe(key)
})

test.each([
  ['some_key: tool 1.2', ['key some_key']],
  ['fetch tooling 1.2.3-rc.1', ['but its version fetch tooling #']],
  ['fetch tooling v12.3 now', ['but its version fetch tooling # now']],
  ['12.3 is tooling', ['but its version # is tooling']],
  ['fetch tooling x1.2', []],
  ['fetch tooling 12', []],
  ['tool 1.2', []],
])('%j may be known by %j', (line, names) => {
  expect(settingsOf(line)).toEqual(names)
})
