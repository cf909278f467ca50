import { expect, test } from 'vitest'
import { terminal } from '../../../../src/core/explain/blocks/terminal.ts'
import { renderKubernetes } from '../../../../src/core/explain/sections/render-kubernetes.ts'
import { fullStep } from '../../../support/pull-request.ts'

test('an error that is not of an architecture holds up all of them: no more is said of it than that', () => {
  const error = {
    code: 'variable-stops-play',
    severity: 'error',
    key: 'kube_owner',
    message: 'The plugin does not start, and no node becomes ready.',
  } as const
  const text = terminal(
    renderKubernetes({
      ...fullStep(),
      kubernetes: { from: 'v1.14.3', to: 'v1.15.3', architectures: ['amd64'] },
      findings: [],
      lint: [error],
    }),
  )
  expect(text).toContain('none: there is an error to fix first.')
  expect(text).not.toContain('the play stops')
})

test('a check of the release’s that stops the play is no component that would not run', () => {
  const check = {
    code: 'release-check',
    severity: 'error',
    key: 'inventory_hostname',
    subject: 'inventory_hostname',
    ...{ file: 'roles/a/tasks/main.yml', line: 1 },
    architectures: [],
    message: 'The release’s own check stops the play.',
  } as const
  const text = terminal(
    renderKubernetes({
      ...fullStep(),
      kubernetes: { from: 'v1.33.4', to: 'v1.33.7', architectures: ['amd64'] },
      findings: [check],
      lint: [],
    }),
  )
  expect(text).toContain('none: there is an error to fix first.')
  expect(text).not.toContain('inventory_hostname')
})
