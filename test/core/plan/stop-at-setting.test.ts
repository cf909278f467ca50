import { expect, test } from 'vitest'
import type { ValueCheck } from '../../../src/core/catalogue/catalogue.ts'
import type { Stop } from '../../../src/core/plan/step.ts'
import { catalogueWith } from '../../support/catalogue.ts'
import { plan } from '../../support/plan-of-releases.ts'

const PATH = 'roles/validate_inventory/tasks/main.yml'
const MANAGER: ValueCheck = {
  variable: 'container_manager',
  accepts: ['containerd', 'crio'],
  when: [],
  given: {},
  path: PATH,
  line: 12,
}
const AT = { file: 'inventory/a/group_vars/all.yml', line: 3, column: 1 }

/** Where the way from v2.28.1 ends for a cluster that sets this, if v2.29.1 checks it so. */
function stop(check: ValueCheck, value: string, before: readonly ValueCheck[] = []): Stop | undefined {
  const [here, next] = [
    catalogueWith({ versions: ['1.32.8'], minimum: '1.30.0', valueChecks: before }),
    catalogueWith({ versions: ['1.33.7'], minimum: '1.31.0', valueChecks: [check] }),
  ]
  return plan('v2.28.1', '1.32.8', {
    with: { 'v2.28.1': here, 'v2.29.1': next },
    set: new Map([[check.variable, { value, at: AT }]]),
  }).stopped
}

test('a setting that the next release refuses, with where it stands and what it takes', () => {
  expect(stop(MANAGER, 'docker')).toEqual({
    code: 'setting-refused',
    message: 'v2.29.1 takes no `container_manager: docker` any more: its own check stops the play.',
    release: 'v2.29.1',
    component: 'container_manager',
    evidence: [`${PATH}:12`],
    at: AT,
    opens: ['`container_manager` set to what v2.29.1 takes, before that step: `containerd`, `crio`.'],
  })
})

test('what the release before refused as well is not said to be new', () => {
  expect(stop(MANAGER, 'docker', [MANAGER])?.message).toBe(
    'v2.29.1 takes no `container_manager: docker`: its own check stops the play.',
  )
})

test('a network plugin is another cluster, and that is said beside what it may be', () => {
  const plugin = { ...MANAGER, variable: 'kube_network_plugin', accepts: ['calico'] }
  expect(stop(plugin, 'weave')?.opens).toEqual([
    '`kube_network_plugin` set to what v2.29.1 takes, before that step: `calico`.',
    expect.stringContaining('that takes a new cluster') as string,
  ])
})

test.each([
  ['No docker any more.', ' (“No docker any more.”)'],
  ['{{ container_manager }} is not supported', ' (“docker is not supported”)'],
  ['{{container_manager}} is not supported', ' (“docker is not supported”)'],
  ['{{  container_manager  }} is not supported', ' (“docker is not supported”)'],
  ['{{ container_manager }} on {{ inventory_hostname }}', ''],
  ['{{ container_manager | upper }} is not supported', ''],
  ['', ''],
])('the release’s own words stand in it where they need nothing else: %s', (message, said) => {
  expect(stop({ ...MANAGER, message }, 'docker')?.message).toBe(
    `v2.29.1 takes no \`container_manager: docker\` any more: its own check stops the play${said}.`,
  )
})
