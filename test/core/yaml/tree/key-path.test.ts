import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  printKeyPath,
  readKeyPath,
  sameKeyPath,
  startsWithPath,
} from '../../../../src/core/yaml/tree/key-path.ts'

const table: readonly [string, readonly (string | number)[]][] = [
  ['a', ['a']],
  ['a.b[0]', ['a', 'b', 0]],
  ['[2].name', [2, 'name']],
  ['a[0][1].b', ['a', 0, 1, 'b']],
  ['["node-role.kubernetes.io/x"].y', ['node-role.kubernetes.io/x', 'y']],
  ['a["say \\"b\\""]', ['a', 'say "b"']],
  ['kubelet_checksums.amd64["1.33.1"]', ['kubelet_checksums', 'amd64', '1.33.1']],
]

test.each(table)('reads and prints %s', (text, path) => {
  expect(readKeyPath(text)).toEqual(path)
  expect(printKeyPath(path)).toBe(text)
})

test.each(['a..b', 'a[', 'a[x]', '.a', 'a]'])('%s is no path', (text) => {
  expect(readKeyPath(text)).toBeUndefined()
})

test('every path reads back as it was printed', () => {
  const part = fc.oneof(fc.string(), fc.nat(1000))
  fc.assert(
    fc.property(fc.array(part), (path) => {
      expect(readKeyPath(printKeyPath(path))).toEqual(path)
    }),
  )
})

test('compares paths part by part', () => {
  expect(sameKeyPath(['a', 0], ['a', 0])).toBe(true)
  expect(sameKeyPath(['a', 0], ['a', '0'])).toBe(false)
  expect(startsWithPath(['a', 'b'], ['a'])).toBe(true)
  expect(startsWithPath(['a'], ['a', 'b'])).toBe(false)
})
