import { describe, expect, test } from 'vitest'
import { splitLines } from '../../../../src/core/text/split-lines.ts'
import { readOutline, type Block } from '../../../../src/core/yaml/outline/read-outline.ts'
import { renamedKeys } from '../../../../src/core/yaml/outline/renamed-keys.ts'
import { mergedText, outlineMerge } from '../../../support/outline-merge.ts'

function renamed(base: string, upstream: string): [string, string][] {
  return [...renamedKeys(readOutline(splitLines(base)), readOutline(splitLines(upstream)))]
}

const THREE = 'a:\n  sha: 1\nb:\n  sha: 2\nc:\n  sha: 3\n'

test.each([
  ['every sibling made the move', THREE, THREE.replaceAll('sha', 'sum'), [['k:sha', 'k:sum']]],
  ['only one did: that may be another setting', 'a:\n  sha: 1\n', 'a:\n  sum: 1\n', []],
  ['the values changed as well', THREE, 'a:\n  sum: 4\nb:\n  sum: 5\nc:\n  sum: 6\n', []],
  ['two new names', THREE, 'a:\n  sum: 1\nb:\n  md5: 2\nc:\n  sum: 3\n', []],
  ['nothing was renamed', THREE, THREE, []],
])('%s', (_title, base, upstream, expected) => {
  expect(renamed(base, upstream)).toEqual(expected)
})

describe('a change to a setting that upstream renamed everywhere', () => {
  test('goes to the new name', () => {
    const patch = THREE.replace('sha: 2', 'sha: mine')
    expect(mergedText([THREE, THREE.replaceAll('sha', 'sum'), patch])).toBe(
      'a:\n  sum: 1\nb:\n  sum: mine\nc:\n  sum: 3\n',
    )
  })

  test('is left out and told where the name is simply gone', () => {
    const { text, gone } = outlineMerge([
      'a:\n  sha: 1\n  x: 1\n',
      'a:\n  x: 1\n',
      'a:\n  sha: mine\n  x: 1\n',
    ])
    expect(text).toBe('a:\n  x: 1\n')
    expect(gone).toHaveLength(1)
  })
})

/** So many downloads, each with its digest under this name. */
function downloads(count: number, name: string): Block {
  const one = (at: number) => `file_${at}:\n  url: x${at}\n  ${name}: d${at}\n`
  return readOutline(splitLines(Array.from({ length: count }, (_, at) => one(at)).join('')))
}

test.each([
  [2, [['sha256', 'checksum']]],
  [1, []],
])(
  'a key that is renamed at two places is renamed, at one it may be another setting (%i)',
  (count, names) => {
    const found = [...renamedKeys(downloads(count, 'sha256'), downloads(count, 'checksum'))]
    expect(found.map(([from, to]) => [from.slice(-6), to.slice(-8)])).toEqual(names)
  },
)
