import { expect, test } from 'vitest'
import { carryStory, longText } from '../../support/carry.ts'
import { rows } from '../../support/rows.ts'

const OLD = longText('alpha')
const MINE = longText('alpha', { 2: 'a line of mine' })
const THEIRS = longText('alpha', { 10: 'a line of theirs' })
const BOTH = longText('alpha', { 2: 'a line of mine', 10: 'a line of theirs' })
const BASE = { 'roles/a/main.yml': OLD, 'roles/a/other.yml': longText('other') }

test('a file that upstream moved as it was is followed by its content', async () => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'roles/a/main.yml': MINE },
    upstream: { move: { 'roles/a/main.yml': undefined, 'docs/b.yml': OLD } },
  })
  expect(carried.verdict).toBe('moved')
  expect(carried.file('roles/a/main.yml')).toMatchObject({ to: 'docs/b.yml', verdict: 'moved' })
  expect(carried.text('docs/b.yml')).toBe(MINE)
  expect(carried.text('roles/a/main.yml')).toBeUndefined()
})

test('of several copies of the content the nearest path is it', async () => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'roles/a/main.yml': MINE },
    upstream: {
      copies: { 'roles/a/main.yml': undefined, 'docs/z.yml': OLD, 'roles/b/main.yml': OLD, 'x.yml': OLD },
    },
  })
  expect(carried.file('roles/a/main.yml').to).toBe('roles/b/main.yml')
  expect(carried.text('docs/z.yml')).toBe(OLD)
})

test('a file that upstream moved and changed is followed by its likeness', async () => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'roles/a/main.yml': MINE },
    upstream: { move: { 'roles/a/main.yml': undefined, 'roles/b/main.yml': THEIRS } },
  })
  expect(carried.file('roles/a/main.yml')).toMatchObject({ to: 'roles/b/main.yml', verdict: 'moved' })
  expect(carried.text('roles/b/main.yml')).toBe(BOTH)
  expect(carried.text('roles/a/main.yml')).toBeUndefined()
})

test('a file that has no more in common with any than its kind is gone, and the patch with it', async () => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'roles/a/main.yml': MINE },
    upstream: { drop: { 'roles/a/main.yml': undefined, 'roles/b/main.yml': longText('something else') } },
  })
  expect(carried.verdict).toBe('obsolete')
  expect(carried.nothingLeft).toBe(true)
  expect(carried.upstream).toEqual([carried.commits.get('drop')])
})

test('a new file of the patch goes where upstream moved the whole folder, with its own folders', async () => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'roles/a/tasks/new.yml': 'new: file\n' },
    upstream: {
      move: {
        'roles/a/main.yml': undefined,
        'roles/a/other.yml': undefined,
        'roles/b/main.yml': OLD,
        'roles/b/other.yml': longText('other'),
      },
    },
  })
  expect(carried.verdict).toBe('moved')
  expect(carried.file('roles/a/tasks/new.yml').to).toBe('roles/b/tasks/new.yml')
  expect(carried.text('roles/b/tasks/new.yml')).toBe('new: file\n')
  expect(carried.text('roles/a/tasks/new.yml')).toBeUndefined()
})

test('a folder of which upstream left a file in place has not moved', async () => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'roles/a/new.yml': 'new: file\n' },
    upstream: { move: { 'roles/a/main.yml': undefined, 'roles/b/main.yml': OLD } },
  })
  expect(carried.file('roles/a/new.yml')).toMatchObject({ to: 'roles/a/new.yml', verdict: 'clean' })
})

test('a file in a folder that moved as a whole is found there, though little of it is left', async () => {
  const rewritten = longText('rewritten', { 1: 'alpha says line 1', 2: 'alpha says line 2' })
  const carried = await carryStory({
    base: { ...BASE, 'roles/a/defaults.yml': longText('defaults') },
    patch: { 'roles/a/defaults.yml': longText('defaults', { 2: 'a line of mine' }) },
    upstream: {
      move: {
        'roles/a/main.yml': undefined,
        'roles/a/other.yml': undefined,
        'roles/a/defaults.yml': undefined,
        'roles/b/main.yml': OLD,
        'roles/b/other.yml': longText('other'),
        'roles/b/defaults.yml': longText('defaults', { 12: 'a line of theirs', 11: 'another' }),
        'docs/defaults.yml': rewritten,
      },
    },
  })
  expect(carried.file('roles/a/defaults.yml')).toMatchObject({ to: 'roles/b/defaults.yml', verdict: 'moved' })
  expect(carried.text('roles/b/defaults.yml')).toContain('a line of mine\n')
})

test('the patch’s own rename counts where upstream left the file in place', async () => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'roles/a/main.yml': undefined, 'roles/a/renamed.yml': MINE },
    upstream: { edit: { 'roles/a/main.yml': THEIRS } },
  })
  expect(carried.verdict).toBe('clean')
  expect(carried.text('roles/a/renamed.yml')).toBe(BOTH)
  expect(carried.text('roles/a/main.yml')).toBeUndefined()
})

test('a rename that both made is one', async () => {
  const carried = await carryStory({
    base: BASE,
    patch: { 'roles/a/main.yml': undefined, 'roles/a/renamed.yml': MINE },
    upstream: { move: { 'roles/a/main.yml': undefined, 'roles/a/renamed.yml': THEIRS } },
  })
  expect(carried.text('roles/a/renamed.yml')).toBe(BOTH)
  expect(carried.tree.size).toBe(carried.onto.size)
})

// Of 25 lines of one length so many are the release's as well.
test.each([
  { kept: 13, isFollowed: true },
  { kept: 12, isFollowed: false },
])('a file of which half stands under another name is followed there ($kept of 25 lines)', async (given) => {
  const { kept, isFollowed } = given
  const carried = await carryStory({
    base: { 'roles/a/one.txt': rows('alpha', 25) },
    patch: { 'roles/a/one.txt': rows('alpha', 25).replace('alpha says 00', 'words of mine') },
    upstream: {
      move: { 'roles/a/one.txt': undefined, 'docs/two.txt': rows('alpha', kept) + rows('other', 25 - kept) },
    },
  })
  expect(carried.text('docs/two.txt')?.includes('words of mine')).toBe(isFollowed)
})

// So many files of its kind came in before the one that has its lines.
test.each([
  { before: 399, isFollowed: true },
  { before: 400, isFollowed: false },
])('four hundred files are compared, and no more ($before come first)', async ({ before, isFollowed }) => {
  const others = Object.fromEntries(
    Array.from({ length: before }, (_, at) => [`docs/a${String(at).padStart(3, '0')}.txt`, `other ${at}\n`]),
  )
  const carried = await carryStory({
    base: { 'roles/a/one.txt': rows('alpha', 25) },
    patch: { 'roles/a/one.txt': rows('alpha', 25).replace('alpha says 00', 'words of mine') },
    upstream: {
      move: { 'roles/a/one.txt': undefined, ...others, 'docs/z.txt': rows('alpha', 24) + 'more of it\n' },
    },
  })
  expect(carried.text('docs/z.txt')?.includes('words of mine')).toBe(isFollowed)
})
