import { expect, test } from 'vitest'
import { newestContained } from '../../../../src/app/repository/upstream/newest-contained.ts'
import type { Oid } from '../../../../src/core/model/oid.ts'
import type { ReleaseTag } from '../../../../src/core/model/release-tag.ts'
import { historyIn } from '../../../support/history.ts'
import { memoryObjectStore } from '../../../support/memory/memory-object-store.ts'

/**
 * v1.0.0 and v1.1.0 are on the main branch, and so is what came after. The branch of v1.1 starts one commit below v1.1.0; that of v1.0 at
 * v1.0.0, and v1.0.1 is one commit above, beside what the main branch went on with.
 */
async function upstream() {
  const store = memoryObjectStore()
  const { commit } = historyIn(store)
  const next = (title: string, ...parents: readonly Oid[]): Promise<Oid> =>
    commit(title, { [`${title}.yml`]: title }, { parents })
  const first = await next('v1.0.0')
  const fix = await next('v1.0.1', first)
  const main = await next('main', first)
  const below = await next('below v1.1.0', main)
  const second = await next('v1.1.0', below)
  const after = await next('after v1.1.0', second)
  const branch = await next('branch of v1.1', below)
  const patch = await next('v1.1.1', branch)
  const end = await next('after v1.1.1', patch)
  const releases = new Map(
    Object.entries({ 'v1.0.0': first, 'v1.0.1': fix, 'v1.1.0': second, 'v1.1.1': patch }),
  ) as unknown as ReadonlyMap<ReleaseTag, Oid>
  return { store, releases, commits: { first, fix, main, below, second, after, branch, patch, end } }
}

test.each([
  ['a release', 'second', 'v1.1.0'],
  ['what came after it', 'after', 'v1.1.0'],
  ['its branch, which lacks nothing of it but the tagged commit', 'branch', 'v1.1.0'],
  ['what is on that branch after a patch release', 'end', 'v1.1.1'],
  ['the commit that both start from, which comes before the release', 'below', 'v1.0.0'],
  ['what went on beside a patch release, and lacks its fix', 'main', 'v1.0.0'],
] as const)('the newest release in %s', async (_, at, release) => {
  const { store, releases, commits } = await upstream()
  expect(await newestContained(store, commits[at], releases)).toBe(release)
})
