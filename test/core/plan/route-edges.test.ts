import { describe, expect, test } from 'vitest'
import type { Catalogue, ValueCheck } from '../../../src/core/catalogue/catalogue.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { planRoute } from '../../../src/core/plan/plan-route.ts'
import type { Route } from '../../../src/core/plan/step.ts'
import { catalogueWith } from '../../support/catalogue.ts'
import { plan, RELEASES } from '../../support/plan-of-releases.ts'

function way({ steps }: Route): readonly string[] {
  return steps.map(({ kind, kubespray, kubernetes }) => `${kind} ${kubespray.to} ${kubernetes.to}`)
}

describe('where Kubernetes stands still', () => {
  test('the next release has the very version that runs', () => {
    const same = catalogueWith({ versions: ['1.32.8'], minimum: '1.32.8' })
    expect(way(plan('v2.28.1', '1.32.8', { with: { 'v2.29.1': same } }))).toEqual([
      'kubespray v2.29.1 1.32.8',
    ])
  })

  test('the lowest of its versions is the lowest that it lets in, where it says of none', () => {
    const all = ['1.33.7', '1.32.10', '1.31.14']
    for (const lowest of [all, all.slice(0, 2)]) {
      const route = plan('v2.28.1', '1.31.12', {
        with: {
          'v2.28.1': catalogueWith({ versions: ['1.31.12'] }),
          'v2.29.1': catalogueWith({ versions: lowest }),
        },
      })
      expect(way(route).length > 0).toBe(lowest === all)
    }
  })

  test('a release’s own check is about those that come to it, and keeps no cluster from going up in it', () => {
    const path = 'roles/validate_inventory/tasks/main.yml'
    const check: ValueCheck = { variable: 'x', accepts: ['a'], when: [], given: {}, path, line: 1 }
    const own = catalogueWith({ versions: ['1.33.7', '1.32.10'], minimum: '1.31.0', valueChecks: [check] })
    const at = { file: 'all.yml', line: 1, column: 1 }
    const given = { with: { 'v2.29.1': own }, set: new Map([['x', { value: 'b', at }]]) }
    expect(way(plan('v2.29.1', '1.32.10', given))).toEqual(['kubernetes v2.29.1 1.33.7'])
    expect(plan('v2.28.1', '1.32.8', given).stopped).toMatchObject({
      code: 'setting-refused',
      component: 'x',
    })
  })
})

describe('the settings choose', () => {
  const whole = catalogueWith({
    versions: ['1.33.7', '1.33.5', '1.32.10', '1.32.9'],
    default: '1.33.5',
    minimum: '1.31.0',
  })
  const to = (kubernetesChoice: 'newest' | 'default' | { only: string }): readonly string[] =>
    way(plan('v2.28.1', '1.32.8', { with: { 'v2.29.1': whole }, kubernetesChoice }))

  test('the newest of all, the release’s own, or a single version, however that is written', () => {
    expect(to('newest')).toEqual(['kubespray v2.29.1 1.33.7'])
    expect(to('default')).toEqual(['kubespray v2.29.1 1.33.5'])
    expect(to({ only: 'v1.32.9' })).toEqual(['kubespray v2.29.1 1.32.9'])
  })

  test('of another minor than its own the newest, on the way there', () => {
    const route = plan('v2.29.1', '1.31.14', { with: { 'v2.29.1': whole }, kubernetesChoice: 'default' })
    expect(way(route)).toEqual(['kubernetes v2.29.1 1.32.10', 'kubernetes v2.29.1 1.33.5'])
  })

  test('a release without a version of its own is not narrowed', () => {
    const none = { ...whole, kubernetes: { ...whole.kubernetes, default: undefined } }
    const route = plan('v2.28.1', '1.32.8', { with: { 'v2.29.1': none }, kubernetesChoice: 'default' })
    expect(way(route)).toEqual(['kubespray v2.29.1 1.33.7'])
  })
})

test('releases are taken in the order of their versions, whatever order they are known in', () => {
  const catalogues = new Map(Object.entries(RELEASES).toReversed()) as Map<ReleaseTag, Catalogue>
  const from = { release: 'v2.26.1' as ReleaseTag, kubernetes: 'v1.30.6' }
  expect(planRoute({ from, architectures: ['amd64'], catalogues })).toEqual(
    plan('v2.26.1', 'v1.30.6', { architectures: ['amd64'] }),
  )
})

test('a way that ends early leads as far up as one can get', () => {
  const blocked = catalogueWith({ versions: ['1.33.7'], minimum: '1.31.0', faults: [{}] })
  expect(way(plan('v2.27.0', 'v1.31.4', { with: { 'v2.29.1': blocked } }))).toEqual([
    'kubespray v2.28.1 1.32.8',
  ])
})

test('what only one of the versions lacks is in the way of that one alone', () => {
  const faults = [
    { component: 'crictl', kubernetes: ['v1.33.7'] },
    { component: 'etcd', kubernetes: ['v1.32.10', 'v1.31.14'] },
  ]
  const lacking = catalogueWith({ versions: ['v1.33.7', 'v1.32.10', 'v1.31.14'], minimum: 'v1.31.0', faults })
  const { stopped } = plan('v2.29.1', '1.32.11', { with: { 'v2.29.1': lacking } })
  expect(stopped).toMatchObject({ component: 'crictl', evidence: [expect.stringContaining('crictl')] })
  const below = plan('v2.29.1', '1.30.14', { with: { 'v2.29.1': lacking } })
  expect(below.stopped?.evidence).toEqual([expect.stringContaining('etcd')])
})

describe('what is to run now', () => {
  const refusal = (kubernetes: string): string => {
    try {
      plan('v2.26.1', kubernetes)
    } catch (error) {
      return String(error)
    }
    return 'none'
  }

  test.each(['v1.3', '1.30', 'a1.30.6', '1.30.6-rc.1', '1.30.6 ', 'v1.x.6'])('%j is no version', (text) => {
    expect(refusal(text)).toContain('write it in full')
  })

  test('a version of two digits in each place is one', () => {
    const tens = catalogueWith({ versions: ['12.30.16'] })
    expect(way(plan('v2.29.1', '12.30.15', { with: { 'v2.29.1': tens } }))).toEqual([
      'kubernetes v2.29.1 12.30.16',
    ])
  })

  test('one minor below all that is known is known, two are not, and none above is', () => {
    expect(refusal('1.27.16')).toBe('none')
    for (const far of ['1.26.15', '1.34.0']) expect(refusal(far)).toContain('have 1.28 to 1.33.')
  })

  test('a minor that one architecture alone can install is known', () => {
    const { kubernetes, ...rest } = catalogueWith({ versions: ['1.33.7'], minimum: '1.31.0' })
    const versions = { amd64: ['1.34.1', '1.33.7'], arm64: ['1.33.7'] }
    const uneven = { ...rest, kubernetes: { ...kubernetes, versions } }
    expect(plan('v2.29.1', '1.34.0', { with: { 'v2.29.1': uneven } }).stopped?.code).toBe('kubernetes-ahead')
  })

  test.each([
    [['v2.29.1', 'v2.28.1'], 'and the releases from v2.28.1 to v2.29.1 have 1.30 to 1.33.'],
    [['v2.29.1'], 'and v2.29.1 has 1.31 to 1.33.'],
  ])('the range that is known is that of %j', (tags, said) => {
    const known = tags.map((tag) => [tag as ReleaseTag, RELEASES[tag] as Catalogue] as const)
    const from = { release: 'v2.29.1' as ReleaseTag, kubernetes: '1.99.0' }
    expect(() => planRoute({ from, architectures: ['amd64'], catalogues: new Map(known) })).toThrow(said)
  })

  test.each([
    [[], 'and v2.29.1 has no list of versions.'],
    [['1.33.7', '1.33.6'], 'and v2.29.1 has 1.33.'],
  ])('of versions %j', (versions, said) => {
    const catalogues = new Map([['v2.29.1' as ReleaseTag, catalogueWith({ versions, default: '1.33.7' })]])
    const from = { release: 'v2.29.1' as ReleaseTag, kubernetes: '1.99.0' }
    expect(() => planRoute({ from, architectures: ['amd64'], catalogues })).toThrow(said)
  })

  test('no name is like that of a release: none is asked for', () => {
    expect(() => plan('v99.99.99', '1.33.7')).toThrow(
      'I know no release `v99.99.99` that a route could start from.',
    )
    expect(() => plan('v99.99.99', '1.33.7')).not.toThrow('Did you mean')
  })
})
