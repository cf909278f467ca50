import { describe, expect, test } from 'vitest'
import { findBase } from '../../../src/app/repository/find-base.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { historyIn, type Files } from '../../support/history.ts'
import { memoryObjectStore } from '../../support/memory/memory-object-store.ts'

const file = (n: number): string => `roles/${n}.yml`
/** Thirty files, so that a few of them are few. */
const FIRST = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [file(n), `${n}\n`]))

/** Upstream: v1.0.0, v1.1.0 and v1.2.0 on one line, twelve commits between two, each with a file of its own; v1.1.1 beside it. */
async function upstream() {
  const store = memoryObjectStore()
  const { commit } = historyIn(store)
  const releases = new Map<ReleaseTag, Oid>()
  const line: Oid[] = []
  let head = await commit('v1.0.0', FIRST, { ref: 'refs/tags/v1.0.0' })
  releases.set('v1.0.0' as ReleaseTag, head)
  for (const [minor, tag] of ['v1.1.0', 'v1.2.0'].entries()) {
    for (let n = 0; n < 12; n++) {
      const at = minor * 12 + n
      head = await commit(`change ${at}`, { [file(at)]: `${at} again\n` }, { parents: [head] })
      line.push(head)
    }
    releases.set(tag as ReleaseTag, head)
  }
  const first = releases.get('v1.1.0' as ReleaseTag) as Oid
  const patched = await commit('patch release', { [file(29)]: 'patched\n' }, { parents: [first] })
  releases.set('v1.1.1' as ReleaseTag, patched)
  const tail = await commit('after it', { [file(28)]: 'patched, too\n' }, { parents: [patched] })
  const later = await commit('after the newest', { [file(27)]: 'later\n' }, { parents: [head] })
  const sorted = new Map([...releases].sort(([a], [b]) => (a < b ? -1 : 1)))
  return { store, line, releases: sorted, tips: [...sorted.values(), tail, later], tail, later, commit }
}

/** What a copy of the files of this commit stands on, with what its owner changed. */
async function baseOfCopy(at: (given: Awaited<ReturnType<typeof upstream>>) => Oid, own: Files = {}) {
  const given = await upstream()
  const from = await given.store.readTree(at(given))
  const files = [...from].map(([path, { oid }]) => [path, oid] as const)
  const blobs = await given.store.readBlobs(files.map(([, oid]) => oid))
  const copied = Object.fromEntries(
    files.map(([path, oid]) => [path, new TextDecoder().decode(blobs.get(oid))]),
  )
  const copy = await given.commit('Import', { ...copied, ...own })
  const base = await findBase(given.store, {
    headTree: await given.store.readTree(copy),
    releases: given.releases,
    upstreamTips: given.tips,
    boundary: [],
    takesBack: false,
  })
  return { ...base, named: nameOf(base.commit, given) }
}

function nameOf(commit: Oid, { line, releases, tail, later }: Awaited<ReturnType<typeof upstream>>): string {
  const tag = [...releases].find(([, oid]) => oid === commit)?.[0]
  if (tag) return tag
  if (commit === tail) return 'tail'
  return commit === later ? 'later' : `change ${line.indexOf(commit)}`
}

const own = { [file(25)]: 'mine\n', [file(26)]: 'mine\n', 'inventory/mine/hosts.ini': 'node1\n' }

describe('a copy without common history stands on the commit that it was copied from', () => {
  test.each<[string, (given: Awaited<ReturnType<typeof upstream>>) => Oid, string, ReleaseTag]>([
    [
      'a release',
      ({ releases }) => releases.get('v1.1.0' as ReleaseTag) as Oid,
      'v1.1.0',
      'v1.1.0' as ReleaseTag,
    ],
    ['shortly after one', ({ line }) => line[14] as Oid, 'change 14', 'v1.1.0' as ReleaseTag],
    ['in the middle', ({ line }) => line[17] as Oid, 'change 17', 'v1.1.0' as ReleaseTag],
    ['shortly before one', ({ line }) => line[21] as Oid, 'change 21', 'v1.1.0' as ReleaseTag],
    ['below the release that is closest', ({ line }) => line[8] as Oid, 'change 8', 'v1.0.0' as ReleaseTag],
    [
      'a patch release',
      ({ releases }) => releases.get('v1.1.1' as ReleaseTag) as Oid,
      'v1.1.1',
      'v1.1.1' as ReleaseTag,
    ],
    ['the end of a branch of a release', ({ tail }) => tail, 'tail', 'v1.1.1' as ReleaseTag],
    ['after the newest release', ({ later }) => later, 'later', 'v1.2.0' as ReleaseTag],
  ])('%s', async (_, at, named, release) => {
    for (const changed of [{}, own]) {
      const base = await baseOfCopy(at, changed)
      expect(base).toMatchObject({ named, release, found: 'content', exact: named === release })
    }
  })
})

test('files that its owner set back do not move it: they are a patch', async () => {
  const base = await baseOfCopy(({ line }) => line[22] as Oid, { [file(12)]: '12\n' })
  expect(base.named).toBe('change 22')
})

test.each([1, 2, 3])('who took over %i later commits of upstream stands on the release', async (picks) => {
  const picked = Object.fromEntries(
    Array.from({ length: picks }, (_, n) => [file(20 - 2 * n), `${20 - 2 * n} again\n`]),
  )
  const base = await baseOfCopy(({ releases }) => releases.get('v1.1.0' as ReleaseTag) as Oid, picked)
  expect(base).toMatchObject({ named: 'v1.1.0', exact: true })
})

describe('what history says of a step that was taken back is held against the files', () => {
  test.each<[string, Files, boolean, string]>([
    [
      'one file of a patch release is back, and a person says so',
      { [file(29)]: '29\n' },
      true,
      'v1.1.0 by content',
    ],
    ['the same, and nobody says so', { [file(29)]: '29\n' }, false, 'v1.1.1 by ancestry'],
    ['a patch of their own is taken back', {}, true, 'v1.1.1 by ancestry'],
    [
      'a patch of their own is taken back on the way to the next release',
      Object.fromEntries(Array.from({ length: 8 }, (_, n) => [file(12 + n), `${12 + n} again\n`])),
      true,
      'v1.1.1 by ancestry',
    ],
  ])('%s', async (_, files, takesBack, expected) => {
    const given = await upstream()
    const at = given.releases.get('v1.1.1' as ReleaseTag) as Oid
    const head = await given.commit('Revert', { ...files, ...own }, { parents: [at] })
    const { store, releases, tips } = given
    const headTree = await store.readTree(head)
    const base = await findBase(store, { headTree, releases, upstreamTips: tips, boundary: [at], takesBack })
    expect(`${base.release} by ${base.found}`).toBe(expected)
  })
})
