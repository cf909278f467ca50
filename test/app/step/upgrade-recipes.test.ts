import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sayReason } from '../../../src/core/explain/say-reason.ts'
import type { Commit } from '../../../src/core/model/commit.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { fixFork } from '../../../src/app/step/fix-fork.ts'
import { upgrade } from '../../../src/app/step/upgrade.ts'
import { demoWorld, UPSTREAM, type World } from '../../support/demo.ts'

const ARCHITECTURES = ['amd64', 'arm64', 'arm'] as const

/** A fork of nothing but an inventory on v2.8.0, with the recipes' patches on it. */
async function mendedWorld(): Promise<World> {
  const world = await demoWorld()
  world.git('checkout', '--quiet', '-b', 'plain', 'v2.8.0')
  world.git('checkout', '--quiet', 'main', '--', 'inventory/homelab')
  world.git('commit', '--quiet', '--message', 'Our inventory')
  const { commits } = await fixFork(world.store, {
    ...UPSTREAM,
    ...{ branch: 'plain', architectures: ARCHITECTURES, as: 'mended', write: 'branch' },
  })
  expect(commits.map(({ recipe }) => recipe)).toEqual([
    'architecture-in-urls',
    'architecture-groups',
    'checksums-per-architecture',
  ])
  return world
}

interface Stepped {
  readonly verdicts: readonly string[]
  readonly reasons: readonly string[]
}

async function step(world: World, from: string, onto: string, as: string): Promise<Stepped> {
  const done = await upgrade(world.reopen(), { ...UPSTREAM, branch: from, onto, as, write: 'branch' })
  if (done?.kind !== 'upgraded') throw new Error(`no step to ${onto}`)
  const { patches } = done.carried
  return {
    verdicts: patches.map(({ patch, verdict }) => `${verdict} ${patch.id}`),
    reasons: patches.flatMap(({ files }) => files.map(sayReason)),
  }
}

test('a recipe’s patch is made anew for each release, and retires once the release does it itself', async () => {
  const world = await mendedWorld()
  const first = await step(world, 'mended', 'v2.9.0', 'on-v2.9.0')
  const second = await step(world, 'on-v2.9.0', 'v2.10.0', 'on-v2.10.0')
  const third = await step(world, 'on-v2.10.0', 'v2.11.0', 'on-v2.11.0')
  expect([first, second, third].map(({ verdicts }) => verdicts)).toMatchInlineSnapshot(`
    [
      [
        "upstreamed recipe:architecture-in-urls",
        "clean recipe:architecture-groups",
        "adapted recipe:checksums-per-architecture",
      ],
      [
        "clean recipe:architecture-groups",
        "adapted recipe:checksums-per-architecture",
        "obsolete recipe:checksums-per-architecture:v2.9.0",
      ],
      [
        "upstreamed recipe:architecture-groups",
        "upstreamed recipe:checksums-per-architecture",
      ],
    ]
  `)
})

test('one that a person changed is carried by its lines', async () => {
  const world = await mendedWorld()
  world.git('checkout', '--quiet', 'mended')
  world.git('commit', '--quiet', '--amend', '--no-edit', '--reset-author')
  const { reasons } = await step(world, 'mended', 'v2.9.0', 'on-v2.9.0')
  expect(reasons.at(-1)).not.toContain('recipe')
})

test('nor is it taken for ours once a step of ours has carried it', async () => {
  const world = await mendedWorld()
  world.git('checkout', '--quiet', '--detach', 'mended~1')
  const path = changedPath(world)
  appendFileSync(join(world.path, path), '# a line of a person\n')
  world.git('commit', '--quiet', '--all', '--amend', '--no-edit', '--reset-author')
  world.git('cherry-pick', 'mended')
  world.git('branch', '--quiet', '--force', 'mended')
  await step(world, 'mended', 'v2.9.0', 'on-v2.9.0')
  expect(world.git('show', `on-v2.9.0:${path}`)).toContain('# a line of a person')
  await step(world, 'on-v2.9.0', 'v2.10.0', 'on-v2.10.0')
  expect(world.git('show', `on-v2.10.0:${path}`)).toContain('# a line of a person')
})

test('a commit under our name that does more than its recipe is a person’s', async () => {
  const world = await mendedWorld()
  world.git('checkout', '--quiet', 'mended')
  const old = world.git('rev-parse', 'HEAD') as Oid
  const made = (await world.store.readCommits([old])).get(old) as Commit
  const path = changedPath(world)
  appendFileSync(join(world.path, path), '# a line of a person\n')
  world.git('add', path)
  const to = await world.store.writeCommit({ ...made, tree: world.git('write-tree') as Oid })
  await world.store.moveRef({ name: 'refs/heads/mended', from: old, to })
  const { reasons } = await step(world, 'mended', 'v2.9.0', 'on-v2.9.0')
  expect(reasons.at(-1)).not.toContain('recipe')
})

/** The first file that the commit in the working tree changed. */
function changedPath(world: World): string {
  return world.git('show', '--format=', '--name-only', 'HEAD').split('\n')[0] as string
}

test('without recipes in the fork none is tried', async () => {
  const world = await demoWorld()
  const done = await upgrade(world.store, { ...UPSTREAM, onto: 'v2.9.0', write: 'nothing' })
  expect(done?.kind === 'upgraded' && done.facts.fixes).toEqual([])
})
