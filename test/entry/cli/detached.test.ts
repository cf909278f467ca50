import { expect, test } from 'vitest'
import { HOME, infrastructure } from '../../support/infrastructure.ts'
import { multiarch, refused } from '../../support/run-multiarch.ts'

const FILES = { ...HOME, Dockerfile: 'FROM quay.io/kubespray/kubespray:v2.8.0\n' }

test('where no branch is checked out, the one that the commit is on is looked at, with its settings, and that is said', async () => {
  const { world, upstream } = await infrastructure({
    files: { ...FILES, '.github/multiarch.yml': 'architectures: [arm64]\n' },
  })
  const branch = world.git('rev-parse', '--abbrev-ref', 'HEAD').trim()
  world.git('checkout', '--quiet', '--detach')
  const { out: stdout } = await multiarch('plan', world.path, '--upstream', upstream.path)
  expect(stdout).toContain(`\`${branch}\` stands on v2.8.0`)
  expect(stdout).toContain(`No branch is checked out, so I took \`${branch}\`.`)
  expect(stdout).toContain('Architectures: arm64 (by the settings)')
})

test('a commit that no branch ends in is of the one branch that there is, else of none', async () => {
  const { world, upstream } = await infrastructure({ files: FILES })
  world.git('checkout', '--quiet', '--detach')
  world.git('commit', '--quiet', '--allow-empty', '--message', 'Nobody’s')
  const { out: stdout } = await multiarch('plan', world.path, '--upstream', upstream.path)
  expect(stdout).toContain('No branch is checked out')
  world.git('branch', 'other', 'HEAD~1')
  world.git('commit', '--quiet', '--allow-empty', '--message', 'Nobody’s either')
  world.git('branch', '--force', 'other', 'HEAD~1')
  expect(await refused(world, 'plan', world.path, '--upstream', upstream.path)).toContain('`--branch`')
})
