import { describe, expect, test } from 'vitest'
import { sayReason } from '../../../src/core/explain/say-reason.ts'
import { boundOf } from '../../../src/core/merge/bound-of.ts'
import { diffLines } from '../../../src/core/text/diff-lines.ts'
import { carryStory, type Carried } from '../../support/carry.ts'

const NUMBERS = Array.from({ length: 60_000 }, (_, at) => `setting_${at}: ${at}\n`)
const LONG = `data: ${'ab12 '.repeat(5_000)}\n`

function carried(path: string, base: readonly string[]): Promise<Carried> {
  const edited = (at: number, line: string): string => base.with(at, line).join('')
  return carryStory({
    base: { [path]: base.join('') },
    patch: { [path]: edited(base.length - 1, 'own: 1\n') },
    upstream: { 'go on': { [path]: edited(1, 'theirs: 1\n') } },
  })
}

describe.each(['a.yml', 'a.json', 'a.sh'])('%s is merged by its lines alone, and that is told', (path) => {
  test.each([
    ['large-text', 1_000_000, NUMBERS],
    ['long-line', 20_000, [LONG, 'a: 1\n', 'b: 2\n', 'c: 3\n']],
  ])('%s', async (code, most, base) => {
    const one = await carried(path, base)
    expect(one.verdict).toBe('adapted')
    expect(one.file(path).bound).toEqual({ code, most })
    expect(one.text(path)).toBe(
      base
        .with(1, 'theirs: 1\n')
        .with(base.length - 1, 'own: 1\n')
        .join(''),
    )
  })

  test('what is no larger than people write is not', async () => {
    expect((await carried(path, NUMBERS.slice(0, 300))).file(path).bound).toBeUndefined()
  })
})

test('lines that both changed are open in a large text too, with the reason', async () => {
  const one = await carryStory({
    base: { 'a.yml': NUMBERS.join('') },
    patch: { 'a.yml': NUMBERS.with(7, 'setting_7: mine\n').join('') },
    upstream: { 'go on': { 'a.yml': NUMBERS.with(7, 'setting_7: theirs\n').join('') } },
  })
  expect(one.verdict).toBe('conflict')
  expect(one.file('a.yml').bound?.code).toBe('large-text')
})

test('the sentence names the bound', () => {
  const file = {
    path: 'a.yml',
    reasons: [{ code: 'by-lines' }],
    bound: { code: 'long-line', most: 20_000 },
  } as const
  expect(sayReason(file)).toBe(
    'Merged line by line. It has a line of more than 20,000 characters, so I merged it by its lines alone and did not look at its settings and words: please look at the result.',
  )
  expect(sayReason({ path: 'a.yml', reasons: [{ code: 'by-lines' }] })).toBe('Merged line by line.')
})

/** In the square of their length this would take an hour: nothing is measured, the test ends or it does not. */
test('two orders of the same many lines are one change, and the diff ends', () => {
  const shuffled = NUMBERS.map((_, at) => NUMBERS[(at * 7_919) % NUMBERS.length] as string)
  const hunks = diffLines(NUMBERS, shuffled)
  const back = [...NUMBERS]
  for (const { from, to, start, end } of [...hunks].reverse())
    back.splice(from, to - from, ...shuffled.slice(start, end))
  expect(back.join('')).toBe(shuffled.join(''))
})

/** A text of so many characters, in lines of a thousand. */
function characters(count: number): readonly string[] {
  const whole = Array.from({ length: Math.floor(count / 1000) }, () => `${'x'.repeat(999)}\n`)
  return [...whole, 'x'.repeat(count % 1000)]
}

test.each([
  [characters(1_000_000), undefined],
  [characters(1_000_001), { code: 'large-text', most: 1_000_000 }],
  [['x'.repeat(20_000)], undefined],
  [['x'.repeat(20_001)], { code: 'long-line', most: 20_000 }],
])('what is looked into ends at a million characters, and at twenty thousand in a line', (lines, bound) => {
  for (const side of ['base', 'upstream', 'patch'])
    expect(boundOf({ base: ['a'], upstream: ['a'], patch: ['a'], [side]: lines })).toEqual(bound)
})
