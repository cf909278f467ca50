import { expect, test } from 'vitest'
import { markdown } from '../../../../src/core/explain/blocks/markdown.ts'
import { planBlocks, type PlanFacts } from '../../../../src/core/explain/texts/plan-blocks.ts'
import { oid, release, step } from '../../../support/pull-request.ts'

const facts: PlanFacts = {
  branch: { name: 'main', others: [] },
  base: { release: release('v2.10.0'), commit: oid('1'), exact: true, found: 'ancestry' },
  layout: { kind: 'inventory', pins: [] },
  leftOut: [],
  clusters: [],
  problems: [],
  architectures: { architectures: ['amd64'], from: 'assumed', evidence: [], speaking: [] },
  route: { steps: [step('kubespray', ['v2.10.0', 'v1.14.3'], ['v2.11.0', 'v1.15.3'])] },
  above: [],
  ahead: [],
  young: [],
}

test('where no inventory says what runs, it is said from what the way is planned', () => {
  const text = markdown(planBlocks({ ...facts, assumed: 'v1.14.3' }))
  expect(text).toContain('that of v2.10.0 itself, v1.14.3; `--kubernetes` tells another')
  expect(markdown(planBlocks(facts))).not.toContain('No inventory says')
})
