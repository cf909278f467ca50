import { expect, test } from 'vitest'
import { isOid, type Oid } from '../../../src/core/model/oid.ts'
import type { Mode, Tree } from '../../../src/core/model/tree.ts'
import { treeAsFiles } from '../../../src/core/verify/tree-as-files.ts'

const oid = (digit: string): Oid => {
  const text = digit.repeat(40)
  if (!isOid(text)) throw new Error(text)
  return text
}
const tree = (...entries: readonly (readonly [string, Mode, string])[]): Tree =>
  new Map(entries.map(([path, mode, digit]) => [path, { mode, oid: oid(digit) }]))

function written(of: Tree, targets: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const links = new Map(Object.entries(targets).map(([digit, target]) => [oid(digit), target]))
  return Object.fromEntries([...treeAsFiles(of, links)].map(([path, blob]) => [path, blob[0] ?? '']))
}

test('files are written, submodules are not', () => {
  const all = tree(['a/b', '100644', '1'], ['c', '100755', '2'], ['d', '160000', '3'])
  expect(written(all)).toEqual({ 'a/b': '1', c: '2' })
})

test.each([
  ['to a file', 'x/file', { l: '1' }],
  ['to a file, from where it stands', './x//file', { l: '1' }],
  ['to a folder', 'x', { 'l/file': '1' }],
  ['out of the tree', '../x/file', {}],
  ['to a place of the machine', '/etc/passwd', {}],
  ['to nothing', 'y', {}],
  ['to itself', 'l', {}],
  ['to the tree', '.', {}],
  ["to git's own", '.git/config', {}],
])('a link %s', (_, target, found) => {
  const all = tree(['x/file', '100644', '1'], ['l', '120000', '9'])
  expect(written(all, { '9': target })).toEqual({ 'x/file': '1', ...found })
})

test('a link to another link is what that one is, in whatever order they stand', () => {
  const all = tree(['x', '100644', '1'], ['a', '120000', '9'], ['b/l', '120000', '8'], ['c', '120000', '7'])
  expect(written(all, { '9': 'b/l', '8': '../x', '7': 'a' })).toEqual({ x: '1', a: '1', 'b/l': '1', c: '1' })
})

test('links into folders with links do not multiply', () => {
  const links = [...'23456789'].map((digit) => [`a/${digit}`, '120000', digit] as const)
  const all = tree(['a/x', '100644', '1'], ...links)
  const targets = Object.fromEntries(links.map(([, , digit]) => [digit, '../a']))
  expect(Object.keys(written(all, targets))).toHaveLength(9)
})

test('names that no disk takes, or that lead out of the folder, are left out', () => {
  const all = tree(
    ['../a', '100644', '1'],
    ['.git/a', '100644', '1'],
    ['a\udce9', '100644', '1'],
    ['b', '100644', '2'],
  )
  expect(written(all)).toEqual({ b: '2' })
})

test('what is a file and a folder at once is the folder', () => {
  expect(written(tree(['a', '100644', '1'], ['a/b', '100644', '2']))).toEqual({ 'a/b': '2' })
})
