import { expect, test } from 'vitest'
import { Refusal } from '../../../src/core/model/problem.ts'
import { carryStory, longText, type Carried } from '../../support/carry.ts'

const OLD = longText('alpha')
const MINE = longText('alpha', { 2: 'wholly mine now' })
const THEIRS = longText('alpha', { 2: 'entirely other words here' })
const OTHER = longText('other')
const BASE = { 'a.txt': OLD, 'b.txt': OTHER }

function named(carried: Carried): string[] {
  const subjects = new Map([...carried.commits].map(([subject, oid]) => [oid, subject]))
  return carried.upstream.map((oid) => subjects.get(oid) ?? oid)
}

test('an open file stays as the release has it; what settled is carried all the same', async () => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'a.txt': MINE, 'b.txt': longText('other', { 3: 'mine, too' }), 'new.txt': 'new\n' },
    upstream: { collides: { 'a.txt': THEIRS }, apart: { 'b.txt': longText('other', { 10: 'theirs' }) } },
  })
  expect(carried.verdict).toBe('conflict')
  expect(carried.files.map(({ path, verdict }) => [path, verdict])).toEqual([
    ['a.txt', 'conflict'],
    ['b.txt', 'clean'],
    ['new.txt', 'clean'],
  ])
  expect(carried.text('a.txt')).toBe(THEIRS)
  expect(carried.text('b.txt')).toBe(longText('other', { 3: 'mine, too', 10: 'theirs' }))
  expect(carried.text('new.txt')).toBe('new\n')
})

test('an open file has its three sides, cut to what matters, and the commit that collides', async () => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'a.txt': MINE },
    upstream: {
      before: { 'a.txt': longText('alpha', { 10: 'ten' }) },
      collides: { 'a.txt': longText('alpha', { 2: 'entirely other words here', 10: 'ten' }) },
      after: { 'a.txt': longText('alpha', { 2: 'entirely other words here', 10: 'ten', 12: 'twelve' }) },
    },
  })
  expect(carried.file('a.txt').regions).toMatchObject([
    {
      line: 2,
      sides: {
        base: 'alpha says line 2\n',
        upstream: 'entirely other words here\n',
        patch: 'wholly mine now\n',
      },
    },
  ])
  expect(named(carried)).toEqual(['collides'])
})

test('every open file names its own commit', async () => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'a.txt': MINE, 'b.txt': longText('other', { 2: 'wholly mine now' }) },
    upstream: {
      one: { 'a.txt': THEIRS },
      two: { 'b.txt': longText('other', { 2: 'entirely other words here' }) },
    },
  })
  expect(carried.file('a.txt').upstream).toEqual([carried.commits.get('one')])
  expect(carried.file('b.txt').upstream).toEqual([carried.commits.get('two')])
})

test('a file that the patch changes and the release deleted is told of, with the commit that removed it', async () => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'a.txt': MINE },
    upstream: { more: { 'b.txt': 'more\n' }, removes: { 'a.txt': undefined } },
  })
  expect(carried.verdict).toBe('obsolete')
  expect(named(carried)).toEqual(['removes'])
})

test('a part that is gone makes the rest a patch to look at', async () => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'a.txt': MINE, 'b.txt': longText('other', { 3: 'mine, too' }) },
    upstream: { removes: { 'a.txt': undefined } },
  })
  expect(carried.verdict).toBe('adapted')
  expect(carried.file('a.txt').verdict).toBe('obsolete')
  expect(carried.text('b.txt')).toContain('mine, too\n')
})

test.each([
  ['of the base', OLD],
  ['of the patch', MINE],
  ['of the release', longText('alpha', { 10: 'ten' })],
])('contents %s that a partial clone lacks are asked for in one sentence', async (_title, text) => {
  const carrying = carryStory({
    base: BASE,
    patch: { 'a.txt': MINE },
    upstream: { more: { 'a.txt': longText('alpha', { 10: 'ten' }) } },
    missing: [text],
  })
  await expect(carrying).rejects.toThrow(Refusal)
  await expect(carrying).rejects.toMatchObject({ problems: [{ code: 'missing-object' }] })
})

test.each([
  ['of a file the patch does not touch', OTHER],
  ['of a state that nothing depends on', longText('alpha', { 10: 'between' })],
])('contents %s are not needed', async (_title, text) => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'a.txt': MINE },
    upstream: {
      between: { 'a.txt': longText('alpha', { 10: 'between' }) },
      more: { 'a.txt': longText('alpha', { 10: 'ten' }) },
    },
    missing: [text],
  })
  expect(carried.verdict).toBe('clean')
})
