import { expect, test } from 'vitest'
import { planFork } from '../../../src/app/plan/plan-fork.ts'
import { demoWorld, UPSTREAM, type World } from '../../support/demo.ts'
import { commitFile, step } from '../../support/step.ts'

/** The demo's fork, whose clone knows a branch of upstream's behind v2.9.0 with these files changed. */
async function worldWithBranch(name: string, paths: readonly string[]): Promise<World> {
  const world = await demoWorld()
  world.git('checkout', '--quiet', '--detach', 'v2.9.0')
  for (const path of paths) commitFile(world, path, '- debug: msg=fixed\n', `Fix ${path}`)
  world.git('update-ref', `refs/remotes/upstream/${name}`, 'HEAD')
  world.git('checkout', '--quiet', 'main')
  return world
}

const ROLE = 'roles/kubernetes/preinstall/tasks/0100-fix.yml'

function told(findings: readonly { readonly code: string; readonly message: string }[]): readonly string[] {
  return findings.filter(({ code }) => code === 'fix-waiting').map(({ message }) => message)
}

test('a fix behind the tag that is gone to is told with its commit, in the plan and in the step', async () => {
  const world = await worldWithBranch('release-2.9', ['docs/x.md', ROLE])
  const commit = world.git('rev-parse', '--short=9', 'refs/remotes/upstream/release-2.9').trim()
  const message = `\`release-2.9\` is 2 commits past v2.9.0, as far as this clone knows it; this one touches what you run or change: \`${commit}\` \`Fix ${ROLE}\` (the role \`kubernetes/preinstall\`).`
  const plan = await planFork(world.store, UPSTREAM)
  expect(told(plan.ahead[0]?.findings ?? [])).toEqual([message])
  const done = await step(world.reopen())
  expect(told(done.findings)).toEqual([message])
  expect(done.text.body).toContain('is 2 commits past v2.9.0')
})

test.each([
  ['a branch without anything that concerns the cluster', 'release-2.9', ['docs/x.md']],
  ['a branch of another minor', 'release-2.10', [ROLE]],
])('%s is no word', async (_, name, paths) => {
  const world = await worldWithBranch(name, paths)
  const plan = await planFork(world.store, UPSTREAM)
  expect(told(plan.ahead[0]?.findings ?? [])).toEqual([])
})
