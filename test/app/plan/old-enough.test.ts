import { describe, expect, test, vi } from 'vitest'
import { oldEnough } from '../../../src/app/plan/old-enough.ts'
import type { ReadFork } from '../../../src/app/repository/read-fork.ts'
import { youngRelease } from '../../../src/core/explain/found/young-release.ts'
import type { Commit } from '../../../src/core/model/commit.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import type { ObjectReader } from '../../../src/ports/object-store.ts'
import { demoWorld } from '../../support/demo.ts'
import { multiarch } from '../../support/run-multiarch.ts'
import { commitFile } from '../../support/step.ts'

const NOW = Date.parse('2026-11-28T12:00Z')
const DAY = 24 * 3600_000
const at = (days: number): number => NOW - days * DAY

/** Releases by the age of their commits in days; the fork stands on the first. */
async function ages(
  minimumAge: number,
  committed: Readonly<Record<string, number>>,
  more: { readonly published?: Readonly<Record<string, number>>; readonly target?: string } = {},
) {
  const tags = Object.keys(committed) as ReleaseTag[]
  const releases = new Map(tags.map((tag) => [tag, tag as string as Oid]))
  const fork = { base: { release: tags[0] } }
  const read = { config: { minimumAge }, repository: { releases }, fork } as unknown as ReadFork
  const objects = {
    readCommits: async (oids: readonly Oid[]) =>
      new Map(oids.map((oid) => [oid, { committer: { time: at(committed[oid] ?? 0) / 1000 } } as Commit])),
  } as unknown as ObjectReader
  const asked: string[] = []
  const found = await oldEnough(objects, read, {
    now: NOW,
    target: more.target as ReleaseTag | undefined,
    published: more.published
      ? async (tag) => {
          asked.push(tag)
          const days = more.published?.[tag]
          return days === undefined ? undefined : { publishedAt: at(days) }
        }
      : undefined,
  })
  return {
    offered: [...found.read.repository.releases.keys()].slice(1),
    said: found.young.map((each) => youngRelease(each).message),
    asked,
  }
}

describe('a release is offered once it is old enough', () => {
  test('without a minimum all are, and nobody is asked', async () => {
    const { offered, said, asked } = await ages(0, { 'v2.29.0': 90, 'v2.30.0': 0 }, { published: {} })
    expect([offered, said, asked]).toEqual([['v2.30.0'], [], []])
  })

  test('by the day that upstream published it, whatever its commit says', async () => {
    const published = { 'v2.30.1': 2, 'v2.30.0': 40 }
    const { offered, said } = await ages(7, { 'v2.29.0': 90, 'v2.30.0': 50, 'v2.30.1': 9 }, { published })
    expect(offered).toEqual(['v2.30.0'])
    expect(said).toEqual([
      '`v2.30.1` is 2 days old (published on 2026-11-26), and `minimum-age` in the settings is 7: it is offered from 2026-12-03 on.',
    ])
  })

  test('where nobody tells that, by its commit, and says so', async () => {
    for (const more of [{}, { published: {} }]) {
      const { offered, said } = await ages(7, { 'v2.29.0': 90, 'v2.30.0': 0.5 }, more)
      expect(offered).toEqual([])
      expect(said).toEqual([
        '`v2.30.0` is less than a day old (committed on 2026-11-28), and `minimum-age` in the settings is 7: it is offered from 2026-12-05 on.',
      ])
    }
  })

  test.each([
    [7, true],
    [6.99, false],
    [7.01, true],
  ])('a release that is %s days old with a minimum of seven: %s', async (days, is) => {
    const { offered } = await ages(7, { 'v2.29.0': 90, 'v2.30.0': 10 }, { published: { 'v2.30.0': days } })
    expect(offered.includes('v2.30.0' as ReleaseTag)).toBe(is)
  })

  test('the one that was asked for is taken whatever its age, and what is behind is never asked about', async () => {
    const published = { 'v2.29.0': 1, 'v2.30.0': 1 }
    const { offered, asked } = await ages(7, { 'v2.29.0': 2, 'v2.30.0': 2 }, { published, target: 'v2.30.0' })
    expect([offered, asked]).toEqual([['v2.30.0'], []])
  })

  test('of one whose commit is years old nobody is asked', async () => {
    const { asked } = await ages(7, { 'v2.28.0': 900, 'v2.29.0': 800, 'v2.30.0': 9 }, { published: {} })
    expect(asked).toEqual(['v2.30.0'])
  })
})

test('on a clone: plan and upgrade say what is too young, and `--onto` takes it', async () => {
  const world = await demoWorld()
  commitFile(world, '.github/multiarch.yml', 'minimum-age: 30\n', 'Wait')
  const time = Number(world.git('log', '-1', '--format=%ct', 'v2.9.0').trim()) * 1000
  const clock = vi.spyOn(Date, 'now').mockReturnValue(time + 3 * DAY)
  try {
    const plan = await multiarch('plan', world.path)
    expect(plan.out.replaceAll(/\s+/g, ' ')).toMatch(/v2\.9\.0` is 3 days old \(committed on [\d-]+\)/)
    const json = JSON.parse((await multiarch('plan', world.path, '--json')).out) as {
      young: { release: string }[]
    }
    expect(json.young.map(({ release }) => release)).toContain('v2.9.0')
    const nothing = await multiarch('upgrade', world.path)
    expect([nothing.code, nothing.out.includes('Nothing to do')]).toEqual([0, true])
    expect(nothing.out.replaceAll(/\s+/g, ' ')).toContain('is 3 days old')
    const asked = await multiarch('upgrade', world.path, '--onto', 'v2.9.0', '--dry-run')
    expect(asked.out).toContain('v2.9.0')
    expect(asked.code).not.toBe(2)
  } finally {
    clock.mockRestore()
  }
})
