import { expect, test } from 'vitest'
import { resolveIniValue, writeIniValue } from '../../../src/core/inventory/resolve-ini-value.ts'
import { readIni } from '../../../src/core/inventory/read-ini.ts'

const TEXT = `\uFEFF# comment
ungrouped1
[all:vars]
a = 1 # part of it
; another comment
b="x y"\r
[masters]   # note
m1 ansible_host=192.0.2.1 c='p q' # comment=1
m[2:3]:22 d=a#b
[cluster:children]
masters  # note
`

test('reads hosts, groups and variables', () => {
  const ini = readIni(TEXT)
  expect([...ini.hosts]).toEqual([
    ['ungrouped', ['ungrouped1']],
    ['masters', ['m1', 'm[2:3]:22']],
  ])
  expect([...ini.children]).toEqual([['cluster', ['masters']]])
  expect(ini.faults).toEqual([])
})

test('each variable knows its owner, its place and what is written', () => {
  const { variables } = readIni(TEXT)
  expect(variables.map(({ name, owner, written }) => [owner.name, name, written])).toEqual([
    ['all', 'a', '1 # part of it'],
    ['all', 'b', '"x y"'],
    ['m1', 'ansible_host', '192.0.2.1'],
    ['m1', 'c', "'p q'"],
    ['m[2:3]:22', 'd', 'a#b'],
  ])
  for (const { from, to, written, name, nameFrom } of variables) {
    expect(TEXT.slice(from, to)).toBe(written)
    expect(TEXT.startsWith(name, nameFrom)).toBe(true)
  }
})

test('lines that Ansible would refuse are faults at their place', () => {
  const text = '[a:vars]\nno value\n[b:odd]\nx\n[c]\nhost word\n'
  expect(readIni(text).faults.map(({ offset }) => text.slice(offset, text.indexOf('\n', offset)))).toEqual([
    'no value',
    'x',
    'word',
  ])
})

/** What begins with a bracket and is none of Ansible's sections. */
test.each([['[cluster'], ['[two words]'], ['[]'], ['[cluster # note']])('%s opens no group', (line) => {
  const text = `a\n${line}\nb\n`
  const { faults, hosts } = readIni(text)
  expect(faults.map(({ offset }) => offset)).toEqual([2])
  expect([...hosts.values()]).toEqual([['a', 'b']])
})

test('a range may stand at the beginning of a name', () => {
  expect([...readIni('[1:3].example.org x=1\n').hosts.values()]).toEqual([['[1:3].example.org']])
})

test('of a file that is no inventory at all the first ten lines suffice', () => {
  expect(readIni('host word\n'.repeat(1000)).faults).toHaveLength(10)
})

/** As Python's `ast.literal_eval` sees them, and strings where it refuses. */
const values: readonly [string, string | number | boolean | null][] = [
  ['v1.30.1', 'v1.30.1'],
  ['1.30.1', '1.30.1'],
  ['1.30', 1.3],
  ['10', 10],
  ['010', '010'],
  ['True', true],
  ['true', 'true'],
  ['False', false],
  ['None', null],
  ['"v1"', 'v1'],
  ["'it\\'s'", "it's"],
  ['"a" "b"', '"a" "b"'],
  ['x # y', 'x # y'],
  ["['a']", "['a']"],
  ['', ''],
]

test.each(values)('%s means %s', (written, value) => {
  expect(resolveIniValue(written)).toBe(value)
})

const writings: readonly [string | number | boolean, string, string][] = [
  ['v1', 'v0', 'v1'],
  ['v1', '"v0"', '"v1"'],
  ['v1', "'v0'", "'v1'"],
  ['1.30', '1.29.1', '"1.30"'],
  ['True', 'x', '"True"'],
  [true, 'False', 'True'],
  [3, '2', '3'],
  ['a b', 'x', '"a b"'],
]

test.each(writings)('writes %s in place of %s as %s, which reads back', (value, like, written) => {
  expect(writeIniValue(value, like)).toBe(written)
  expect(resolveIniValue(written)).toBe(value)
})
