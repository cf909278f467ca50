import { describe, expect, test } from 'vitest'
import type { Catalogue } from '../../../src/core/catalogue/catalogue.ts'
import { Refusal } from '../../../src/core/model/problem.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { planRoute } from '../../../src/core/plan/plan-route.ts'
import type { Route } from '../../../src/core/plan/step.ts'
import { catalogueWith } from '../../support/catalogue.ts'
import { plan, RELEASES } from '../../support/plan-of-releases.ts'

function way({ steps }: Route): readonly string[] {
  return steps.map(({ kubespray, kubernetes }) => `${kubespray.to} ${kubernetes.to}`)
}

function codes(route: Route, step = 0): readonly string[] {
  return route.steps[step]?.reasons.map(({ code }) => code) ?? []
}

describe('the fewest steps', () => {
  test.each([
    ['both go up together', 'v2.26.1', 'v1.30.6', ['v2.27.1 v1.31.9', 'v2.28.1 1.32.8', 'v2.29.1 1.33.7']],
    ['a patch release is skipped', 'v2.27.0', 'v1.31.4', ['v2.28.1 1.32.8', 'v2.29.1 1.33.7']],
    [
      'Kubernetes lags by one and catches up early',
      'v2.28.1',
      '1.31.12',
      ['v2.28.1 1.32.8', 'v2.29.1 1.33.7'],
    ],
    [
      'a version upstream never listed is left upwards',
      'v2.27.1',
      'v1.31.99',
      ['v2.28.1 1.32.8', 'v2.29.1 1.33.7'],
    ],
    [
      'below the minimum of its own release',
      'v2.27.0',
      'v1.28.15',
      ['v2.27.1 v1.29.15', 'v2.27.1 v1.30.13', 'v2.27.1 v1.31.9', 'v2.28.1 1.32.8', 'v2.29.1 1.33.7'],
    ],
    ['written without v where the release has it', 'v2.27.1', '1.31.9', ['v2.28.1 1.32.8', 'v2.29.1 1.33.7']],
    ['nothing to do', 'v2.29.1', '1.33.7', []],
    ['Kubernetes alone', 'v2.29.1', '1.31.14', ['v2.29.1 1.32.10', 'v2.29.1 1.33.7']],
  ])('%s', (_, release, kubernetes, expected) => {
    const route = plan(release, kubernetes)
    expect(way(route)).toEqual(expected)
    expect(route.stopped).toBeUndefined()
  })

  test('the next release refuses what runs, so Kubernetes goes first', () => {
    const route = plan('v2.28.1', '1.30.14', {})
    expect(way(route)).toEqual(['v2.28.1 1.31.12', 'v2.28.1 1.32.8', 'v2.29.1 1.33.7'])
    expect(codes(route)).toContain('kubernetes-first')
  })

  test('why Kubernetes goes alone is told by what comes after it', () => {
    const why = ({ steps }: Route): readonly (string | undefined)[] =>
      steps.map(({ reasons }) => reasons.find(({ code }) => code === 'kubernetes-first')?.message)
    expect(why(plan('v2.28.1', '1.30.14'))).toEqual([
      'More than one such step is needed in v2.28.1, each by one minor.',
      'Kubernetes has more steps ahead of it than Kubespray, so one is for it alone, and now costs no more than later.',
      undefined,
    ])
    expect(why(plan('v2.29.1', '1.32.10'))).toEqual([
      'Kubespray goes no further than v2.29.1 on this way, so Kubernetes catches up in it.',
    ])
  })

  test('ends at a target, and at a highest Kubernetes', () => {
    expect(way(plan('v2.26.1', 'v1.30.6', { target: 'v2.27.1' as ReleaseTag }))).toEqual(['v2.27.1 v1.31.9'])
    expect(way(plan('v2.27.1', 'v1.31.9', { kubernetesMax: '1.32' }))).toEqual([
      'v2.28.1 1.32.8',
      'v2.29.1 1.32.10',
    ])
  })

  test('versions above the release’s own minor are left alone', () => {
    const ahead = catalogueWith({
      versions: ['1.34.0', '1.33.7', '1.32.10', '1.31.14'],
      default: '1.33.7',
      minimum: '1.31.0',
    })
    const route = plan('v2.29.1', '1.33.7', { with: { 'v2.29.1': ahead } })
    expect(way(route)).toEqual([])
    expect(codes(plan('v2.28.1', '1.32.8', { with: { 'v2.29.1': ahead } }))).toContain('above-default')
  })
})

describe('what a release cannot install', () => {
  test('a version that lacks one component is passed over, and said so', () => {
    const lacking = catalogueWith({
      versions: ['1.33.7', '1.33.6', '1.32.10'],
      minimum: '1.31.0',
      faults: [
        { component: 'crictl', kubernetes: ['1.33.7'], missing: "crictl_checksums['arm64']['1.33.0']" },
      ],
    })
    const route = plan('v2.28.1', '1.32.8', { with: { 'v2.29.1': lacking } })
    expect(way(route)).toEqual(['v2.29.1 1.33.6'])
    expect(route.steps[0]?.reasons.find(({ code }) => code === 'passed-over')?.message).toBe(
      "v2.29.1 lists 1.33.7 but cannot install it: `crictl` on arm64 lacks `crictl_checksums['arm64']['1.33.0']`.",
    )
  })

  test('a way that needs an older patch is found when the newest one leads nowhere', () => {
    const olderPatch = catalogueWith({ versions: ['v1.30.13', 'v1.30.8', 'v1.28.0'], minimum: 'v1.29.0' })
    const needsClimb = catalogueWith({ versions: ['1.30.9'], default: '1.30.9', minimum: '1.30.0' })
    const climbed = plan('v2.27.1', 'v1.29.15', {
      with: { 'v2.27.1': olderPatch, 'v2.28.1': needsClimb },
      target: 'v2.28.1' as ReleaseTag,
    })
    expect(way(climbed)).toEqual(['v2.27.1 v1.30.8', 'v2.28.1 1.30.9'])
  })

  test('a dead end names release, component and architecture, and what would open it', () => {
    const blocked = catalogueWith({
      versions: ['1.33.7', '1.32.10'],
      minimum: '1.31.0',
      faults: [
        { component: 'crun', missing: "crun_checksums['arm64']" },
        {
          component: 'etcd',
          enabledWith: ['containerd', 'docker'],
          missing: "etcd_binary_checksums['arm64']",
        },
      ],
    })
    const route = plan('v2.27.1', 'v1.31.9', { with: { 'v2.29.1': blocked } })
    expect(way(route)).toEqual(['v2.28.1 1.32.8'])
    expect(route.stopped).toEqual({
      code: 'not-installable',
      message:
        'I cannot go on to v2.29.1 with Kubernetes 1.33.7: it has no checksum of `etcd` for arm64; the same holds for 1 more (`crun`).',
      release: 'v2.29.1',
      component: 'etcd',
      architecture: 'arm64',
      evidence: [
        "etcd on arm64: etcd_binary_checksums['arm64'] is missing",
        "crun on arm64: crun_checksums['arm64'] is missing",
      ],
      opens: [
        'No arm64 node in the cluster.',
        "A patch of your fork that gives v2.29.1 `etcd_binary_checksums['arm64']`, `crun_checksums['arm64']`.",
      ],
    })
    expect(
      way(plan('v2.27.1', 'v1.31.9', { with: { 'v2.29.1': blocked }, architectures: ['amd64'] })),
    ).toHaveLength(2)
  })

  test('another container manager opens the way, and only for a cluster that runs it', () => {
    const blocked = catalogueWith({
      versions: ['1.33.7'],
      minimum: '1.31.0',
      faults: [
        {
          component: 'containerd',
          kind: 'zero-checksum',
          containerManagers: ['containerd'],
          enabledWith: ['containerd'],
          stopsAll: false,
        },
      ],
    })
    const route = plan('v2.28.1', '1.32.8', { with: { 'v2.29.1': blocked } })
    expect(route.stopped?.opens?.[1]).toContain('`container_manager: docker`')
    expect(
      plan('v2.28.1', '1.32.8', { with: { 'v2.29.1': blocked }, containerManager: 'docker' }).stopped,
    ).toBeUndefined()
  })
})

describe('the other ends of a way', () => {
  test('Kubernetes runs ahead of the newest release', () => {
    expect(plan('v2.29.1', '1.33.9').stopped).toMatchObject({ code: 'kubernetes-ahead', release: 'v2.29.1' })
  })

  test('a minor release is not known', () => {
    const catalogues = new Map(Object.entries(RELEASES).filter(([tag]) => tag !== 'v2.28.1')) as Map<
      ReleaseTag,
      Catalogue
    >
    const from = { release: 'v2.27.1' as ReleaseTag, kubernetes: 'v1.31.9' }
    const route = planRoute({ from, architectures: ['amd64'], catalogues })
    expect(route.stopped).toMatchObject({ code: 'release-unknown', release: 'v2.27.1' })
  })

  test('what runs is below the next release and cannot be raised here', () => {
    const stuck = catalogueWith({
      versions: ['1.32.8', '1.31.12', '1.30.14'],
      minimum: '1.30.0',
      faults: [{ kubernetes: ['1.31.12'] }],
    })
    const route = plan('v2.28.1', '1.30.14', { with: { 'v2.28.1': stuck } })
    expect(route.stopped).toMatchObject({ code: 'below-minimum', release: 'v2.28.1', component: 'crun' })
  })

  test('a component that runs is too old, as the release itself says', () => {
    const path = 'roles/etcd/tasks/clean_v2_store.yml'
    const demanding = catalogueWith({
      versions: ['1.33.7', '1.32.10'],
      minimum: '1.31.0',
      etcd: { '1.33': '3.6.10', '1.32': '3.6.10' },
      preconditions: [{ component: 'etcd', atLeast: '3.5.26', whenTargetAtLeast: '3.6.0', path }],
    })
    const before = (etcd: string): Catalogue =>
      catalogueWith({ versions: ['1.32.8'], minimum: '1.30.0', etcd: { '1.32': etcd } })
    const stopped = plan('v2.28.1', '1.32.8', { with: { 'v2.28.1': before('3.5.25'), 'v2.29.1': demanding } })
    expect(stopped.stopped).toMatchObject({
      code: 'precondition',
      release: 'v2.29.1',
      component: 'etcd',
      evidence: [path],
    })
    const open = plan('v2.28.1', '1.32.8', { with: { 'v2.28.1': before('3.5.26'), 'v2.29.1': demanding } })
    expect(way(open)).toEqual(['v2.29.1 1.33.7'])
    expect(codes(open)).toContain('precondition-met')
  })

  test('a component that the cluster sets itself is too old', () => {
    const demanding = catalogueWith({
      versions: ['1.33.7', '1.32.10'],
      minimum: '1.31.0',
      preconditions: [{ component: 'etcd', atLeast: '3.5.10', path: 'x.yml' }],
    })
    const changed = { 'v2.29.1': demanding }
    const low = plan('v2.28.1', '1.32.8', { with: changed, pinned: new Map([['etcd', 'v3.5.9']]) })
    expect(low.stopped).toMatchObject({ code: 'precondition', component: 'etcd' })
    expect(low.stopped?.message).toContain('`etcd_version` is set to 3.5.9')
    const met = plan('v2.28.1', '1.32.8', { with: changed, pinned: new Map([['etcd', '3.5.10']]) })
    expect(way(met)).toEqual(['v2.29.1 1.33.7'])
    expect(met.steps[0]?.reasons.find(({ code }) => code === 'precondition-met')?.message).toContain(
      '`etcd_version` is set to 3.5.10, and must not be set lower',
    )
  })
})

test('where a release can install nothing, what is in the way is told and not that nothing is newer', () => {
  const blocked = catalogueWith({ versions: ['1.32.8'], minimum: '1.30.0', faults: [{}] })
  const route = plan('v2.28.1', '1.32.9', { with: { 'v2.28.1': blocked }, target: 'v2.28.1' as ReleaseTag })
  expect(route.stopped).toMatchObject({ code: 'not-installable', release: 'v2.28.1', component: 'crun' })
  expect(route.stopped?.message).toContain('v2.28.1 can install no Kubernetes on this cluster: ')
})

describe('what nobody knows is refused', () => {
  test.each([
    ['v2.26.9', 'v1.30.6', 'unknown-release', 'Did you mean `v2.26.0`?'],
    ['v2.26.1', 'v1.3', 'unknown-kubernetes', 'write it in full'],
    ['v2.26.1', '1.99.0', 'unknown-kubernetes', '1.28 to 1.33'],
  ])('%s with %s: %s', (release, kubernetes, code, hint) => {
    const refused = (): Route => plan(release, kubernetes)
    expect(refused).toThrow(Refusal)
    expect(refused).toThrow(hint)
    try {
      refused()
    } catch (error) {
      expect((error as Refusal).problems[0]?.code).toBe(code)
    }
  })

  test('a target below the start', () => {
    expect(() => plan('v2.28.1', '1.32.8', { target: 'v2.27.1' as ReleaseTag })).toThrow('older than v2.28.1')
  })
})

test('the step that drops the v says so', () => {
  expect(codes(plan('v2.27.1', 'v1.31.9'))).toContain('written-without-v')
  expect(codes(plan('v2.28.1', '1.32.8'))).not.toContain('written-without-v')
})

test('a changed default of the container manager is only of interest to who relies on it', () => {
  const docker = {
    'v2.28.1': catalogueWith({ versions: ['1.32.8'], minimum: '1.30.0', containerManager: 'docker' }),
  }
  expect(codes(plan('v2.28.1', '1.32.8', { with: docker }))).toContain('container-manager-default')
  expect(codes(plan('v2.28.1', '1.32.8', { with: docker, containerManager: 'docker' }))).not.toContain(
    'container-manager-default',
  )
})
