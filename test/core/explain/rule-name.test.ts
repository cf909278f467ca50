import { expect, test } from 'vitest'
import { FINDING_CODES } from '../../../src/core/audit/finding.ts'
import { renderCheck } from '../../../src/core/explain/texts/render-check.ts'
import { ruleName } from '../../../src/core/explain/found/rule-name.ts'
import { fullStep } from '../../support/pull-request.ts'

test('every finding of the audit has a name of its own, in words', () => {
  const names = FINDING_CODES.map(ruleName)
  expect(new Set(names).size).toBe(FINDING_CODES.length)
  for (const name of names) {
    expect(name).toMatch(/^[A-Z][^`_]{5,59}$/)
    expect(name).not.toMatch(/[-]{2}|\.$/)
  }
})

test('a rule without one is named by its code', () => {
  expect(ruleName('kubernetes-unknown')).toBe('Kubernetes unknown')
})

test('an annotation says over it what it is', () => {
  const facts = {
    ...fullStep(),
    against: [
      { code: 'inventory-fails', message: 'It fails.', at: { file: 'inventory/a', line: 3, column: 1 } },
    ],
  }
  const titles = renderCheck(facts).annotations.map(({ title }) => title)
  expect(titles).toEqual([
    'Conflict with v2.11.0',
    'Inventory fails',
    'No checksum for an architecture',
    'Variable renamed',
    'Image goes by the first node',
    'Switched off: ingress-nginx',
  ])
})
