import { expect, test } from 'vitest'
import { readRefs } from '../github/git.ts'
import { writeRefs } from '../github/write-refs.ts'
import { soak } from '../support/soak.ts'
import { judgeSoak } from '../support/soak-verdict.ts'

/** The short form of `bench/soak.ts`. */
test('what people do among faults: no line is lost, nothing stands twice, and it comes to rest', async () => {
  const soaked = await soak({ seed: 3, events: 20, repositories: 4 })
  try {
    const verdict = judgeSoak(soaked)
    expect(verdict).toMatchObject({ lost: [], doubled: [] })
    expect(soaked.queue.failures).toEqual([])
    expect(soaked.queue.size).toBe(0)
    expect(soaked.world.github.violations).toEqual([])
    expect(verdict.lines).toBeGreaterThan(3)
    expect(soaked.counts['fault met']).toBeGreaterThan(0)

    // A line that somebody throws away is missed.
    for (const { repo, begun } of soaked.places) {
      const heads = [...readRefs(repo.gitDir).keys()].filter((name) => name.startsWith('refs/heads/'))
      writeRefs(repo.gitDir, new Map(heads.map((name) => [name, begun])))
    }
    expect(judgeSoak(soaked).lost).not.toEqual([])
  } finally {
    await soaked.world.github.close()
  }
}, 120_000)
