import { expect, test } from 'vitest'
import { sayReason } from '../../../../src/core/explain/say-reason.ts'
import { carryStory } from '../../../support/carry.ts'
import { rows } from '../../../support/rows.ts'

const REST = rows('alpha', 12)
const TITLE = 'Carry the checksums of every architecture'
const NEXT = '\n'

/** A patch with these paragraphs, and upstream's commit of the same title with those. */
function reviewed(mine: readonly string[], theirs: readonly string[], { isBare = false } = {}) {
  return carryStory({
    base: { 'a.sh': REST },
    patch: { 'a.sh': [REST, ...mine].join(NEXT) },
    upstream: { [isBare ? 'Something' : TITLE]: { 'a.sh': [REST, ...theirs].join(NEXT) } },
    ...(isBare ? { author: undefined } : { title: TITLE }),
  })
}

test.each([
  { has: 98, isWhole: true },
  { has: 97, isWhole: false },
])('with 98 of 100 lines upstream has the patch as it is ($has)', async ({ has, isWhole }) => {
  const carried = await reviewed([rows('mine', 100)], [rows('mine', has)])
  expect(carried.verdict).toBe('upstreamed')
  expect(carried.files.map(sayReason).join(' ').includes('in another form')).toBe(!isWhole)
})

test.each([
  { has: 92, isAsked: false },
  { has: 88, isAsked: true },
])('with nine tenths of the lines nobody has to look ($has of 100)', async ({ has, isAsked }) => {
  const carried = await reviewed([rows('mine', 100)], [rows('mine', has)])
  expect(carried.verdict).toBe('upstreamed')
  expect(carried.look !== undefined).toBe(isAsked)
})

test.each([
  { own: 33, isWhole: true },
  { own: 34, isWhole: false },
])('a third of the patch that the reviewed form has no line of is carried ($own of 100)', async (given) => {
  const { own, isWhole } = given
  const carried = await reviewed([rows('mine', 100 - own), rows('more', own)], [rows('mine', 100 - own)])
  expect(carried.text('a.sh')?.includes('more says 00')).toBe(!isWhole)
})

test.each([
  { own: 49, isWhole: true },
  { own: 50, isWhole: false },
])('of a bare tree it is the half ($own of 100)', async ({ own, isWhole }) => {
  const carried = await reviewed([rows('mine', 100 - own), rows('more', own)], [rows('mine', 100 - own)], {
    isBare: true,
  })
  expect(carried.text('a.sh')?.includes('more says 00')).toBe(!isWhole)
})

/** Lines that bring names which nobody had. */
const naming = (count: number) =>
  Array.from({ length: count }, (_, at) => `own_new_name_${'abcdef'[at]}: 1\n`).join('')

test.each([
  { has: 15, isWhole: true },
  { has: 14, isWhole: false },
])(
  'a new name is carried unless upstream has three quarters of the patch ($has of 20 lines)',
  async (given) => {
    const { has, isWhole } = given
    const carried = await reviewed([rows('mine', has), naming(20 - has)], [rows('mine', has)])
    expect(carried.text('a.sh')?.includes('own_new_name_a')).toBe(!isWhole)
  },
)

test.each([
  { all: 8, isWhole: true },
  { all: 7, isWhole: false },
])('of a bare tree only with eight lines ($all)', async ({ all, isWhole }) => {
  const carried = await reviewed([rows('mine', all - 1), naming(1)], [rows('mine', all - 1)], {
    isBare: true,
  })
  expect(carried.text('a.sh')?.includes('own_new_name_a')).toBe(!isWhole)
})

test.each([
  { has: 13, isThere: true },
  { has: 12, isThere: false },
])('a piece of which a reviewed form has half is there in that form ($has of 25 lines)', async (given) => {
  const { has, isThere } = given
  const carried = await reviewed(
    [rows('mine', 25), rows('more', 40), rows('kept', 20)],
    [rows('mine', has), rows('kept', 20)],
  )
  // What is not there in that form collides with it, as both put it in at one place.
  expect(carried.verdict).toBe(isThere ? 'adapted' : 'conflict')
  if (!isThere) return
  expect(carried.text('a.sh')).toContain('more says 39')
  expect(carried.text('a.sh')).not.toContain('mine says 24')
})
