import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../../../src/core/config/read-config.ts'
import { renderOwnWorkflow } from '../../../src/core/explain/init/render-own-workflow.ts'
import { proposedConfig } from '../../../src/core/explain/texts/render-onboarding.ts'
import { demoWorld, type World } from '../../support/demo.ts'
import { release } from '../../support/pull-request.ts'
import { multiarch, refused } from '../../support/run-multiarch.ts'
import { commitFile } from '../../support/step.ts'

const BRANCH = 'multiarch/onboarding'
const SETTINGS = '.github/multiarch.yml'
const WORKFLOW = '.github/workflows/multiarch.yml'

/** The demo's fork without the settings that it has, and what a run must leave as it is. */
async function withoutSettings(): Promise<World & { state(this: void): string }> {
  const world = await demoWorld()
  if (world.git('ls-files', SETTINGS) !== '') {
    world.git('rm', '--quiet', SETTINGS)
    world.git('commit', '--quiet', '-m', 'Do without settings')
  }
  const state = (): string =>
    [
      world.git('status', '--porcelain', '--ignored'),
      world.git('rev-parse', 'HEAD'),
      world.git('stash', 'list'),
    ].join()
  return { ...world, state }
}

function shown(world: World, path: string): string {
  return world.git('show', `${BRANCH}:${path}`)
}

test('the settings that the App would propose are one commit on a branch of their own, and nothing else is touched', async () => {
  const world = await withoutSettings()
  const before = world.state()
  const { code, out } = await multiarch('init', world.path)
  expect(code).toBe(0)
  expect(out).toContain(`Wrote branch \`${BRANCH}\``)
  expect(out).toContain(`git -C ${world.path} push origin`)
  expect(world.git('diff', '--name-status', 'main', BRANCH).trim()).toBe(`A\t${SETTINGS}`)
  expect(world.git('rev-list', '--count', `main..${BRANCH}`).trim()).toBe('1')
  const reading = readConfig(shown(world, SETTINGS), SETTINGS)
  expect(reading.kind).toBe('config')
  expect(parse(shown(world, SETTINGS))).toMatchObject({
    branch: 'main',
    follow: 'latest',
    advance: 'on-merge',
  })
  expect(world.state()).toBe(before)
  const again = await multiarch('init', world.path)
  expect([again.code, again.out.includes('Nothing to do')]).toEqual([0, true])
})

test('with --workflow, the workflow of the branch that the clone has', async () => {
  const world = await withoutSettings()
  world.git('branch', '--move', 'main', 'master')
  const { code, out } = await multiarch('init', world.path, '--workflow', '--json')
  expect(code).toBe(0)
  const told = JSON.parse(out) as { base: string; branch: string; files: { path: string; text: string }[] }
  expect(told).toMatchObject({ base: 'master', branch: BRANCH, kept: [], questions: [] })
  expect(told.files.map(({ path }) => path)).toEqual([SETTINGS, WORKFLOW])
  expect(`${shown(world, WORKFLOW).trimEnd()}\n`).toBe(renderOwnWorkflow(['master']))
  expect(world.git('diff', '--name-only', 'master', BRANCH).trim().split('\n')).toEqual([SETTINGS, WORKFLOW])
})

test('a dry run shows the files and writes nothing', async () => {
  const world = await withoutSettings()
  const refs = world.git('for-each-ref')
  const { code, out } = await multiarch('init', world.path, '--workflow', '--dry-run')
  expect(code).toBe(0)
  for (const word of [SETTINGS, WORKFLOW, 'branch: main', 'not published yet']) expect(out).toContain(word)
  expect(out).toContain(`multiarch init ${world.path} --workflow`)
  expect(world.git('for-each-ref')).toBe(refs)
})

describe('what is there already stays', () => {
  test('settings, whatever is in them', async () => {
    const world = await withoutSettings()
    commitFile(world, SETTINGS, 'follow: latest\n', 'Settings')
    expect(await refused(world, 'init', world.path)).toContain('never overwrite')
    const { code } = await multiarch('init', world.path, '--workflow')
    expect(code).toBe(0)
    expect(world.git('diff', '--name-status', 'main', BRANCH).trim()).toBe(`A\t${WORKFLOW}`)
  })

  test('a workflow of that name', async () => {
    const world = await withoutSettings()
    commitFile(world, WORKFLOW, 'name: mine\n', 'Workflow')
    const { out } = await multiarch('init', world.path, '--workflow')
    expect(out).toContain('already and stays as it is')
    expect(world.git('diff', '--name-status', 'main', BRANCH).trim()).toBe(`A\t${SETTINGS}`)
  })

  test('settings that stand on the branch of the patches alone', async () => {
    const world = await withoutSettings()
    world.git('checkout', '--quiet', '-b', 'arm')
    commitFile(world, SETTINGS, 'follow: latest\n', 'Settings')
    world.git('checkout', '--quiet', 'main')
    expect(await refused(world, 'init', world.path, '--branch', 'arm')).toContain('`arm` has')
  })

  test.each([
    ['a link in the place of the folder', (at: string) => symlinkSync('docs', join(at, '.github'))],
    ['a file in the place of the folder', (at: string) => writeFileSync(join(at, '.github'), '')],
    [
      'a folder in the place of the file',
      (at: string) => {
        mkdirSync(join(at, SETTINGS), { recursive: true })
        writeFileSync(join(at, SETTINGS, 'x'), '')
      },
    ],
  ])('%s', async (_, put) => {
    const world = await withoutSettings()
    put(world.path)
    world.git('add', '--all')
    world.git('commit', '--quiet', '-m', 'In the way')
    expect(await refused(world, 'init', world.path)).toContain('in its place')
  })

  test('a branch of that name that a person made or changed', async () => {
    const world = await withoutSettings()
    await multiarch('init', world.path)
    world.git('checkout', '--quiet', BRANCH)
    commitFile(world, SETTINGS, 'branch: main\narchitectures: [arm64]\n', 'What we have')
    world.git('checkout', '--quiet', 'main')
    commitFile(world, 'x', 'x\n', 'Go on')
    expect(await refused(world, 'init', world.path)).toContain(`--as ${BRANCH}-2`)
    const other = await multiarch('init', world.path, '--as', `${BRANCH}-2`)
    expect(other.code).toBe(0)
  })

  test('but one of ours goes with the branch that it is for', async () => {
    const world = await withoutSettings()
    await multiarch('init', world.path)
    commitFile(world, 'x', 'x\n', 'Go on')
    const { code } = await multiarch('init', world.path)
    expect([code, world.git('rev-parse', `${BRANCH}~1`)]).toEqual([0, world.git('rev-parse', 'main')])
  })
})

test.each(['true', 'on', 'No', 'null', 'y', '1.0', 'arm', 'feature/a+b', '!x', 'a: b'])(
  'a branch called %j is the text that it is, in the settings and in the workflow',
  (branch) => {
    const facts = {
      ...{ branch, release: release('v2.28.0'), architectures: [], inventories: [], addons: [], patches: [] },
      ...{ steps: [], off: [] },
    }
    expect((parse(proposedConfig(facts), { version: '1.1' }) as { branch: unknown }).branch).toBe(branch)
    const workflow = parse(renderOwnWorkflow([branch])) as { on: { push: { branches: unknown[] } } }
    expect(workflow.on.push.branches).toEqual([branch.replace(/\+|^!/g, '\\$&')])
  },
)
