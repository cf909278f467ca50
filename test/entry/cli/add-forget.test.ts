import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { demoWorld } from '../../support/demo.ts'
import { gitIn } from '../../support/demo-clone.ts'
import { multiarch, refused } from '../../support/run-multiarch.ts'
import { commitFile } from '../../support/step.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'
const START = 'Start it with make, from the bastion only.'

test('settled in a worktree, given again by a build from nothing, and forgotten', async () => {
  const world = await demoWorld()
  world.git('config', 'user.name', 'Ada')
  world.git('config', 'user.email', 'ada@example.org')
  const own = world.git('show', 'v2.8.0:README.md').split('\n').slice(0, -1).join('\n')
  commitFile(world, 'README.md', `${own}\n${START}\n`, 'Say where to start')
  expect((await multiarch('upgrade', world.path, '--onto', 'v2.9.0')).code).toBe(3)
  expect(await refused(world, 'forget', world.path, '77')).toContain('The series has no patch `77`')
  const nothing = await multiarch('forget', world.path, '7')
  expect([nothing.code, nothing.out.replace(/\s+/g, ' ')]).toEqual([
    0,
    'I remember nothing of how a conflict of “Say where to start” was settled. I changed nothing. ',
  ])
  const folder = `${world.path}-settle-2.9.0`
  await multiarch('settle', world.path)
  writeFileSync(join(folder, 'README.md'), 'Settled.\n')
  expect((await multiarch('settle', world.path, '--continue')).code).toBe(0)
  const again = await multiarch(
    'upgrade',
    world.path,
    '--onto',
    'v2.9.0',
    '--as',
    'multiarch/kubespray-2.9.9',
  )
  expect(again.out).toContain('As you settled it at `v2.9.0`')
  expect(world.git('show', 'multiarch/kubespray-2.9.9:README.md')).toBe('Settled.')
  const said = await multiarch('forget', world.path, '7', '--as', 'multiarch/kubespray-2.9.9', '--json')
  expect(said.code).toBe(3)
  expect(JSON.parse(said.out)).toEqual({
    schema: 1,
    patch: { id: world.git('rev-parse', 'main'), title: 'Say where to start' },
    forgotten: ['v2.9.0'],
    commit: world.git('rev-parse', 'multiarch/kubespray-2.9.9'),
    open: ['README.md'],
    left: [],
  })
  const release = world.git('show', 'v2.9.0:README.md')
  expect(world.git('show', 'multiarch/kubespray-2.9.9:README.md')).toBe(release)
  expect(world.git('show', `${BRANCH}:README.md`)).toBe('Settled.')
  expect(gitIn(world.path, 'log', '-1', '--format=%an %s', 'multiarch/kubespray-2.9.9')).toBe(
    'Ada Forget how “Say where to start” was settled',
  )
  expect((await multiarch('upgrade', world.path, '--onto', 'v2.9.0', '--as', 'other')).code).toBe(3)
})
