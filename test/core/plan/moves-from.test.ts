import { describe, expect, test } from 'vitest'
import type { Catalogue } from '../../../src/core/catalogue/catalogue.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { isStepUp, movesFrom } from '../../../src/core/plan/moves-from.ts'
import { releasesFor, type PlannedRelease } from '../../../src/core/plan/releases.ts'
import { catalogueWith } from '../../support/catalogue.ts'

const [FROM, NEXT] = ['v2.28.1', 'v2.29.1'] as [ReleaseTag, ReleaseTag]
const ALL = ['1.33.7', '1.33.5', '1.32.10', '1.32.9', '1.31.14', '1.31.12', '1.30.14']

/** Where one may go from v2.28.1 with Kubernetes 1.31.12, where it has these versions and the next release those. */
function moves(breadth: 'newest-patches' | 'all-versions', own: Catalogue, next: Catalogue) {
  const needs = { architectures: ['amd64'] } as const
  const catalogues = new Map([
    [FROM, own],
    [NEXT, next],
  ])
  const releases = releasesFor({ from: FROM, catalogues, needs })
  const state = { release: releases.find(FROM) as PlannedRelease, kubernetes: '1.31.12' }
  return movesFrom(state, { releases, needs, breadth }).map(
    ({ release, kubernetes }) => `${release.tag} ${kubernetes}`,
  )
}

describe('one step leads to', () => {
  const own = catalogueWith({ versions: ALL.slice(2), minimum: '1.30.0' })
  const next = catalogueWith({ versions: ALL, minimum: '1.31.0' })

  test('the newest patch of the minor that runs and of the next, in the own release and in the one after it', () => {
    expect(moves('newest-patches', own, next)).toEqual([
      ...['v2.28.1 1.32.10', 'v2.28.1 1.31.14'],
      ...['v2.29.1 1.32.10', 'v2.29.1 1.31.14'],
    ])
  })

  test('or to any patch of the two that is not below the one that runs', () => {
    const four = ['1.32.10', '1.32.9', '1.31.14', '1.31.12']
    expect(moves('all-versions', own, next)).toEqual([
      ...four.map((version) => `v2.28.1 ${version}`),
      ...four.map((version) => `v2.29.1 ${version}`),
    ])
  })

  test('no release that can install nothing, though it says of no lowest version', () => {
    const nothing = catalogueWith({ versions: [], default: '1.33.7' })
    expect(moves('newest-patches', own, nothing)).toEqual(['v2.28.1 1.32.10', 'v2.28.1 1.31.14'])
  })
})

test.each([
  ['1.32.8', '1.32.8', true],
  ['1.32.8', '1.32.9', true],
  ['1.32.8', '1.32.7', false],
  ['1.32.8', '1.33.0', true],
  ['1.32.8', '1.34.0', false],
  ['1.32.8', '1.31.99', false],
])('from %s to %s is a step up: %s', (from, to, isOne) => {
  expect(isStepUp(from, to)).toBe(isOne)
})
