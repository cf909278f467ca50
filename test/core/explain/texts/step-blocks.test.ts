import { expect, test } from 'vitest'
import { terminal } from '../../../../src/core/explain/blocks/terminal.ts'
import { stepBlocks } from '../../../../src/core/explain/texts/step-blocks.ts'
import type { LintFinding } from '../../../../src/core/plan/lint-finding.ts'
import { fullStep } from '../../../support/pull-request.ts'

test('a note that a commit of the step acts on is said with that commit, and once', () => {
  const said: LintFinding = {
    code: 'default-kept',
    severity: 'notice',
    key: 'mode',
    message: '`mode` is left to its default, so the step writes down `mode: old`.',
  }
  const other: LintFinding = { ...said, key: 'other', message: '`other` is set to the old default.' }
  const text = terminal(
    stepBlocks(
      { ...fullStep(), lint: [said, other] },
      {
        title: 'x',
        branch: { name: 'main', others: [] },
        edits: [{ title: 'inventory/mine: set mode to old', why: said.message }],
      },
    ),
    10_000,
  )
  expect(text.split('is left to its default')).toHaveLength(2)
  expect(text).toContain('is set to the old default')
})
