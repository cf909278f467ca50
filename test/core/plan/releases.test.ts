import { describe, expect, test } from 'vitest'
import type { Architecture } from '../../../src/core/model/architecture.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { releasesFor } from '../../../src/core/plan/releases.ts'
import { catalogueWith } from '../../support/catalogue.ts'

const TAGS = ['v2.27.1', 'v2.28.0', 'v2.28.1', 'v2.28.2', 'v2.29.9', 'v2.29.10', 'v2.30.0'] as ReleaseTag[]
const [OLDER, FIRST, OTHER, LAST] = TAGS as [ReleaseTag, ReleaseTag, ReleaseTag, ReleaseTag]
const NEEDS = { architectures: ['amd64', 'arm64'] } as const

describe('releases to stop at', () => {
  const catalogues = new Map(
    TAGS.toReversed().map((tag) => [tag, catalogueWith({ versions: ['1.33.7'] })] as const),
  )

  test.each<[string, ReleaseTag, string | undefined, readonly string[]]>([
    ['the first, and the last of each minor', OTHER, undefined, [OTHER, LAST, 'v2.29.10', 'v2.30.0']],
    ['no others of the first one’s minor', LAST, undefined, [LAST, 'v2.29.10', 'v2.30.0']],
    ['none above the target', FIRST, 'v2.29.9', [FIRST, LAST, 'v2.29.9']],
    ['the target alone where it is the start', LAST, LAST, [LAST]],
  ])('are %s', (_which, from, target, expected) => {
    const releases = releasesFor({ from, catalogues, needs: NEEDS, target: target as ReleaseTag })
    expect(releases.all.map(({ tag }) => tag)).toEqual(expected)
    expect(releases.find(OLDER)).toBeUndefined()
  })

  test('lie at most one minor ahead of where one is', () => {
    const releases = releasesFor({ from: FIRST, catalogues, needs: NEEDS })
    const from = (tag: string) => releases.reachableFrom(tag as ReleaseTag).map((release) => release.tag)
    expect(from(FIRST)).toEqual([FIRST, LAST, 'v2.29.10'])
    expect(from(LAST)).toEqual([LAST, 'v2.29.10'])
    expect(from('v2.30.0')).toEqual(['v2.30.0'])
  })
})

describe('the versions of a release', () => {
  const of = (
    given: Parameters<typeof catalogueWith>[0],
    more: Partial<Parameters<typeof releasesFor>[0]> = {},
  ) => {
    const catalogues = new Map([[FIRST, catalogueWith({ default: '1.33.7', ...given })]])
    return releasesFor({ from: FIRST, catalogues, needs: NEEDS, ...more }).find(FIRST)
  }
  const versions = ['1.32.9', '1.33.7', '1.31.2', '1.32.10', '1.34.1']

  test('are usable newest first, by their numbers, up to its own minor and from its minimum on', () => {
    const whole = of({ versions, minimum: '1.32.0' })
    expect(whole?.usable).toEqual(['1.33.7', '1.32.10', '1.32.9'])
    expect([...(whole?.usableOf ?? [])]).toEqual([
      [33, ['1.33.7']],
      [32, ['1.32.10', '1.32.9']],
    ])
    expect(whole?.lowestLive).toBe('1.32')
  })

  test('include the minimum itself, and where none is said all', () => {
    expect(of({ versions, minimum: '1.32.9' })?.usable).toEqual(['1.33.7', '1.32.10', '1.32.9'])
    const whole = of({ versions })
    expect(whole?.usable).toEqual(['1.33.7', '1.32.10', '1.32.9', '1.31.2'])
    expect(whole?.lowestLive).toBe('1.31')
  })

  test('are those that each architecture has, and nothing where it has none of one', () => {
    const only = (arm64: readonly string[], architectures: readonly Architecture[]) => {
      const { kubernetes, ...rest } = catalogueWith({ versions, default: '1.33.7' })
      const offered = { ...rest, kubernetes: { ...kubernetes, versions: { amd64: versions, arm64 } } }
      const needs = { architectures }
      return releasesFor({ from: FIRST, catalogues: new Map([[FIRST, offered]]), needs }).find(FIRST)?.usable
    }
    expect(only(['1.32.9', '1.33.7'], ['amd64', 'arm64'])).toEqual(['1.33.7', '1.32.9'])
    expect(only([], ['arm64', 'amd64'])).toEqual([])
    expect(only([], ['s390x'])).toEqual([])
  })

  test('are none where what it lacks concerns every one, and else those that lack nothing', () => {
    expect(of({ versions, faults: [{}] })?.usable).toEqual([])
    expect(of({ versions, faults: [{ kubernetes: ['1.32.10', '1.33.7'] }] })?.usable).toEqual([
      '1.32.9',
      '1.31.2',
    ])
  })

  test('end at the last minor that one wants', () => {
    expect(of({ versions }, { kubernetesMax: '1.32' })?.usable).toEqual(['1.32.10', '1.32.9', '1.31.2'])
  })
})
