import { expect, test } from 'vitest'
import { needsPerson } from '../../../src/core/explain/texts/render-check.ts'
import { upgradeJson } from '../../../src/entry/print/plan-json.ts'
import { terminal } from '../../../src/core/explain/blocks/terminal.ts'
import { finishedBlocks } from '../../../src/entry/print/finished-blocks.ts'
import { demoWorld } from '../../support/demo.ts'
import { commitFile, step, verdicts } from '../../support/step.ts'

interface Json {
  readonly account: { readonly lines: number; readonly unaccounted: number; readonly leftOut: number }
  readonly patches: readonly {
    readonly leftOut?: readonly { readonly file: string; readonly text: string }[]
  }[]
}

test('the demo’s step places every line, in the text, the body and the JSON alike', async () => {
  const world = await demoWorld()
  const done = await step(world.store)
  const { account } = upgradeJson(done) as Json
  expect(account.unaccounted).toBe(0)
  expect(account.lines).toBeGreaterThan(10)
  expect(terminal(finishedBlocks(done))).toContain(`${account.lines} lines`)
  expect(done.text.body).toContain(`${account.lines} lines`)
})

test('what is left out of a step is named line by line, and nothing is unaccounted', async () => {
  const world = await demoWorld()
  world.git('checkout', '--quiet', '--detach', 'v2.9.0')
  world.git('rm', '--quiet', 'cluster.yml')
  world.git('commit', '--quiet', '-m', 'Playbooks are elsewhere now')
  world.git('tag', 'v2.9.1')
  world.git('checkout', '--quiet', 'main')
  const text = world.git('show', 'main:cluster.yml')
  commitFile(world, 'cluster.yml', `${text}\n- hosts: only-in-this-fork\n`, 'A play of our own')
  const done = await step(world.reopen(), { onto: 'v2.9.1' })
  expect(verdicts(done).at(-1)).toBe('obsolete')
  const json = upgradeJson(done) as Json
  expect(json.account).toMatchObject({ unaccounted: 0, leftOut: 1 })
  const line = { file: 'cluster.yml', side: 'added', text: '- hosts: only-in-this-fork', why: 'gone' }
  expect(json.patches.at(-1)?.leftOut).toMatchObject([line])
  for (const said of [done.text.body, terminal(finishedBlocks(done))])
    expect(said).toContain('+- hosts: only-in-this-fork')
})

test('a file whose patch is upstream’s by now stays with a later change of one’s own, and is told', async () => {
  const world = await demoWorld()
  const first = await step(world.reopen())
  const taken = first.carried.patches.find(({ verdict }) => verdict === 'upstreamed')
  const [path = ''] = taken?.patch.changes.map(({ path: each }) => each) ?? []
  world.git('branch', '--quiet', '-D', 'multiarch/kubespray-2.9.0')
  // The same change once more, on the release before, with a file of its own beside it.
  world.git('checkout', '--quiet', '-b', 'again', 'v2.8.0')
  world.git('checkout', '--quiet', taken?.patch.commits[0] as string, '--', path)
  commitFile(world, 'requirements-own.txt', 'ansible==2.7.8\n', taken?.patch.title ?? '')
  commitFile(world, 'requirements-own.txt', 'ansible==2.7.10\n', 'A newer Ansible')
  const done = await step(world.reopen(), { branch: 'again', onto: 'v2.9.0', as: 'try' })
  expect(done.carried.patches.map(({ verdict }) => verdict)).toEqual(['upstreamed'])
  expect(world.git('show', `${done.written?.tip}:requirements-own.txt`)).toBe('ansible==2.7.10')
  expect(done.findings.map(({ code, file }) => [code, file])).toContainEqual([
    'file-outlives-patch',
    'requirements-own.txt',
  ])
})

test('a line that one of our own commits was amended with is not lost in silence', async () => {
  const world = await demoWorld()
  await step(world.store)
  world.git('checkout', '--quiet', 'multiarch/kubespray-2.9.0')
  const file = 'roles/kubernetes/preinstall/tasks/0040-set_facts.yml'
  const before = world.git('show', `HEAD:${file}`) + '\n'
  const tip = world.git('log', '-1', '--format=%B')
  commitFile(world, file, `${before}\n- name: mine alone\n  set_fact: {mine: true}\n`, 'x')
  world.git('reset', '--quiet', '--soft', 'HEAD~2')
  world.git('commit', '--quiet', '-m', tip)
  world.git('checkout', '--quiet', 'main')
  world.git('merge', '--quiet', '--no-ff', '-m', 'Merge the step', 'multiarch/kubespray-2.9.0')
  const done = await step(world.reopen(), { onto: 'v2.10.0' })
  const isKept = world.git('show', `${done.written?.tip}:${file}`).includes('mine alone')
  const isNamed = done.findings.some(
    ({ code, message }) => code === 'unaccounted' && message.includes('mine alone'),
  )
  expect(isKept || (isNamed && needsPerson(done.facts))).toBe(true)
})
