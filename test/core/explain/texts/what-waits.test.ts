import { expect, test } from 'vitest'
import { terminal } from '../../../../src/core/explain/blocks/terminal.ts'
import { whatWaits } from '../../../../src/core/explain/texts/what-waits.ts'
import { fullStep, oid } from '../../../support/pull-request.ts'

const written = { name: 'multiarch/kubespray-2.11.0', tip: oid('9'), change: 'created' } as const
const facts = { ...fullStep(), surface: 'terminal', written } as const

test('a conflict that waits has the command that settles it, ready to paste', () => {
  const text = terminal(whatWaits(facts))
  expect(text).toMatch(/Settle patch \d/)
  expect(text).toContain('`multiarch settle . --as multiarch/kubespray-2.11.0`')
})

test('where nothing is in conflict, or nothing was written, there is nothing to settle', () => {
  const { written: _, ...dry } = facts
  expect(terminal(whatWaits(dry))).not.toContain('multiarch settle')
  const { carry: __, ...without } = facts
  expect(terminal(whatWaits(without))).not.toContain('multiarch settle')
})
