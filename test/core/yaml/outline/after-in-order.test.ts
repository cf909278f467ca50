import { expect, test } from 'vitest'
import { splitLines } from '../../../../src/core/text/split-lines.ts'
import { readOutline } from '../../../../src/core/yaml/outline/read-outline.ts'
import { afterInOrder } from '../../../../src/core/yaml/outline/after-in-order.ts'

/** The key after which a new one belongs; `''` before all, `undefined` where no order tells. */
function after(siblings: string, key: string): string | undefined {
  const [block] = readOutline([`${key}: x\n`]).children
  if (!block) throw new Error('no key')
  const found = afterInOrder(block, readOutline(splitLines(siblings)).children)
  return found && (found.sibling?.lines.join('').trim() ?? '')
}

test.each([
  ['newest first, in the middle', 'v1.3.0: a\nv1.1.0: b\n', 'v1.2.0', 'v1.3.0: a'],
  ['newest first, in front of all', 'v1.3.0: a\nv1.1.0: b\n', 'v1.4.0', ''],
  ['newest first, below the comment in front of all', '# sums\nv1.3.0: a\nv1.1.0: b\n', 'v1.4.0', '# sums'],
  ['newest first, at the end', 'v1.3.0: a\nv1.1.0: b\n', 'v1.0.0', 'v1.1.0: b'],
  ['oldest first', '1.1.0: b\n1.3.0: a\n', '1.2.0', '1.1.0: b'],
  ['by number, not by letter', '1.10.0: a\n1.8.0: b\n', '1.9.0', '1.10.0: a'],
  ['in no order', '1.1.0: b\n1.3.0: a\n1.2.0: c\n', '1.2.5', undefined],
  ['one alone has no order', '1.1.0: b\n', '1.2.0', undefined],
  ['no versions', 'amd64: b\narm64: a\n', '1.2.0', undefined],
  ['no version among versions', '1.3.0: b\n1.1.0: a\n', 'arm64', undefined],
])('%s', (_title, siblings, key, expected) => {
  expect(after(siblings, key)).toBe(expected)
})
