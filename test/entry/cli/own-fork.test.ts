import { expect, test } from 'vitest'
import type { World } from '../../support/demo.ts'
import { forkSubmodule } from '../../support/fork-submodule.ts'
import { multiarch } from '../../support/run-multiarch.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'

const WORDLESS = 'squashed without a word of it'

/** How people merge the fork's step, and the commit that the submodule goes to then. */
const MERGES: readonly (readonly [name: string, merge: (fork: World) => string])[] = [
  [
    'merged',
    (fork) => {
      fork.git('merge', '--quiet', '--no-ff', '--message', 'Merge the step', BRANCH)
      return fork.git('rev-parse', 'main')
    },
  ],
  [
    'put on its branch as it is',
    (fork) => {
      fork.git('merge', '--quiet', '--ff-only', BRANCH)
      return fork.git('rev-parse', 'main')
    },
  ],
  [
    'squashed',
    (fork) => {
      fork.git('merge', '--quiet', '--squash', BRANCH)
      fork.git(
        'commit',
        '--quiet',
        '--message',
        fork.git('log', '--format=%B', `main..${BRANCH}`, '--not', 'v2.9.0'),
      )
      return fork.git('rev-parse', 'main')
    },
  ],
  [
    WORDLESS,
    (fork) => {
      fork.git('merge', '--quiet', '--squash', BRANCH)
      fork.git('commit', '--quiet', '--message', 'New release')
      return fork.git('rev-parse', 'main')
    },
  ],
  [
    'changed by a person, and merged',
    (fork) => {
      fork.git('checkout', '--quiet', BRANCH)
      fork.git('commit', '--quiet', '--allow-empty', '--message', 'By hand')
      fork.git('checkout', '--quiet', 'main')
      fork.git('merge', '--quiet', '--no-ff', '--message', 'Merge the step', BRANCH)
      return fork.git('rev-parse', 'main')
    },
  ],
]

test.each(MERGES)('a submodule of an own fork follows the fork’s step, %s', async (how, merge) => {
  const { world, fork, upstream } = await forkSubmodule({
    Dockerfile: 'FROM quay.io/kubespray/kubespray:v2.8.0\n',
  })
  const where = ['--upstream', upstream.path, '--fork', fork.path]
  const plan = await multiarch('plan', world.path, ...where)
  expect(plan.out.replaceAll(/\s+/g, ' ')).toContain(
    `Kubespray is used here as a submodule at \`kubespray\` of your fork \`${fork.path}\`, at \`v2.8.0\`.`,
  )
  const refs = world.git('for-each-ref')
  const early = await multiarch('upgrade', world.path, '--onto', 'v2.9.0', ...where)
  expect(early.code).toBe(2)
  expect(early.err).toContain(`multiarch upgrade ${fork.path} --onto v2.9.0`)
  expect(world.git('for-each-ref')).toBe(refs)

  await multiarch('upgrade', fork.path, '--onto', 'v2.9.0')
  // Until somebody merges it, the branch there is nothing that anybody runs.
  expect((await multiarch('upgrade', world.path, '--onto', 'v2.9.0', ...where)).code).toBe(2)
  const merged = merge(fork)
  // What comes later on the fork's branch is for a later step, or for people.
  fork.git('commit', '--quiet', '--allow-empty', '--message', 'Later work')
  const done = await multiarch('upgrade', world.path, '--onto', 'v2.9.0', ...where)
  expect(done.err).toBe('')
  const link = world.git('rev-parse', `${BRANCH}:kubespray`)
  expect(link).toBe(merged)
  expect(world.git('show', `${BRANCH}:Dockerfile`)).toBe('FROM quay.io/kubespray/kubespray:v2.9.0')
  expect(world.git('ls-tree', '-r', '--name-only', BRANCH)).not.toContain('roles/')
  expect(world.git('rev-list', '--count', `main..${BRANCH}`)).toBe('2')
  // The demo's releases are so near each other that files alone do not tell which one a fork was put on.
  if (how === WORDLESS) return
  world.git('checkout', '--quiet', '--force', '-B', 'main', BRANCH)
  const next = JSON.parse((await multiarch('plan', world.path, ...where, '--json')).out) as {
    base: { release: string }
  }
  expect(next.base.release).toBe('v2.9.0')
})

test('the checkout of the submodule is found by itself', async () => {
  const { world, fork, upstream } = await forkSubmodule()
  world.git('clone', '--quiet', fork.path, 'kubespray')
  const { err, out } = await multiarch('plan', world.path, '--upstream', upstream.path, '--json')
  expect(err).toBe('')
  expect(JSON.parse(out)).toMatchObject({ base: { release: 'v2.8.0' }, layout: { kind: 'submodule' } })
  const audit = await multiarch('audit', world.path, '--upstream', upstream.path, '--json')
  expect(audit.err).toBe('')
})

test('a fork that cannot be read is asked for', async () => {
  const { world, upstream } = await forkSubmodule()
  const { code, err } = await multiarch('plan', world.path, '--upstream', upstream.path)
  expect(code).toBe(2)
  expect(err).toContain('git submodule update --init kubespray')
  expect(err).toContain('--fork')
})

test('an image of another release beside it is a question', async () => {
  const { world, fork, upstream } = await forkSubmodule({
    Dockerfile: 'FROM quay.io/kubespray/kubespray:v2.9.0\n',
  })
  const { code, err } = await multiarch('plan', world.path, '--upstream', upstream.path, '--fork', fork.path)
  expect([code, err]).toEqual([2, expect.stringMatching(/do not agree/)])
})
