import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { renderImageWorkflow } from '../../../../src/core/explain/texts/render-image-workflow.ts'

const PARTS = {
  amd64: 'quay.io/coreos/flannel:v0.10.0',
  arm: 'quay.io/coreos/flannel:v0.10.0-arm',
}
const FLANNEL = {
  component: 'flannel',
  name: 'quay.io/coreos/flannel:v0.10.0',
  variable: 'flannel_image_repo',
  lacks: ['arm'],
  parts: PARTS,
} as const
const TOOL = { component: 'tool', name: 'docker.io/them/tool:1.0', lacks: ['arm'] } as const

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly strategy: { readonly matrix: { readonly include: unknown } } }>
  >
}

test('what exists under other names is put together, and what does not is built', () => {
  const text = renderImageWorkflow([FLANNEL, TOOL], ['amd64', 'arm'])
  const { jobs } = parse(text) as Workflow
  expect(
    Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.strategy.matrix.include])),
  ).toEqual({
    assemble: [
      {
        name: 'flannel',
        tag: 'v0.10.0',
        parts: 'quay.io/coreos/flannel:v0.10.0 quay.io/coreos/flannel:v0.10.0-arm',
      },
    ],
    build: [{ name: 'tool', tag: '1.0', folder: 'images/tool' }],
  })
  expect(text).toContain('#   flannel_image_repo: ghcr.io/<owner>/flannel\n')
  expect(text).toContain('add images/tool/Dockerfile.')
  expect(text).toContain('platforms: linux/amd64,linux/arm/v7')
})

test('a job without images is not there', () => {
  expect(Object.keys((parse(renderImageWorkflow([FLANNEL], ['amd64', 'arm'])) as Workflow).jobs)).toEqual([
    'assemble',
  ])
  expect(Object.keys((parse(renderImageWorkflow([TOOL], ['amd64', 'arm'])) as Workflow).jobs)).toEqual([
    'build',
  ])
})
