import { expect, test } from 'vitest'
import { demoWorld } from '../../support/demo.ts'
import { multiarch } from '../../support/run-multiarch.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'

test('a step that was merged and reverted is made again on its branch; by another name the branch is somebody’s', async () => {
  const world = await demoWorld()
  expect((await multiarch('upgrade', world.path)).code).toBe(0)
  const first = world.git('rev-parse', `${BRANCH}^{tree}`)
  world.git('merge', '--quiet', '--no-ff', '--no-edit', BRANCH)
  world.git('branch', 'before-it', 'main')
  world.git('revert', '--no-edit', '-m', '1', 'HEAD')
  const plan = await multiarch('plan', world.path)
  expect(plan.out).toMatch(/`?main`?.*v2\.8\.0/)
  const again = await multiarch('upgrade', world.path)
  expect([again.code, again.err]).toEqual([0, ''])
  expect(world.git('rev-parse', `${BRANCH}^{tree}`)).toBe(first)
  expect(world.git('merge-base', BRANCH, 'main')).toBe(world.git('rev-parse', 'main'))
  const taken = await multiarch('upgrade', world.path, '--as', 'before-it')
  expect(taken.code).toBe(2)
  expect(taken.err).toContain('before-it')
})
