import { expect, test } from 'vitest'
import { takenBackBy, withoutPaths } from '../../../src/core/series/taken-back-by.ts'
import { firstCause } from '../../../src/core/series/first-cause.ts'
import { proposeBranches, type BranchFacts } from '../../../src/core/series/propose-branches.ts'
import {
  isInverse,
  isSameChange,
  isSamePatch,
  patchIdentity,
} from '../../../src/core/series/is-same-patch.ts'
import type { Patch } from '../../../src/core/series/series.ts'
import {
  isBotCommit,
  patchRecordedIn,
  stepRecordedIn,
  withoutOurTrailers,
  withTrailers,
} from '../../../src/core/series/trailer.ts'
import { looksLikeUpstream } from '../../../src/core/series/looks-like-upstream.ts'
import { trailersOf } from '../../../src/core/model/commit.ts'
import type { FileOutcome } from '../../../src/core/model/verdict.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { commit, oid, type Spec } from '../../support/commits.ts'

const ARM: Spec = { title: 'arm', by: 'ada', time: 7, changes: { 'a.yml': ['a', 'b'] } }

test.each([
  ['the same moment, title and person, on another parent', { ...ARM, parents: [oid('x')] }, true],
  ['carried by us under another title', { title: 'x', body: `Multiarch-Patch: ${commit(ARM).oid}` }, true],
  ['amended later with the same change', { ...ARM, time: 9 }, true],
  ['another change at another time', { ...ARM, time: 9, changes: { 'a.yml': ['a', 'c'] as const } }, false],
  ['another person', { ...ARM, by: 'bob' }, false],
] as [string, Spec, boolean][])('one patch? %s', (_, other, same) => {
  expect(isSamePatch(commit(ARM), commit(other))).toBe(same)
})

test('identity is what our trailer says, else the commit itself', () => {
  expect(patchIdentity(commit(ARM))).toBe(commit(ARM).oid)
  expect(patchIdentity(commit({ ...ARM, body: 'Multiarch-Patch: 123' }))).toBe('123')
})

test('changes compare by ids, in any order', () => {
  const a = commit({ title: '', changes: { x: ['1', '2'], y: [undefined, '3'] } }).changes
  const back = commit({ title: '', changes: { y: ['3', undefined], x: ['2', '1'] } }).changes
  expect(isSameChange(a, a.toReversed())).toBe(true)
  expect(isInverse(a, back)).toBe(true)
  expect(isInverse(a, a)).toBe(false)
  expect(isInverse([], [])).toBe(false)
})

test('our trailers join the last paragraph if it holds trailers, and replace those of the last carry', () => {
  const written = 'Fix\n\nWhy.\n\nSigned-off-by: Ada\nMultiarch-Patch: old\n'
  expect(withTrailers(written, [['Multiarch-Patch', 'new']])).toBe(
    'Fix\n\nWhy.\n\nSigned-off-by: Ada\nMultiarch-Patch: new\n',
  )
  expect(withTrailers('Fix\n', [['Multiarch-Patch', 'new']])).toBe('Fix\n\nMultiarch-Patch: new\n')
  expect(withTrailers('Fix: it\n', [['Multiarch-Patch', 'new']])).toBe('Fix: it\n\nMultiarch-Patch: new\n')
  expect(withoutOurTrailers(withTrailers('Fix\n\nWhy.', [['Multiarch-Base', 'v2.9.0']]))).toBe('Fix\n\nWhy.')
})

test('a path that would end its line, or the paragraph, is spelt out: the other trailers stay readable', () => {
  const message = withTrailers('Fix\n', [
    ['Multiarch-Patch', 'id'],
    ['Multiarch-Open', 'a\n\nMultiarch-Patch: another'],
  ])
  expect(patchRecordedIn(message)).toBe('id')
  expect(trailersOf(message)).toHaveLength(2)
})

test('a step is recognised by its trailers, also inside a squash', () => {
  const step = 'Move\n\nMultiarch-Step: kubespray v2.9.0 v2.10.4\nMultiarch-Base: v2.10.4\n'
  expect(stepRecordedIn(step)).toBe('v2.10.4')
  expect(isBotCommit(step)).toBe(true)
  const squash = `Upgrade (#3)\n\n* ${step.replaceAll('\n', '\n  ')}\n\n* arm\n\nMultiarch-Patch: 1\nMultiarch-Base: v2.10.4\n`
  expect(stepRecordedIn(squash)).toBe('v2.10.4')
  expect(stepRecordedIn('arm\n\nMultiarch-Patch: 1\nMultiarch-Base: v2.10.4\n')).toBeUndefined()
  expect(stepRecordedIn('Move\n\nMultiarch-Step: kubespray\nMultiarch-Base: main\n')).toBeUndefined()
})

test('what a series takes back itself is found per file', () => {
  const patches = [
    patchOf({ title: 'check', changes: { 'c.yml': ['0', '1'], 'a.yml': ['x', 'y'] } }),
    patchOf({ title: 'half', changes: { 'c.yml': ['1', '2'] } }),
    patchOf({ title: 'undo', changes: { 'c.yml': ['2', '0'] } }),
  ]
  expect(takenBackBy('c.yml', patches)?.title).toBe('undo')
  for (const path of ['a.yml', 'nowhere.yml']) expect(takenBackBy(path, patches)).toBeUndefined()
  expect(withoutPaths(patches[0]!, new Set(['c.yml'])).changes.map(({ path }) => path)).toEqual(['a.yml'])
})

test('two changes are enough for that, and an addition is taken back by a deletion', () => {
  const added = patchOf({ title: 'add', changes: { 'n.yml': [undefined, '1'], 'c.yml': ['0', '1'] } })
  const deleted = patchOf({ title: 'delete', changes: { 'n.yml': ['1', undefined], 'c.yml': ['1', '2'] } })
  expect(takenBackBy('n.yml', [added, deleted])).toBe(deleted)
  expect(takenBackBy('c.yml', [added, deleted])).toBeUndefined()
})

test('a conflict is reported under the first of its chain', () => {
  const [one, two] = [patchOf({ title: 'one' }), patchOf({ title: 'two' })]
  const first = { patch: one, files: [open('a.yml'), open('b.yml')] }
  const second = { patch: two, files: [open('b.yml'), open('c.yml')], cause: one }
  expect(firstCause([open('b.yml')], [first, second])).toBe(one)
  expect(firstCause([open('c.yml')], [first, second])).toBe(one)
  expect(firstCause([open('d.yml')], [first, second])).toBeUndefined()
})

test('branches of upstream that came with the fork are not proposed', () => {
  const found = proposeBranches([
    branch('old-topic', [{ title: 't', by: 'maintainer', time: 100 }]),
    branch('arm', [
      { title: 'b', by: 'owner', time: 300 },
      { title: 'a', by: 'owner', time: 200 },
    ]),
    branch('arm-versions', [{ title: 'c', by: 'owner', time: 400 }]),
    branch('colleague', [{ title: 'd', by: 'friend', time: 250 }]),
    branch('mirror', []),
  ])
  expect(found.map(({ name }) => name)).toEqual(['arm', 'arm-versions', 'colleague'])
})

test('of branches named for their release the newest release comes first', () => {
  const found = proposeBranches([
    branch('multi-arch-v2.9.0', [{ title: 'a', time: 1 }], 'v2.9.0'),
    branch('multi-arch-v2.24.0', [{ title: 'a', time: 2 }], 'v2.24.0'),
    branch(
      'fix',
      [
        { title: 'a', time: 3 },
        { title: 'b', time: 3 },
      ],
      'v2.25.0',
    ),
    branch(
      '1.27',
      [
        { title: 'a', time: 3 },
        { title: 'b', time: 3 },
        { title: 'c', time: 3 },
      ],
      'v2.25.0',
    ),
  ])
  expect(found.map(({ name }) => name)).toEqual(['multi-arch-v2.24.0', 'multi-arch-v2.9.0', '1.27', 'fix'])
})

test.each([
  { title: 'many people, numbered titles: upstream’s', people: 12, suffix: ' (#4572)', found: true },
  { title: 'one person', people: 1, suffix: ' (#4572)', found: false },
  { title: 'a large team without numbers', people: 12, suffix: '', found: false },
])('$title → $found', ({ people, suffix, found }) => {
  const commits = Array.from({ length: 60 }, (_, n) =>
    commit({ title: `c${n}${suffix}`, by: `p${n % people}`, time: n }),
  )
  expect(looksLikeUpstream(commits)).toBe(found)
  expect(looksLikeUpstream(commits.slice(0, 20))).toBe(false)
})

function branch(name: string, specs: readonly Spec[], release?: string): BranchFacts {
  return { name, own: specs.map((spec) => commit(spec)), ...(release && { release: release as ReleaseTag }) }
}

function patchOf(spec: Spec): Patch {
  const { oid: id, author, message, changes } = commit(spec)
  return { id, kind: 'commit', title: spec.title, message, author, commits: [id], changes, pickedFrom: [] }
}

function open(to: string): FileOutcome {
  return { path: to, to, verdict: 'conflict', reasons: [], upstream: [] }
}
