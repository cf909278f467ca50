import { expect, test } from 'vitest'
import { terminal } from '../../../../src/core/explain/blocks/terminal.ts'
import { renderSideChanges } from '../../../../src/core/explain/sections/render-side-changes.ts'
import type { Oid } from '../../../../src/core/model/oid.ts'

const sides = { base: 'size: one two\n', upstream: 'size: one two three\n', patch: 'size: two\n' }

test('what the release did is said of the release, and what a commit on the way did of that commit', () => {
  expect(terminal(renderSideChanges(sides))).toContain('the release:')
  const ofCommit = terminal(renderSideChanges(sides, 'c0ffee12'.repeat(5) as Oid))
  expect(ofCommit).toContain('c0ffee12c:')
  expect(ofCommit).not.toContain('the release:')
})
