import { describe, expect, test } from 'vitest'
import {
  isDistinct,
  openGroup,
  placeTold,
  type GroupState,
} from '../../../../src/core/series/account/group-state.ts'
import { ToldLines } from '../../../../src/core/series/account/told-lines.ts'
import { oid } from '../../../support/commits.ts'

/** Words that are lines: those of some letters tell themselves from others, `}` does not. */
function opened(base: string, head: string, release: string, result = release): GroupState {
  const read = (words: string) => [{ path: 'f', lines: words.split(' ') }]
  const group = { base: read(base), head: read(head), release: read(release), result: read(result) }
  return openGroup({ paths: new Set(['f']), ...group }, new ToldLines([]))
}

describe('what fork and upstream removed both', () => {
  test.each<[string, string, string, string, number]>([
    ['is the same line', 'aaaaaa } bbbbbb }', 'aaaaaa bbbbbb }', 'aaaaaa bbbbbb }', 1],
    [
      'may be one three lines below',
      'aaaaaa } bbbbbb cccccc } dddddd',
      'aaaaaa bbbbbb cccccc } dddddd',
      'aaaaaa } bbbbbb cccccc dddddd',
      1,
    ],
    [
      'or above',
      'aaaaaa } bbbbbb cccccc } dddddd',
      'aaaaaa } bbbbbb cccccc dddddd',
      'aaaaaa bbbbbb cccccc } dddddd',
      1,
    ],
    [
      'and none four lines below',
      'aaaaaa } bbbbbb cccccc dddddd } eeeeee',
      'aaaaaa bbbbbb cccccc dddddd } eeeeee',
      'aaaaaa } bbbbbb cccccc dddddd eeeeee',
      0,
    ],
    [
      'nor above',
      'aaaaaa } bbbbbb cccccc dddddd } eeeeee',
      'aaaaaa } bbbbbb cccccc dddddd eeeeee',
      'aaaaaa bbbbbb cccccc dddddd } eeeeee',
      0,
    ],
    ['nor another line', 'aaaaaa } ) bbbbbb', 'aaaaaa ) bbbbbb', 'aaaaaa } bbbbbb', 0],
  ])('%s', (_what, ...[base, head, release, count]) => {
    const { removedByBoth } = opened(base, head, release).tallies
    expect([...removedByBoth.values()].reduce((sum, each) => sum + each, 0)).toBe(count)
  })
})

test('a line is told from others where it says something, and stands once in each of base, head and release', () => {
  const state = opened(
    'aaaaaa bbbbbb } dddddd',
    'aaaaaa bbbbbb bbbbbb cccccc',
    'aaaaaa dddddd dddddd cccccc',
    'aaaaaa aaaaaa',
  )
  const distinct = ['aaaaaa', 'bbbbbb', 'cccccc', 'dddddd', '}'].filter((text) => isDistinct(state, { text }))
  expect(distinct).toEqual(['aaaaaa', 'cccccc'])
})

test('what the fork moved went and came, as often as both', () => {
  const { moves } = opened('} aaaaaa } bbbbbb cccccc', 'aaaaaa bbbbbb } } } dddddd', 'aaaaaa')
  expect([...moves]).toEqual([['}', 2]])
})

test('a line is placed where the report names it', () => {
  const state = opened('aaaaaa', 'aaaaaa bbbbbb cccccc', 'aaaaaa')
  const [first, second] = state.fork.flatMap(({ added }) => added)
  if (!first || !second) throw new Error('two lines')
  const told = { side: 'added' as const, text: 'x', files: ['f'], patch: 'Mine' }
  expect(placeTold(state, first, undefined)).toBe(false)
  expect(placeTold(state, first, { ...told, why: 'reviewed', upstream: oid('took') })).toBe(true)
  expect(placeTold(state, second, { ...told, why: 'open' })).toBe(true)
  expect([...state.places.values()]).toEqual([
    { at: 'left-out', why: 'reviewed', patch: 'Mine', upstream: oid('took') },
    { at: 'open', patch: 'Mine' },
  ])
})
