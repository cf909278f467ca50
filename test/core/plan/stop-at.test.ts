import { describe, expect, test } from 'vitest'
import type { Catalogue } from '../../../src/core/catalogue/catalogue.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { planRoute } from '../../../src/core/plan/plan-route.ts'
import { catalogueWith } from '../../support/catalogue.ts'
import { plan, RELEASES } from '../../support/plan-of-releases.ts'

describe('no more is said of where a way ends than is known', () => {
  test('the next release lists no versions: which it can install is not known, and not that it has none', () => {
    const unlisted = { ...RELEASES['v2.28.1'], ...catalogueWith({ versions: [] }) }
    const own = { ...unlisted, kubernetes: { ...unlisted.kubernetes, default: 'v1.32.8' } }
    const { steps, stopped } = plan('v2.27.1', 'v1.31.9', { with: { 'v2.28.1': own } })
    expect(steps).toEqual([])
    expect(stopped).toMatchObject({ code: 'kubernetes-unlisted', release: 'v2.28.1' })
    expect(stopped?.message).toContain('beside its own, 1.32.8')
    expect(stopped?.message).not.toMatch(/no Kubernetes at all|never goes down/)
    expect(stopped?.opens?.[0]).toContain('The way up to v2.29.1 by hand')
  })

  test('a release that lists none runs its own version: it is not said to lack it', () => {
    const own = catalogueWith({ versions: [] })
    const first = { ...own, kubernetes: { ...own.kubernetes, default: 'v1.31.9' } }
    const route = plan('v2.27.1', 'v1.31.9', { with: { 'v2.27.1': first } })
    expect(route.steps.map(({ kubernetes }) => kubernetes.to)).toEqual(['1.32.8', '1.33.7'])
    expect(route.steps[0]?.reasons.map(({ code }) => code)).not.toContain('custom-version')
  })

  test('the settings alone hold Kubernetes down: they are named, with what would let it go', () => {
    const { stopped } = plan('v2.27.1', 'v1.31.9', {
      kubernetesMax: '1.31',
      with: { 'v2.28.1': catalogueWith({ versions: ['1.32.8'], minimum: '1.31.0' }) },
    })
    expect(stopped).toMatchObject({ code: 'kubernetes-limited', release: 'v2.28.1' })
    expect(stopped?.message).toContain('can install 1.32.8, and `kubernetes.max: "1.31"`')
    expect(stopped?.opens).toEqual(['`kubernetes.max: "1.32"` or more.'])
  })

  test('a Kubernetes that the one release known has not: it is named once', () => {
    const catalogues = new Map([['v2.29.1' as ReleaseTag, RELEASES['v2.29.1'] as Catalogue]])
    const from = { release: 'v2.29.1' as ReleaseTag, kubernetes: '1.36.1' }
    expect(() => planRoute({ from, architectures: ['amd64'], catalogues })).toThrow(
      'and v2.29.1 has 1.31 to 1.33.',
    )
  })
})

describe('Kubernetes is too far behind for what a release has', () => {
  test('minors are missing in between: it is behind, and not ahead', () => {
    expect(plan('v2.29.1', '1.29.3').stopped).toEqual({
      code: 'below-minimum',
      message:
        'Kubernetes 1.29.3 runs now, and the lowest newer version that v2.29.1 has is 1.31.14: minors may not be skipped.',
      release: 'v2.29.1',
      component: 'kubelet',
      opens: [
        'Kubernetes 1.30 in the running cluster, one minor after the other with releases that have these.',
      ],
    })
  })

  test('the version in between is below the release’s own minimum: no setting is blamed for it', () => {
    const own = catalogueWith({ versions: ['1.31.9', '1.30.13', '1.29.15'], minimum: '1.30.0' })
    const { stopped } = plan('v2.27.1', '1.28.15', {
      with: { 'v2.27.1': own },
      target: 'v2.27.1' as ReleaseTag,
    })
    expect(stopped).toMatchObject({ code: 'below-minimum', component: 'kubelet' })
    expect(stopped?.message).toContain('the lowest newer version that v2.27.1 has is 1.30.13')
  })

  test('a limit of the settings hides the versions, and they are too far up as well', () => {
    const { stopped } = plan('v2.29.1', '1.29.3', { kubernetesMax: '1.30' })
    expect(stopped).toMatchObject({ code: 'below-minimum' })
  })
})

describe('Kubernetes is ahead', () => {
  const AHEAD = {
    code: 'kubernetes-ahead',
    message:
      'Kubernetes 1.33.9 runs now, and v2.29.1 has Kubernetes up to 1.33.7. Kubernetes never goes down, so there is nothing to do before a release has 1.33.9 or newer.',
    release: 'v2.29.1',
    component: 'kubelet',
    opens: ['A Kubespray release with Kubernetes 1.33.9 or newer.'],
  }

  test('of all that the newest release has', () => {
    expect(plan('v2.29.1', '1.33.9').stopped).toEqual(AHEAD)
  })

  test('whatever that release asks of what runs', () => {
    const preconditions = [{ component: 'etcd', atLeast: '3.6.0', path: 'x.yml' }]
    const asking = catalogueWith({
      versions: ['1.33.7'],
      minimum: '1.31.0',
      preconditions,
      etcd: { '1.33': '3.5.0' },
    })
    expect(plan('v2.29.1', '1.33.9', { with: { 'v2.29.1': asking } }).stopped).toEqual(AHEAD)
  })

  test('a version that cannot be installed is older as well: it is in nobody’s way', () => {
    const faulty = catalogueWith({
      versions: ['1.33.8', '1.33.7'],
      minimum: '1.31.0',
      faults: [{ kubernetes: ['1.33.8'] }],
    })
    expect(plan('v2.29.1', '1.33.9', { with: { 'v2.29.1': faulty } }).stopped).toEqual(AHEAD)
  })

  test('the settings let it go no further than below: the newest that the release has is told', () => {
    expect(plan('v2.29.1', '1.33.9', { kubernetesMax: '1.30' }).stopped).toEqual(AHEAD)
  })

  test('in whatever order the release lists its versions, those above its own minor aside', () => {
    const mixed = catalogueWith({
      versions: ['1.32.10', '1.33.7', '1.34.1', '1.31.14'],
      default: '1.33.7',
      minimum: '1.31.0',
    })
    for (const kubernetesMax of [undefined, '1.30'])
      expect(plan('v2.29.1', '1.33.9', { with: { 'v2.29.1': mixed }, kubernetesMax }).stopped).toEqual(AHEAD)
  })
})

describe('the settings', () => {
  test('follow no newer version: the key is named that says so, and not a limit that is not reached', () => {
    const given = {
      kubernetesChoice: { only: '1.32.8' },
      with: { 'v2.29.1': catalogueWith({ versions: ['1.33.7'], minimum: '1.31.0' }) },
    }
    for (const kubernetesMax of [undefined, '1.33', '1.34'])
      expect(plan('v2.28.1', '1.32.8', { ...given, kubernetesMax }).stopped).toEqual({
        code: 'kubernetes-limited',
        message:
          'Kubernetes 1.32.8 runs now, v2.29.1 can install 1.33.7, and `kubernetes.follow` in the settings does not let it go there.',
        release: 'v2.29.1',
        component: 'kubelet',
        opens: ['Another `kubernetes.follow`.'],
      })
  })
})

describe('the next release does not let in what runs', () => {
  const WHY = 'v2.29.1 starts from Kubernetes 1.31, and 1.30.14 runs now. It would have to go up '

  test('what keeps it from going up here is told as well', () => {
    const faults = [{ kubernetes: ['1.31.12'] }]
    const versions = ['1.32.8', '1.31.12', '1.30.14']
    const stuck = catalogueWith({ versions, minimum: '1.30.0', faults })
    expect(plan('v2.28.1', '1.30.14', { with: { 'v2.28.1': stuck } }).stopped).toMatchObject({
      code: 'below-minimum',
      release: 'v2.28.1',
      message: expect.stringMatching(
        `^${WHY}in 2.28 first. I cannot raise Kubernetes to 1.31.12 in v2.28.1: `,
      ) as string,
    })
  })

  test('it runs the newest that its release has: that is not said to be lacking', () => {
    const old = catalogueWith({ versions: ['1.30.14'], minimum: '1.30.0' })
    expect(plan('v2.28.1', '1.30.14', { with: { 'v2.28.1': old } }).stopped).toEqual({
      code: 'below-minimum',
      message: `${WHY}first, and 2.28 has nothing newer.`,
      release: 'v2.28.1',
      component: 'kubelet',
      opens: ['A patch release of 2.28 that has Kubernetes 1.31.'],
    })
  })
})

test('a gap names the last release before it, the newest, and the tags that are missing', () => {
  const { 'v2.28.1': _missing, ...known } = RELEASES
  const from = { release: 'v2.27.1' as ReleaseTag, kubernetes: 'v1.31.9' }
  const catalogues = new Map(Object.entries(known)) as Map<ReleaseTag, Catalogue>
  expect(planRoute({ from, architectures: ['amd64'], catalogues }).stopped).toEqual({
    code: 'release-unknown',
    message: 'I know v2.29.1, but no release of the minor after 2.27, and minors may not be skipped.',
    release: 'v2.27.1',
    opens: ['The missing tags: fetch them from upstream.'],
  })
})

test('no release after has a list of versions either: none is named', () => {
  const unlisted = { ...RELEASES['v2.28.1'], ...catalogueWith({ versions: [] }) }
  const all = { 'v2.28.1': unlisted, 'v2.29.1': unlisted }
  expect(plan('v2.27.1', 'v1.31.9', { with: all }).stopped).toEqual({
    code: 'kubernetes-unlisted',
    message:
      'v2.28.1 has no list of the Kubernetes versions that it can install, so I cannot tell where it leads from Kubernetes 1.31.9.',
    release: 'v2.28.1',
    opens: [
      'The way up to a release that has such a list by hand, by the notes of each release: from there on I plan it.',
    ],
  })
})
