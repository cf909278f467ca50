import { describe, expect, test } from 'vitest'
import { sayReason } from '../../../../src/core/explain/say-reason.ts'
import { carryStory } from '../../../support/carry.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** A map of so many settings, each line of it as long as its head. */
function block(name: string, size: number, { changed = {}, reworded = 0 }: Written = {}): string {
  const rows = Array.from({ length: size }, (_, at) => {
    const letter = LETTERS[at] as string
    const value = at >= size - reworded ? 'rrrr' : (changed[letter] ?? 'vvvv')
    return `  set_${letter}: ${value}\n`
  })
  return `${name}:\n${rows.join('')}`
}

interface Written {
  /** Values by the letter of their setting. */
  readonly changed?: Readonly<Record<string, string>>
  /** So many settings at the end have other values. */
  readonly reworded?: number
}

const REST = Array.from({ length: 12 }, (_, at) => `rest_${LETTERS[at]}: 1\n`).join('')
/** As long as one of its settings without the indentation. */
const NAME = 'the_block_x'

/** With a setting of one's own at its beginning. */
function withOwn(text: string): string {
  return text.replace('\n', '\n  own_x: mine\n')
}

/** A commit of upstream's takes the block to another file; the patch has put a setting of its own into it, which makes it the block that is looked for. */
function moved(size: number, there: string, others: Readonly<Record<string, string>> = {}) {
  const before = { 'here.yml': REST + block(NAME, size), 'there.yml': REST }
  return carryStory({
    isClone: true,
    base: before,
    patch: { 'here.yml': REST + withOwn(block(NAME, size)) },
    upstream: {
      move: { 'here.yml': REST, 'there.yml': REST + there, ...others },
      'go on': { 'README.md': 'Later.\n' },
    },
  })
}

describe('a block that a commit moved to another file', () => {
  // Of 25 lines, its name among them, so many are others where it stands now.
  test.each([
    { reworded: 12, isFollowed: true },
    { reworded: 13, isFollowed: false },
  ])('is followed where half of it is the same ($reworded of 25 lines are not)', async (given) => {
    const carried = await moved(24, block(NAME, 24, given))
    expect(carried.text('there.yml')?.includes('own_x: mine')).toBe(given.isFollowed)
    expect(carried.text('here.yml')).toBe(REST)
    if (given.isFollowed) expect(carried.files.map(sayReason).join(' ')).toContain('moved it to `there.yml`')
    else expect(carried.file('here.yml').verdict).toBe('obsolete')
  })

  // Of 25 settings, its name apart.
  test.each([
    { reworded: 5, isFollowed: true },
    { reworded: 6, isFollowed: false },
  ])(
    'is followed under another name where 0.8 of what it holds is the same ($reworded of 25 are not)',
    async (given) => {
      const carried = await moved(25, block('another_name', 25, given))
      expect(carried.text('there.yml')?.includes('own_x: mine')).toBe(given.isFollowed)
    },
  )

  test('is not looked for under another name where it holds one setting only', async () => {
    const carried = await moved(1, block('another_name', 1))
    expect(carried.text('there.yml')).not.toContain('mine')
  })

  test('goes where most of it went, where two files have it now', async () => {
    const carried = await moved(24, block(NAME, 24, { reworded: 8 }), {
      'third.yml': REST + block(NAME, 24, { reworded: 2 }),
    })
    expect(carried.text('third.yml')).toContain('own_x: mine')
    expect(carried.text('there.yml')).not.toContain('mine')
  })

  test('was not moved where the other file had it before', async () => {
    const has = REST + block(NAME, 24)
    const carried = await carryStory({
      isClone: true,
      base: { 'here.yml': has, 'there.yml': has },
      patch: { 'here.yml': REST + withOwn(block(NAME, 24)) },
      upstream: { drop: { 'here.yml': REST, 'there.yml': `${has}more: 1\n` } },
    })
    expect(carried.text('there.yml')).not.toContain('mine')
  })

  // The commit touches so many files before the one that has it now.
  test.each([
    { before: 79, isFollowed: true },
    { before: 80, isFollowed: false },
  ])('is looked for in eighty files of a commit ($before come first)', async ({ before, isFollowed }) => {
    const others = Object.fromEntries(
      Array.from({ length: before }, (_, at) => [`a/${String(at).padStart(3, '0')}.yml`, `new_${at}: 1\n`]),
    )
    const carried = await moved(24, block(NAME, 24), others)
    expect(carried.text('there.yml')?.includes('own_x: mine')).toBe(isFollowed)
  })

  test('takes its change along, and what stays behind keeps the others', async () => {
    const carried = await carryStory({
      isClone: true,
      base: { 'here.yml': REST + block(NAME, 6), 'there.yml': REST },
      patch: {
        'here.yml': REST.replace('rest_c: 1', 'rest_c: 9') + block(NAME, 6, { changed: { a: 'mine' } }),
      },
      upstream: { move: { 'here.yml': REST, 'there.yml': REST + block(NAME, 6) } },
    })
    expect(carried.text('here.yml')).toBe(REST.replace('rest_c: 1', 'rest_c: 9'))
    expect(carried.text('there.yml')).toBe(REST + block(NAME, 6, { changed: { a: 'mine' } }))
  })
})

test('a block that is moved twice is followed, and each file is named to which it went', async () => {
  const text = block(NAME, 24)
  const carried = await carryStory({
    isClone: true,
    base: { 'here.yml': REST + text, 'there.yml': REST, 'third.yml': REST },
    patch: { 'here.yml': REST + withOwn(text) },
    upstream: {
      move: { 'here.yml': REST, 'there.yml': REST + text },
      'move it on': { 'there.yml': REST, 'third.yml': REST + text },
    },
  })
  expect(carried.text('third.yml')).toBe(REST + withOwn(text))
  const places = carried
    .file('here.yml')
    .reasons.flatMap((each) => (each.code === 'block-moved' ? each.to : []))
  expect(places).toEqual(['there.yml', 'third.yml'])
})
