import { expect, test } from 'vitest'
import { planFork } from '../../../src/app/plan/plan-fork.ts'
import { demoWorld, UPSTREAM, type World } from '../../support/demo.ts'
import { commitFile, step } from '../../support/step.ts'

const OWN = 'inventory/homelab/group_vars/k8s-cluster/own.yml'

/** The demo's fork, whose releases hand on feature gates from a tag on. */
async function worldWithGates(tags: readonly string[]): Promise<World> {
  const world = await demoWorld()
  for (const tag of tags) {
    world.git('checkout', '--quiet', '--detach', tag)
    commitFile(world, 'roles/kubernetes/master/defaults/main.yml', 'kube_feature_gates: []\n', 'Gates')
    commitFile(
      world,
      'roles/kubernetes/master/templates/kubeadm.yaml.j2',
      'feature-gates: {{ kube_feature_gates | join(",") }}\n',
      'Templates',
    )
    world.git('tag', '--force', tag)
  }
  world.git('checkout', '--quiet', 'main')
  return world
}

test('a gate that the Kubernetes of the next step has no more stops it, in the plan and in the step', async () => {
  const world = await worldWithGates(['v2.9.0'])
  commitFile(world, OWN, 'kube_feature_gates: [DynamicVolumeProvisioning=true]\n', 'Gates of mine')
  // The demo goes from 1.12, the last that knew it, to 1.13.
  const error: unknown = expect.objectContaining({
    code: 'gone-from-kubernetes',
    severity: 'error',
    file: OWN,
    line: 1,
  })
  const plan = await planFork(world.store, UPSTREAM)
  expect(plan.ahead[0]?.findings).toContainEqual(error)
  const done = await step(world.reopen())
  expect(done.findings).toContainEqual(error)
})

test('of a step behind the next one it is told as well, once', async () => {
  const world = await worldWithGates(['v2.9.0', 'v2.10.0', 'v2.11.0'])
  // Kubernetes 1.14 was the last with it; v2.11.0 brings 1.15.
  commitFile(world, OWN, 'kube_feature_gates: [MountPropagation=true]\n', 'Gates of mine')
  const plan = await planFork(world.store, UPSTREAM)
  const told = plan.ahead.flatMap(({ kubespray, findings }) =>
    findings.filter(({ code }) => code === 'gone-from-kubernetes').map(() => kubespray.to),
  )
  expect(told).toEqual(['v2.11.0'])
})

test('over an API only what the step itself finds is told', async () => {
  const world = await worldWithGates(['v2.9.0'])
  commitFile(world, OWN, 'kube_feature_gates: [DynamicVolumeProvisioning=true]\n', 'Gates of mine')
  const plan = await planFork(world.store, { ...UPSTREAM, depth: 'defaults' })
  expect(plan.ahead.flatMap(({ findings }) => findings.map(({ code }) => code))).not.toContain(
    'gone-from-kubernetes',
  )
})

test('what is off asks nothing', async () => {
  const world = await worldWithGates(['v2.9.0'])
  commitFile(world, OWN, 'kube_feature_gates: []\n', 'No gates')
  const plan = await planFork(world.store, UPSTREAM)
  expect(plan.ahead.flatMap(({ findings }) => findings.map(({ code }) => code))).not.toContain(
    'gone-from-kubernetes',
  )
})
