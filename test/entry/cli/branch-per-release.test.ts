import { expect, test } from 'vitest'
import { demoWorld, type World } from '../../support/demo.ts'
import { multiarch } from '../../support/run-multiarch.ts'
import { commitFile } from '../../support/step.ts'

/** The demo's fork with its patches on a branch that is named for its release. */
async function perRelease(): Promise<World> {
  const world = await demoWorld()
  world.git('branch', '--move', 'main', 'mine-2.8')
  world.git('remote', 'add', 'origin', 'https://github.com/ada/kubespray.git')
  commitFile(world, 'bin/up.sh', '#!/bin/sh\ngit clone -b mine-2.8 https://github.com/ada/kubespray\n', 'Up')
  return world
}

const PATTERN = ['--branch', 'mine-{minor}'] as const

function tip(world: World, ref: string): string {
  return world.git('rev-parse', '--verify', '--quiet', ref).trim()
}

test('a step makes the branch of its release and goes there; the next one starts from it', async () => {
  const world = await perRelease()
  const before = tip(world, 'mine-2.8')
  const dry = await multiarch('upgrade', world.path, ...PATTERN, '--onto', 'v2.9.0', '--dry-run')
  expect(dry.err).toBe('')
  expect(world.git('branch', '--list', 'mine-2.9', 'multiarch/*')).toBe('')
  const { out } = await multiarch('upgrade', world.path, ...PATTERN, '--onto', 'v2.9.0')
  expect(out).toContain('--base mine-2.9')
  expect(out).toMatch(/git .*push origin mine-2\.9 multiarch\/kubespray-2\.9\.0/)
  expect(tip(world, 'mine-2.9')).toBe(tip(world, 'v2.9.0^{commit}'))
  expect(tip(world, 'mine-2.8')).toBe(before)
  // The series alone is between the two.
  const step = 'multiarch/kubespray-2.9.0'
  expect(tip(world, `${step}~${world.git('rev-list', '--count', `v2.9.0..${step}`).trim()}`)).toBe(
    tip(world, 'v2.9.0^{commit}'),
  )
  const merged = JSON.parse(
    (await multiarch('upgrade', world.path, ...PATTERN, '--onto', 'v2.9.0', '--json')).out,
  ) as { body: string }
  expect(merged.body).toContain('**This goes to a branch of its own, `mine-2.9`, which starts at `v2.9.0`.**')
  expect(merged.body).toContain('Make `mine-2.9` the default branch')
  expect(merged.body).toContain('`bin/up.sh:2`')
  // A second run finds nothing to do.
  const at = tip(world, step)
  expect((await multiarch('upgrade', world.path, ...PATTERN, '--onto', 'v2.9.0')).out).toContain(
    'Nothing to do',
  )
  expect(tip(world, step)).toBe(at)
  // Not merged yet: the patches are on the old branch still, whatever somebody puts on the new one.
  world.git('checkout', '--quiet', 'mine-2.9')
  commitFile(world, 'notes.txt', 'mine\n', 'By hand')
  expect((await multiarch('plan', world.path, ...PATTERN)).out).toContain('`mine-2.8` stands on v2.8.0')
  const again = await multiarch('upgrade', world.path, ...PATTERN, '--onto', 'v2.9.0')
  expect(again.out).toContain('Nothing to do')
  world.git('merge', '--quiet', '--no-ff', '--no-edit', step)
  expect(world.git('show', 'mine-2.9:notes.txt')).toBe('mine')
  const plan = (await multiarch('plan', world.path, ...PATTERN)).out
  expect(plan).toContain('`mine-2.9` stands on v2.9.0')
  const next = await multiarch('upgrade', world.path, ...PATTERN, '--onto', 'v2.10.0')
  expect(next.out).toContain('--base mine-2.10')
  expect(tip(world, 'mine-2.10')).toBe(tip(world, 'v2.10.0^{commit}'))
})

test('a branch that is there and is something else stays, and nothing is written', async () => {
  const world = await perRelease()
  world.git('branch', 'mine-2.9', 'v2.8.0')
  const { err, code } = await multiarch('upgrade', world.path, ...PATTERN, '--onto', 'v2.9.0')
  expect(code).toBe(2)
  expect(err).toContain('`mine-2.9`, which is there already and does not hold that release')
  expect(tip(world, 'mine-2.9')).toBe(tip(world, 'v2.8.0^{commit}'))
  expect(world.git('branch', '--list', 'multiarch/*')).toBe('')
})

test('names that differ in a release alone are told as what they look like, and nothing is done by that', async () => {
  const world = await perRelease()
  world.git('checkout', '--quiet', '-b', 'mine-2.9', 'v2.9.0')
  commitFile(world, 'notes.txt', 'mine\n', 'Ours')
  const { out } = await multiarch('plan', world.path)
  expect(out).toContain('`mine-2.8` and `mine-2.9` look like a branch for each release')
  expect(out).toContain("--branch 'mine-{minor}'")
  const taken = await multiarch('upgrade', world.path, '--onto', 'v2.10.0')
  expect(taken.out).toContain('mine-2.9')
  expect(world.git('branch', '--list', 'mine-2.10')).toBe('')
})

test('a pattern that nothing follows is one sentence', async () => {
  const world = await perRelease()
  const { err, code } = await multiarch('plan', world.path, '--branch', 'other-{release}')
  expect(code).toBe(2)
  expect(err).toMatch(/No branch that is named `other-\{release\}`.* holds a commit of your own\./)
})
