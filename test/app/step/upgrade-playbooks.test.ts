import { expect, test } from 'vitest'
import { planFork } from '../../../src/app/plan/plan-fork.ts'
import { demoWorld, UPSTREAM, type World } from '../../support/demo.ts'
import { commitFile, step } from '../../support/step.ts'

const SAMPLE = 'inventory/sample/inventory.ini'

/** v2.9.0 as if that release had renamed the group of the control plane, a role and a playbook. */
async function worldOfRenames(): Promise<World> {
  const world = await demoWorld()
  world.git('checkout', '--quiet', '--detach', 'v2.9.0')
  const hosts = world.git('show', `HEAD:${SAMPLE}`)
  commitFile(world, SAMPLE, `${hosts.replaceAll('kube-master', 'kube_control_plane')}\n`, 'Rename a group')
  world.git('mv', 'roles/kubernetes/preinstall', 'roles/kubernetes/prepare')
  world.git('commit', '--quiet', '-m', 'Rename a role')
  world.git('tag', '--force', 'v2.9.0')
  world.git('checkout', '--quiet', 'main')
  return world
}

const OWN = `- import_playbook: cluster.yml
- hosts: kube-master:!etcd
  roles:
    - mine
    - { role: kubernetes/preinstall }
  tasks:
    - debug: msg="{{ groups['kube-master'][0] }}"
`

test('a group that the step renames in the inventory is renamed in own playbooks too, and a role that is gone is told', async () => {
  const world = await worldOfRenames()
  commitFile(world, 'own.yml', OWN, 'A playbook of mine')
  commitFile(
    world,
    'roles/mine/tasks/main.yml',
    '- debug: msg=x\n  when: "\'kube-master\' in group_names"\n',
    'A role of mine',
  )
  const done = await step(world.store)
  const tip = done.written?.tip ?? ''
  expect(world.git('show', `${tip}:own.yml`)).toBe(
    OWN.trimEnd()
      .replace('hosts: kube-master', 'hosts: kube_control_plane')
      .replace("['kube-master']", "['kube_control_plane']"),
  )
  expect(world.git('show', `${tip}:roles/mine/tasks/main.yml`)).toContain(
    "'kube_control_plane' in group_names",
  )
  expect(world.git('log', '--format=%s', `main..${tip}`).split('\n')).toContain(
    'playbooks: call the group kube-master kube_control_plane',
  )
  expect(done.findings).toContainEqual(
    expect.objectContaining({ code: 'playbook-role', severity: 'error', file: 'own.yml', line: 5 }),
  )
  expect(done.text.body).toContain('## Your playbooks')
  expect(done.text.body).toContain('v2.9.0 has no role `kubernetes/preinstall` any more')
  // Every line of the fork's is accounted for.
  expect(done.findings.filter(({ code }) => code.startsWith('account'))).toEqual([])
})

test('the plan tells it before, and a second run finds nothing more to write', async () => {
  const world = await worldOfRenames()
  commitFile(world, 'own.yml', OWN, 'A playbook of mine')
  const plan = await planFork(world.store, UPSTREAM)
  expect(plan.ahead[0]?.findings).toContainEqual(
    expect.objectContaining({ code: 'playbook-role', severity: 'error', file: 'own.yml', line: 5 }),
  )
  const first = await step(world.store)
  const second = await step(world.reopen())
  expect(second.written?.tip).toBe(first.written?.tip)
})

test('own files without a word of what changes stay as they are', async () => {
  const world = await worldOfRenames()
  commitFile(world, 'own.yml', '- hosts: all\n  roles: [mine]\n', 'A playbook of mine')
  const done = await step(world.store)
  expect(done.findings.filter(({ code }) => code.startsWith('playbook-'))).toEqual([])
  expect(done.text.body).not.toContain('## Your playbooks')
})
