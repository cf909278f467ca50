import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Account } from '../../../../src/core/series/account/account.ts'
import { accountOf } from '../../../support/account.ts'
import { runs } from '../../../support/fast-check.ts'

const FILE = 'f.yml'

/** What fork and upstream did to a block: which value it has in base, head, release and result; 0: it is not there. */
const DEEDS = {
  kept: [1, 1, 1, 1],
  added: [0, 1, 0, 1],
  removed: [1, 0, 1, 0],
  'both add': [0, 1, 1, 1],
  'both remove': [1, 0, 0, 0],
  theirs: [0, 0, 1, 1],
  gone: [1, 1, 0, 0],
  set: [1, 2, 1, 2],
  'both set': [1, 2, 2, 2],
  'they set': [1, 1, 2, 2],
} as const
type Deed = keyof typeof DEEDS

/** Blocks with lines of their own, and most with such as stand in every other. */
const SHAPES = {
  task: (word: string, value: number) => [
    `- name: task ${word}`,
    `  command: run --${word} ${value}`,
    '  when: wanted',
    '  become: true',
  ],
  setting: (word: string, value: number) => [`${word}_key: ${value}`],
  statement: (word: string, value: number) => [`{% if ${word} %}`, `option ${word} ${value}`, '{% endif %}'],
} as const
type Shape = keyof typeof SHAPES

interface Block {
  readonly shape: Shape
  readonly deed: Deed
}

const COMMON = new Set(['  when: wanted', '  become: true', '{% endif %}'])

function linesOf({ shape }: Block, at: number, value: number): readonly string[] {
  return value === 0 ? [] : SHAPES[shape]('abcdefgh'.charAt(at).repeat(6), value)
}

const block = fc.record({
  shape: fc.constantFrom(...(Object.keys(SHAPES) as Shape[])),
  deed: fc.constantFrom(...(Object.keys(DEEDS) as Deed[])),
})
const blocks = fc.array(block, { minLength: 1, maxLength: 6 })
const KEPT = { shape: 'task', deed: 'kept' } as const

function account(all: readonly Block[], planted: ReadonlyMap<number, readonly number[]> = new Map()) {
  const whole = [KEPT, ...all, KEPT]
  const [base, head, release, result] = [0, 1, 2, 3].map((side) => {
    const lines = whole.flatMap((each, at) => {
      const values = (side === 3 && planted.get(at)) || [DEEDS[each.deed][side as 0 | 1 | 2 | 3]]
      return values.flatMap((value) => linesOf(each, at, value))
    })
    return { [FILE]: lines.map((line) => `${line}\n`).join('') }
  })
  if (!base || !head || !release || !result) throw new Error('four texts')
  return accountOf({ base, head, release, result })
}

/** Where the lines of a block of these values should be: those that only one of base and head has. */
function placesOf(each: Block, at: number): readonly string[] {
  const [base, head, release] = DEEDS[each.deed].map((value) => linesOf(each, at, value)) as [
    readonly string[],
    readonly string[],
    readonly string[],
  ]
  const isOwn = (line: string): boolean => !COMMON.has(line)
  return [
    ...base
      .filter((line) => isOwn(line) && !head.includes(line))
      .map((line) => `-${line} ${release.includes(line) ? 'result' : 'release'}`),
    ...head
      .filter((line) => isOwn(line) && !base.includes(line))
      .map((line) => `+${line} ${release.includes(line) ? 'release' : 'result'}`),
  ].sort()
}

/** What is named of lines that a block has for itself: `lost text`. */
function ownNamed(unplaced: Account['unplaced']): readonly string[] {
  return unplaced.filter(({ text }) => !COMMON.has(text)).map(({ kind, text }) => `${kind} ${text}`)
}

test('of what merged as it should nothing is named, and each line has its place', () => {
  let falsely = 0
  fc.assert(
    fc.property(blocks, (all) => {
      const { lines, unplaced } = account(all)
      expect(ownNamed(unplaced)).toEqual([])
      falsely += unplaced.length
      const found = lines.map(({ side, text, place }) => `${side === 'added' ? '+' : '-'}${text} ${place.at}`)
      // A diff may show a block as moved that nobody touched.
      for (const place of all.flatMap((each, at) => placesOf(each, at + 1))) expect(found).toContain(place)
    }),
    runs(200),
  )
  // A line that stands in every block may be taken for one that came back where several blocks went.
  expect(falsely).toBeLessThanOrEqual(2)
})

/** What may go wrong with a block: of which deeds, and with which values it stands there then. */
const FAULTS = {
  'is lost': [['added', 'both add'], []],
  'is back': [['removed', 'both remove'], [1]],
  'is there twice': [
    ['added', 'kept', 'theirs'],
    [1, 1],
  ],
  'has its old value': [['set', 'both set'], [1]],
  'is there with both values': [['set'], [2, 1]],
  'has a value of nobody’s': [['set', 'both set', 'added', 'both add'], [3]],
} as const satisfies Record<string, readonly [readonly Deed[], readonly number[]]>

/** What is to be named of a block that stands there with these values. */
function wrongIn(each: Block, at: number, values: readonly number[]): readonly string[] {
  const lines = (value: number): readonly string[] => linesOf(each, at, value)
  const [base, head, right] = [0, 1, 3].map((side) => lines(DEEDS[each.deed][side as 0 | 1 | 3]))
  const there = values.flatMap(lines)
  const own = new Set([...(right ?? []), ...there].filter((line) => !COMMON.has(line)))
  return [...own].flatMap((line) => {
    const [is, should] = [there.filter((other) => other === line).length, right?.includes(line) ? 1 : 0]
    if (is < should) return [`lost ${line}`]
    if (is === should) return []
    if (base?.includes(line) && !head?.includes(line)) return [`back ${line}`]
    return [should > 0 ? `twice ${line}` : `stray ${line}`]
  })
}

describe('a block of which something is wrong is named, and no other', () => {
  test.each(Object.entries(FAULTS))('%s', (_what, [of, values]) => {
    let planted = 0
    fc.assert(
      fc.property(blocks, (all) => {
        const at = all.findIndex(({ deed }) => (of as readonly Deed[]).includes(deed)) + 1
        const one = all[at - 1]
        if (!one) return
        planted++
        const { unplaced } = account(all, new Map([[at, values]]))
        expect([...ownNamed(unplaced)].sort()).toEqual([...wrongIn(one, at, values)].sort())
      }),
      runs(60),
    )
    expect(planted).toBeGreaterThan(10)
  })
})
