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
