import { expect, test } from 'vitest'
import type { Catalogue } from '../../../src/core/catalogue/catalogue.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { planRoute, type RouteRequest } from '../../../src/core/plan/plan-route.ts'
import type { Route } from '../../../src/core/plan/step.ts'
import { catalogueWith } from '../../support/catalogue.ts'

function plan(release: string, kubernetes: string, set: RouteRequest['set']): Route {
  const check = {
    variable: 'kube_network_plugin',
    accepts: ['calico', 'none'],
    when: [],
    given: {},
    path: 'roles/validate_inventory/tasks/main.yml',
    line: 170,
    message: 'The selected choice is not supported',
  }
  const catalogues = new Map<string, Catalogue>([
    ['v2.28.1', catalogueWith({ versions: ['1.32.8', '1.31.12'], minimum: '1.30.0' })],
    ['v2.29.1', catalogueWith({ versions: ['1.33.7', '1.32.10'], minimum: '1.31.0', valueChecks: [check] })],
  ])
  return planRoute({
    from: { release: release as ReleaseTag, kubernetes },
    architectures: ['amd64', 'arm64'],
    catalogues: new Map([...catalogues].map(([tag, each]) => [tag as ReleaseTag, each])),
    set,
  })
}

test('a release whose own check refuses a setting is not gone to, and the way says so', () => {
  const at = { file: 'group_vars/all.yml', line: 3, column: 1 }
  const set = new Map([['kube_network_plugin', { value: 'weave', at }]])
  const route = plan('v2.28.1', '1.31.12', set)
  expect(route.steps.map(({ kubespray }) => kubespray.to)).toEqual(['v2.28.1'])
  expect(route.stopped).toMatchObject({
    code: 'setting-refused',
    release: 'v2.29.1',
    component: 'kube_network_plugin',
    evidence: ['roles/validate_inventory/tasks/main.yml:170'],
    at,
  })
  expect(route.stopped?.message).toBe(
    'v2.29.1 takes no `kube_network_plugin: weave` any more: its own check stops the play (“The selected choice is not supported”).',
  )
  expect(route.stopped?.opens?.[0]).toBe(
    '`kube_network_plugin` set to what v2.29.1 takes, before that step: `calico`, `none`.',
  )
  // What runs under a release already is not judged by it.
  expect(plan('v2.29.1', '1.32.10', set).stopped).toBeUndefined()
})
