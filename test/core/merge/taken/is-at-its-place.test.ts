import { expect, test } from 'vitest'
import { isAtItsPlace } from '../../../../src/core/merge/taken/is-at-its-place.ts'
import type { OwnFile } from '../../../../src/core/merge/taken/own-files.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'

const BEFORE = 'first word here\nlast word here\n'

function isThere(path: string, put: readonly string[], release: string, before = BEFORE): boolean {
  const had = splitLines(before)
  const after = [had[0] as string, ...put.map((line) => `${line}\n`), ...had.slice(1)]
  const unit = { start: 1, end: 1 + put.length, lines: put }
  const change = { path, to: path, before: undefined, after: undefined }
  const file: OwnFile = { change, before: had, after, hunks: [], restore: (lines) => lines }
  return isAtItsPlace({ file, unit }, put, new Map([[path, [splitLines(release)]]]))
}

const LINES = ['become word', 'become more', 'become most']

test.each([
  [3, true],
  [2, false],
])('%i lines that say something are found by themselves: %s', (count, found) => {
  expect(isThere('a.txt', LINES.slice(0, count), 'elsewhere in the file\n')).toBe(found)
})

test('a line that could stand anywhere is there beside the same neighbour', () => {
  expect(isThere('a.txt', ['become word'], 'other\nfirst word here\nbecome word\n')).toBe(true)
  expect(isThere('a.txt', ['become word'], 'other\nbecome word\nother\n')).toBe(false)
})

test('a line of YAML is there under the same settings', () => {
  const before = 'one:\n  a: 1\n'
  const put = ['  become: true']
  expect(isThere('a.yml', put, 'one:\n  b: 1\n  become: true\n', before)).toBe(true)
  expect(isThere('a.yml', put, 'two:\n  b: 1\n  become: true\n', before)).toBe(false)
})

test('a name that the file had not is found by itself', () => {
  expect(isThere('a.txt', ['is_new_name: 1'], 'elsewhere\nis_new_name: 1\nother\n')).toBe(true)
})
