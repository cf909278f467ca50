import { describe, expect, test } from 'vitest'
import { rows } from '../../../support/rows.ts'
import { taken, type TakenRow } from '../../../support/taken.ts'

const TAKE = 'Take the whole feature'
const REST = rows('alpha', 12)
const END = rows('omega', 12)
const [MINE, MORE] = [rows('mine', 20), rows('more', 20)]
const [ENDS, ENDS_BY_AUTHOR] = [
  ['upstreamed', 'title', TAKE],
  ['upstreamed', 'author', TAKE],
]
const byAuthor = { isTheirs: true, title: 'Another title of it' } as const

/** The whole that a patch ends with, whose form upstream's first commit is. */
async function wholeOf({ title = TAKE, ...row }: TakenRow) {
  return (await taken({ ...row, title }))?.whole
}

describe('what a patch takes away and its reviewed form does not', () => {
  const old = (count: number): string => rows('old', count)
  const row = (count: number): TakenRow => ({
    base: { a: REST + old(count) + END },
    patch: { a: REST + END + MINE },
    upstream: { [TAKE]: { a: REST + old(count) + END + MINE } },
  })

  test.each([
    ['is left out where it is less than a third', 9, ENDS],
    ['is carried where it is a third', 10, undefined],
  ])('%s', async (_what, count, ends) => {
    expect(await wholeOf(row(count))).toEqual(ends)
  })

  test('is carried, where only the author ties the two', async () => {
    expect(await wholeOf({ ...row(1), ...byAuthor })).toBeUndefined()
  })

  test('is gone where the form does take it away', async () => {
    const upstream = { [TAKE]: { a: REST + END + MINE } }
    expect(await wholeOf({ ...row(15), ...byAuthor, upstream })).toEqual(ENDS_BY_AUTHOR)
  })

  test('is gone where the form takes it away, though it stands elsewhere too', async () => {
    const [base, without] = [REST + old(15) + END + old(15), REST + END + old(15) + MINE]
    const row = { base: { a: base }, patch: { a: without }, upstream: { [TAKE]: { a: without } } }
    expect(await wholeOf({ ...row, ...byAuthor })).toEqual(ENDS_BY_AUTHOR)
  })

  test('is gone where another commit takes it away', async () => {
    const upstream = { ...row(15).upstream, Other: { a: REST + END + MINE } }
    expect(await wholeOf({ ...row(15), ...byAuthor, upstream })).toEqual(ENDS_BY_AUTHOR)
  })

  test.each([
    ['stands where another commit gave it another value', 'old_setting: 2', undefined],
    ['is gone where another commit put another setting in its place', 'new_setting: 2', ENDS_BY_AUTHOR],
  ])('%s', async (_what, now, ends) => {
    const text = (setting: string): string => `${REST}${setting}\n${END}`
    const base = { a: text('old_setting: 1') }
    const upstream = { [TAKE]: { a: base.a + MINE }, Other: { a: text(now) + MINE } }
    expect(await wholeOf({ base, patch: { a: REST + END + MINE }, ...byAuthor, upstream })).toEqual(ends)
  })

  test('is nothing where it says nothing', async () => {
    const base = { a: `${REST}--\n${END}` }
    const upstream = { [TAKE]: { a: base.a + MINE } }
    expect(await wholeOf({ base, patch: { a: REST + END + MINE }, ...byAuthor, upstream })).toEqual(
      ENDS_BY_AUTHOR,
    )
  })
})

describe('what a patch puts in and its reviewed form does not', () => {
  const base = { a: REST + END }

  test('is no reason to go on where it says nothing', async () => {
    const row = { base, patch: { a: `--\n${REST}${END}${MINE}` }, upstream: { [TAKE]: { a: base.a + MINE } } }
    expect(await wholeOf({ ...row, ...byAuthor })).toEqual(ENDS_BY_AUTHOR)
  })

  test('is no reason where the form has some of it', async () => {
    const patch = { a: REST + MORE + END + MINE }
    const upstream = { [TAKE]: { a: REST + rows('more', 9) + END + MINE } }
    expect(await wholeOf({ base, patch, upstream })).toEqual(ENDS)
  })

  test.each([
    ['is carried where one of it brings a name', 'own_new_name: 1\n', undefined],
    ['ends with it where none does', 'nothing that is new\n', ENDS],
  ])('%s', async (_what, line, ends) => {
    const patch = { a: rows('more', 4) + REST + line + END + rows('mine', 11) }
    const upstream = { [TAKE]: { a: REST + END + rows('mine', 11) } }
    expect(await wholeOf({ base, patch, upstream })).toEqual(ends)
  })

  test('is left out of a short patch too where the title ties the two', async () => {
    const patch = { a: `${REST}own_new_name: 1\n${END}${rows('mine', 6)}` }
    expect(await wholeOf({ base, patch, upstream: { [TAKE]: { a: base.a + rows('mine', 6) } } })).toEqual(
      ENDS,
    )
  })

  test('counts as often as it stands', async () => {
    const text = (version: number): string =>
      `tool_version: ${version}\n${REST}tool_version: ${version}\n${END}`
    const found = await taken({
      ...{
        base,
        title: TAKE,
        patch: { a: text(1) + rows('mine', 2) },
        upstream: { [TAKE]: { a: text(2) + rows('mine', 2) } },
      },
    })
    expect(found).toMatchObject({ whole: ENDS, share: 1 })
  })
})

describe('a patch that takes away what an earlier one brought', () => {
  const OLD = 'an_older_line of it\n'

  test('goes on, whatever else its files have', async () => {
    const base = { a: `${REST}${OLD}${END}`, b: REST }
    const patch = { a: REST + END + MINE, b: REST + MORE }
    const upstream = { [TAKE]: { a: base.a + MINE, b: patch.b } }
    expect(await wholeOf({ base, patch, upstream, brought: OLD })).toBeUndefined()
  })

  test('goes on where that is a part of what one hunk takes away', async () => {
    const base = { a: `${REST}${OLD}another line of it\n${END}` }
    const upstream = { [TAKE]: { a: base.a + MINE } }
    expect(await wholeOf({ base, patch: { a: REST + END + MINE }, upstream, brought: OLD })).toBeUndefined()
  })

  test('is carried with what another commit has of a small file', async () => {
    const base = { a: `${REST}${OLD}${END}`, b: REST }
    const patch = { a: REST + END + MINE, b: `${REST}beside it all\n` }
    const upstream = { [TAKE]: { a: base.a + MINE }, Other: { b: patch.b } }
    const found = await taken({ base, patch, upstream, title: TAKE, brought: OLD })
    expect(found?.pieces).toEqual([`a: mine says 00: same: ${TAKE}`, 'b: beside it all: same: Other'])
  })
})
