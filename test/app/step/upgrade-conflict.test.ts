import { expect, test } from 'vitest'
import { sayReason } from '../../../src/core/explain/say-reason.ts'
import { demoWorld } from '../../support/demo.ts'
import { commitFile, step, verdicts } from '../../support/step.ts'

test('a conflict stays open as the release has it, the rest is carried, and what follows from it says so', async () => {
  const world = await demoWorld()
  const own = world.git('show', 'v2.8.0:README.md').split('\n').slice(0, -1)
  commitFile(
    world,
    'README.md',
    [...own, 'Start it with make, from the bastion only.\n'].join('\n'),
    'Say where to start',
  )
  commitFile(
    world,
    'README.md',
    [...own, 'Start it with make, from the bastion or a laptop.\n'].join('\n'),
    'A laptop will do',
  )
  const done = await step(world.store)
  const [first, second] = done.carried.patches.slice(-2)
  expect([first?.verdict, second?.verdict]).toEqual(['conflict', 'conflict'])
  expect(second?.cause?.title).toBe('Say where to start')
  expect(world.git('diff', '--name-only', 'v2.9.0', done.written?.tip as string, '--', 'README.md')).toBe('')
  const message = world.git(
    'log',
    '-1',
    '--format=%B',
    done.written?.commits.get(first?.patch.id ?? '') as string,
  )
  expect(message).toContain(`Multiarch-Verdict: conflict`)
  expect(message).toContain('Multiarch-Open: README.md')
  expect(done.text.title).toBe('Upgrade Kubespray from v2.8.0 to v2.9.0: 2 conflicts to settle')
})

test('changes that the series takes back itself are not asked about', async () => {
  const world = await demoWorld()
  const sample = 'inventory/sample/group_vars/k8s-cluster/k8s-cluster.yml'
  const original = world.git('show', `v2.8.0:${sample}`) + '\n'
  commitFile(world, sample, original.replace('v1.12.3', 'v9.9.9'), 'Try v9.9.9')
  commitFile(world, sample, original.replace('v1.12.3', 'v9.9.10'), 'Try v9.9.10')
  commitFile(world, sample, original, 'Back to v1.12.3')
  const done = await step(world.store)
  expect(verdicts(done).slice(-3)).toEqual(['obsolete', 'obsolete', 'obsolete'])
  expect(world.git('diff', '--name-only', 'v2.9.0', done.written?.tip as string, '--', sample)).toBe('')
  expect(done.carried.patches.at(-2)?.files.map(sayReason)[0]).toContain('“Back to v1.12.3”')
})
