import { describe, expect, test } from 'vitest'
import { configEntries } from '../../../src/core/config/config-entries.ts'
import { rootKey, type KeySchema } from '../../../src/core/config/keys-at.ts'
import { demoWorld } from '../../support/demo.ts'
import { multiarch, refused } from '../../support/run-multiarch.ts'
import { commitFile } from '../../support/step.ts'

const FILE = '.github/multiarch.yml'
const SETTINGS = `# ours
architectures: [amd64, aarch64]
kubernetes:
  follow: pinned
addons:
  ingress_nginx: disable
  helm_enabled: keep
inventories:
pull-requests:
  labels: []
`

interface Shown {
  readonly branch: string
  readonly settings: readonly { readonly key: string; readonly value: unknown; readonly source: string }[]
}

/** Every key that the schema knows, as it is written with dots. */
function leaves(key: KeySchema, path: readonly string[] = []): readonly string[] {
  const names = Object.entries(key.properties ?? {})
  return names.length > 0 ? names.flatMap(([name, each]) => leaves(each, [...path, name])) : [path.join('.')]
}

test('every setting has its value, and its line or that it is so by default', async () => {
  const world = await demoWorld()
  commitFile(world, FILE, SETTINGS, 'Settings')
  const { code, out } = await multiarch('config', 'show', world.path, '--json')
  expect(code).toBe(0)
  const { branch, settings } = JSON.parse(out) as Shown
  expect(branch).toBe('main')
  const written = settings.filter(({ source }) => source !== 'default')
  expect(written).toEqual([
    { key: 'architectures', value: ['amd64', 'aarch64'], source: `${FILE}:2` },
    { key: 'kubernetes.follow', value: 'pinned', source: `${FILE}:4` },
    { key: 'addons.ingress_nginx', value: 'disable', source: `${FILE}:6` },
    { key: 'addons.helm_enabled', value: 'keep', source: `${FILE}:7` },
    { key: 'pull-requests.labels', value: [], source: `${FILE}:10` },
  ])
  expect(settings).toContainEqual({ key: 'follow', value: 'latest', source: 'default' })
  // A key with nothing behind it says nothing.
  expect(settings).toContainEqual({ key: 'inventories', value: null, source: 'default' })
  const text = await multiarch('config', 'show', world.path)
  for (const { key } of settings) expect(text.out).toContain(`  ${key} `)
  expect(text.out).toMatch(/kubernetes\.follow +pinned +`\.github\/multiarch\.yml:4`/)
})

test('none of the schema’s settings is left out, and none is told twice', () => {
  const keys = configEntries().map(({ key }) => key)
  expect(keys).toEqual(leaves(rootKey()))
  expect(configEntries().filter(({ at }) => at !== undefined)).toEqual([])
})

describe('which branch', () => {
  test('the one that holds the fork’s commits, where the default branch says nothing', async () => {
    const world = await demoWorld()
    world.git('branch', 'mine')
    world.git('checkout', '--quiet', 'mine')
    commitFile(world, FILE, 'follow: v2.9\n', 'Settings')
    world.git('branch', '--force', 'main', 'v2.9.0')
    world.git('checkout', '--quiet', 'main')
    const { out } = await multiarch('config', 'show', world.path, '--json')
    const { branch, settings } = JSON.parse(out) as Shown
    expect(branch).toBe('mine')
    expect(settings).toContainEqual({ key: 'follow', value: 'v2.9', source: `${FILE}:1` })
  })

  test('the one that is named', async () => {
    const world = await demoWorld()
    commitFile(world, FILE, 'follow: v2.9\n', 'Settings')
    world.git('branch', 'before', 'main~1')
    const { out } = await multiarch('config', 'show', world.path, '--branch', 'before')
    expect(out).toContain('What holds on `before`')
    expect(out).not.toContain('v2.9')
  })
})

test.each([
  ['an unknown key', 'folow: latest\n', /:1:1: .*`follow`/],
  ['a wrong value', 'advance: never\n', /`advance`/],
  ['no YAML', 'a: [1\n', /YAML/],
])('%s is told as the checker tells it', async (_, text, said) => {
  const world = await demoWorld()
  commitFile(world, FILE, text, 'Settings')
  expect(await refused(world, 'config', 'show', world.path)).toMatch(said)
})

test('a branch that is not there is refused with the nearest', async () => {
  const world = await demoWorld()
  expect(await refused(world, 'config', 'show', world.path, '--branch', 'mian')).toMatch(
    /`mian` \(`--branch`\).*Did you mean `main`/,
  )
})
