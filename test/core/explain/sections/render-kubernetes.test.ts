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

test('what goes on naming the Kubernetes of before is told, and what commands hand in is told once', () => {
  const at = (line: number) => ({ file: 'Jenkinsfile', line, column: 1 })
  const kubernetes = {
    from: 'v1.14.3',
    to: 'v1.15.3',
    architectures: ['amd64'],
    named: [at(2), at(7)],
  } as const
  const told = (held: readonly ReturnType<typeof at>[]): string =>
    terminal(renderKubernetes({ ...fullStep(), kubernetes: { ...kubernetes, held } }))
  expect(told([])).toMatch(
    /`1\.14\.3` is still named in `Jenkinsfile:2` and `Jenkinsfile:7`, which I leave as they\s+are\./,
  )
  expect(told([at(7)])).toContain('still named in `Jenkinsfile:2`, which I leave as it is.')
  expect(told([at(2), at(7)])).not.toContain('still named')
})
