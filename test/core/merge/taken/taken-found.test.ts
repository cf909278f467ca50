import { describe, expect, test } from 'vitest'
import { asConfidence } from '../../../../src/core/merge/taken/taken.ts'
import { defined } from '../../../../src/core/model/defined.ts'
import { rows } from '../../../support/rows.ts'
import { taken, type TakenRow } from '../../../support/taken.ts'

const TAKE = 'Take the whole feature'
const [ONE, TWO] = ['The first half of it', 'The second half of it'] as const
const REST = rows('alpha', 12)
const [MINE, MORE] = [rows('mine', 4), rows('more', 4)]
const LONG = rows('mine', 20)
const whole = { base: { a: REST }, patch: { a: REST + LONG } }

describe('upstream’s reviewed form ends a patch', () => {
  test('with all of it: as it is', async () => {
    const found = await taken({
      ...whole,
      title: 'Bring the whole feature',
      upstream: { 'Bring the whole feature': whole.patch },
    })
    expect(found).toMatchObject({
      isReviewed: true,
      share: 1,
      whole: ['upstreamed', 'title', 'Bring the whole feature'],
    })
    expect(found?.reason).toMatchObject({ code: 'taken-as', commits: [{ title: 'Bring the whole feature' }] })
  })

  test.each([
    ['Bring the whole feature', 'Bring the whole feature', 'title'],
    ['Bring the whole feature (#7)', 'Squashed (#7)', 'number'],
    ['Bring the whole feature', 'Something', 'author'],
  ])('with most of %j in %j', async (title, theirs, tie) => {
    const isTheirs = tie === 'author' || undefined
    const row = { ...whole, title, ...defined({ isTheirs }) }
    const found = await taken({ ...row, upstream: { [theirs]: { a: REST + rows('mine', 18) } } })
    expect(found?.whole).toEqual(['upstreamed', tie, theirs])
    expect(found?.reason).toMatchObject({
      code: 'taken-in-form',
      commit: { title: theirs },
      byTitle: tie === 'title',
      share: 0.9,
    })
  })

  test('that was taken back: it is obsolete, and both are named', async () => {
    const upstream = { [TAKE]: whole.patch, Back: whole.base }
    const found = await taken({ ...whole, title: TAKE, upstream })
    expect(found?.whole).toEqual(['obsolete', 'title', TAKE, 'Back'])
    expect(found?.reason).toMatchObject({
      code: 'taken-back',
      commit: { title: TAKE },
      by: { title: 'Back' },
    })
    expect(found?.pieces).toEqual([`a: mine says 00: same: ${TAKE}: Back`])
  })

  test('and not where it is another patch’s: what the base had all along nobody brought', async () => {
    const found = await taken({
      base: { a: REST + LONG },
      patch: { a: LONG + REST + LONG },
      title: TAKE,
      upstream: { [TAKE]: { a: `${REST}${LONG}zz\n` } },
    })
    expect(found?.whole).toBeUndefined()
  })

  test('with a file that it does without', async () => {
    const row = { base: { a: REST, b: REST }, patch: { a: REST + LONG, b: `${REST}beside it all\n` } }
    const found = await taken({ ...row, title: TAKE, upstream: { [TAKE]: { a: REST + rows('mine', 16) } } })
    expect(found?.whole).toEqual(['upstreamed', 'title', TAKE, 'without b'])
  })
})

describe('a part of a patch', () => {
  const two = { base: { a: REST, b: REST }, patch: { a: REST + MINE, b: REST + MORE } }

  test('is taken where the other file is a change of its own', async () => {
    const found = await taken({ ...two, title: TAKE, upstream: { [TAKE]: { a: two.patch.a } } })
    expect(found).toEqual({
      ...{ isReviewed: true, share: 1, whole: undefined, reason: undefined },
      pieces: [`a: mine says 00: same: ${TAKE}`, 'b: more says 00'],
    })
  })

  test('which has it from somebody else: it is carried with that file', async () => {
    const upstream = { [TAKE]: { a: two.patch.a }, Other: { b: `${REST}zz\n${MORE}` } }
    const found = await taken({ ...two, title: TAKE, upstream })
    expect(found?.pieces).toEqual([`a: mine says 00: same: ${TAKE}`, 'b: more says 00'])
  })

  test('is taken in another form by so much of it', async () => {
    const base = { a: REST, b: REST }
    const patch = { a: REST + rows('mine', 10), b: REST + rows('more', 10) }
    const found = await taken({
      base,
      patch,
      title: TAKE,
      upstream: { [TAKE]: { a: REST + rows('mine', 8) } },
    })
    expect(found).toMatchObject({ isReviewed: true, share: 0.8 })
    expect(found?.pieces).toEqual([`a: mine says 00: reviewed: ${TAKE}`, 'b: more says 00'])
  })

  test('is taken line by line where no commit is its form', async () => {
    const found = await taken({ ...two, upstream: { Something: { a: two.patch.a } } })
    expect(found).toMatchObject({ isReviewed: false, share: 1 })
    expect(found?.pieces).toEqual(['a: mine says 00: same: Something', 'b: more says 00'])
  })

  test('is none where upstream has nothing of it, or did nothing', async () => {
    expect(await taken({ ...two, upstream: { Something: { a: `${REST}other\n` } } })).toBeUndefined()
    expect(await taken({ ...two, upstream: {} })).toBeUndefined()
  })
})

describe('a patch that is many commits in sum', () => {
  const row: TakenRow = {
    base: { a: REST, b: REST },
    patch: { a: REST + rows('mine', 10), b: REST + rows('more', 10) },
    parts: {
      [ONE]: { a: REST + rows('mine', 10), x: rows('beside', 40) },
      [TWO]: { b: REST + rows('more', 10) },
    },
    upstream: { [ONE]: { a: REST + rows('mine', 8) } },
  }

  test('is taken by the reviewed form of each', async () => {
    const found = await taken(row)
    expect(found).toMatchObject({ isReviewed: false, whole: undefined, share: 0.8 })
    expect(found?.pieces).toEqual([`a: mine says 00: reviewed: ${ONE}`, 'b: more says 00'])
  })

  test('of which upstream has two', async () => {
    const upstream = { [ONE]: { a: REST + rows('mine', 10) }, [TWO]: { b: REST + rows('more', 10) } }
    expect((await taken({ ...row, upstream }))?.pieces).toEqual([
      `a: mine says 00: same: ${ONE}`,
      `b: more says 00: same: ${TWO}`,
    ])
  })

  test('in as much as each form has of it', async () => {
    const upstream = { [ONE]: { a: REST + rows('mine', 8) }, [TWO]: { b: REST + rows('more', 6) } }
    const found = await taken({ ...row, upstream })
    expect(found).toMatchObject({ isReviewed: false, share: 0.7 })
    expect(found?.pieces).toEqual([`a: mine says 00: reviewed: ${ONE}`, `b: more says 00: reviewed: ${TWO}`])
  })

  test('and no form ends the whole of it', async () => {
    const found = await taken({ ...row, title: ONE, upstream: { [ONE]: row.patch } })
    expect(found?.whole).toBeUndefined()
    expect(found?.pieces.every((piece) => piece.endsWith(`same: ${ONE}`))).toBe(true)
  })
})

describe('what an earlier patch of the series brought', () => {
  const OLD = 'an_older_line of it\n'
  const row = { base: { a: `${REST}${OLD}${REST}` }, patch: { a: `${REST}${REST}${LONG}` }, title: TAKE }
  const upstream = { [TAKE]: { a: `${REST}${OLD}${REST}${rows('mine', 20)}` } }

  test.each([
    ['no upstream can have taken away: the patch does not end', { brought: OLD }, undefined],
    ['is nothing that it takes away: it ends', { brought: 'else\n' }, ['upstreamed', 'title', TAKE]],
  ])('%s', async (_what, more, expected) => {
    expect((await taken({ ...row, upstream, ...more }))?.whole).toEqual(expected)
  })

  test('and that says nothing is no reason', async () => {
    const base = { a: `${REST}--\n${REST}` }
    const found = await taken({ ...row, base, upstream, brought: '--\n' })
    expect(found?.whole).toEqual(['upstreamed', 'title', TAKE])
  })

  test('and in whose place it puts another is still to go', async () => {
    const base = { a: `${REST}old_setting: 1\n` }
    const patch = { a: `${REST}old_setting: 2\n${LONG}` }
    const found = await taken({
      base,
      patch,
      title: TAKE,
      upstream: { [TAKE]: patch },
      brought: 'old_setting: 1\n',
    })
    expect(found?.whole).toBeUndefined()
  })
})

test.each([
  [1, 1],
  [0.98, 1],
  [0.97, 0.97],
])('a share of %d is a confidence of %d', (share, confidence) => {
  expect(asConfidence(share)).toBe(confidence)
})
