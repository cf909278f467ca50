import { describe, expect, test } from 'vitest'
import { accountOf, named } from '../../../support/account.ts'

const FILE = 'f.yml'

/** What fork and upstream did to a block: in which of base, head, release and result it stands. */
const DEEDS = {
  kept: [1, 1, 1, 1],
  added: [0, 1, 0, 1],
  removed: [1, 0, 1, 0],
  'both add': [0, 1, 1, 1],
  'both remove': [1, 0, 0, 0],
  theirs: [0, 0, 1, 1],
  gone: [1, 1, 0, 0],
} as const
type Deed = keyof typeof DEEDS
const ALL = Object.keys(DEEDS) as Deed[]

/** A task: two lines of its own, and one that stands in every other. */
function block(at: number): readonly string[] {
  const name = 'abcdef'.charAt(at).repeat(6)
  return [`- name: task ${name}`, `  command: run --${name}`, '  become: true']
}

/** The account of such blocks between two that nobody touches; of the one at `planted` the result has so many. */
function account(deeds: readonly Deed[], planted?: { readonly at: number; readonly times: number }) {
  const whole: readonly Deed[] = ['kept', ...deeds, 'kept']
  const [base, head, release, result] = [0, 1, 2, 3].map((side) => {
    const lines = whole.flatMap((deed, at) => {
      const times = side === 3 && planted?.at === at ? planted.times : DEEDS[deed][side as 0 | 1 | 2 | 3]
      return Array.from({ length: times }, () => block(at)).flat()
    })
    return { [FILE]: lines.map((line) => `${line}\n`).join('') }
  })
  if (!base || !head || !release || !result) throw new Error('four texts')
  return accountOf({ base, head, release, result })
}

const WAYS = ALL.flatMap((a) => ALL.flatMap((b) => ALL.map((c): readonly Deed[] => [a, b, c])))

describe('blocks that end alike, whatever fork and upstream did to each', () => {
  test('of what merged as it should nothing is named, and each line of a block’s own has its place', () => {
    const places: Partial<Record<Deed, string>> = {
      ...{ added: 'result', removed: 'result', 'both add': 'release', 'both remove': 'release' },
    }
    for (const deeds of WAYS) {
      const { lines, unplaced } = account(deeds)
      expect([deeds, unplaced]).toEqual([deeds, []])
      for (const [index, deed] of deeds.entries()) {
        const own = block(index + 1).slice(0, 2)
        const found = lines.filter(({ text }) => own.includes(text)).map(({ place }) => place.at)
        const at = places[deed]
        expect([deeds, deed, found]).toEqual([deeds, deed, at === undefined ? [] : [at, at]])
      }
    }
  })

  test.each<readonly Deed[]>([
    ['added', 'kept', 'both remove', 'theirs'],
    ['added', 'kept', 'theirs', 'both remove'],
    ['removed', 'kept', 'both remove', 'theirs'],
    ['removed', 'kept', 'theirs', 'both remove'],
    ['both remove', 'theirs', 'kept', 'added'],
    ['both remove', 'theirs', 'kept', 'removed'],
    ['theirs', 'both remove', 'kept', 'added'],
    ['theirs', 'both remove', 'kept', 'removed'],
  ])('nor where upstream put a block in the place of one that both took away: %s, %s, %s, %s', (...deeds) => {
    expect(named(account(deeds))).toEqual([])
  })
})

/** A fault, of which blocks it can be, and how many of its last lines are named with the rest at least. */
interface Fault {
  readonly kind: 'lost' | 'back' | 'twice'
  readonly of: readonly Deed[]
  readonly times: number
  readonly named: number
  readonly ambiguous: number
}

describe('a block of which something is wrong is named, and nothing beside it', () => {
  test.each<readonly [string, Fault]>([
    ['lost', { kind: 'lost', of: ['added'], times: 0, named: 107, ambiguous: 23 }],
    ['back', { kind: 'back', of: ['removed'], times: 1, named: 107, ambiguous: 27 }],
    ['put in twice', { kind: 'twice', of: ['added'], times: 2, named: 126, ambiguous: 3 }],
    ['put in beside upstream’s', { kind: 'twice', of: ['both add'], times: 2, named: 35, ambiguous: 45 }],
    ['of upstream’s and there twice', { kind: 'twice', of: ['theirs'], times: 2, named: 118, ambiguous: 19 }],
    ['untouched and there twice', { kind: 'twice', of: ['kept'], times: 2, named: 123, ambiguous: 21 }],
  ])('%s', (_what, { kind, of, times, ...least }) => {
    let [withLast, open] = [0, 0]
    for (const deeds of WAYS) {
      for (const [index, deed] of deeds.entries()) {
        if (!of.includes(deed)) continue
        const found = account(deeds, { at: index + 1, times })
        const [own, last] = [block(index + 1).slice(0, 2), '  become: true']
        const telling = found.unplaced.filter(({ text }) => text !== last)
        expect([deeds, telling.map((each) => `${each.kind} ${each.text}`).sort()]).toEqual([
          deeds,
          own.map((text) => `${kind} ${text}`).sort(),
        ])
        const others = found.unplaced.length - telling.length
        expect(others).toBeLessThanOrEqual(2)
        if (others > 0) withLast++
        else if (found.ambiguous.has(last)) open++
      }
    }
    expect(withLast).toBeGreaterThanOrEqual(least.named)
    expect(open).toBeGreaterThanOrEqual(least.ambiguous)
  })
})
