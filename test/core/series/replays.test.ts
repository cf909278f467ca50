import fc from 'fast-check'
import { expect, test } from 'vitest'
import { replays } from '../../../src/core/series/replays.ts'
import type { Spec } from '../../support/commits.ts'
import { line, oid, treeOf } from '../../support/commits.ts'

const START = { a: '1', b: '1' }

test.each([
  ['nothing, and nothing changed', [], START, true],
  ['a change that is there', [{ a: ['1', '2'] }], { a: '2', b: '1' }, true],
  ['a change the end does not have', [{ a: ['1', '2'] }], START, false],
  ['a change made on something else', [{ a: ['0', '2'] }], { a: '2', b: '1' }, false],
  ['an end with more than the commits say', [{ a: ['1', '2'] }], { a: '2', b: '2' }, false],
  ['a file that comes and goes', [{ c: [undefined, '1'] }, { c: ['1', undefined] }], START, true],
] as [string, NonNullable<Spec['changes']>[], Record<string, string>, boolean][])(
  '%s',
  (_, changes, end, expected) => {
    const commits = line(
      oid('start'),
      changes.map((each, index) => ({ title: String(index), changes: each })),
    )
    expect(replays(treeOf(START), commits, treeOf(end))).toBe(expected)
  },
)

test('any line of commits explains its own end, and no other', () => {
  const value = fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined })
  const states = fc.array(fc.record({ a: value, b: value, c: value }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(states, (all) => {
      const commits = line(
        oid('start'),
        all
          .slice(1)
          .map((state, index) => ({ title: String(index), changes: between(all[index] ?? {}, state) })),
      )
      const [first, last] = [filesOf(all[0] ?? {}), filesOf(all.at(-1) ?? {})]
      expect(replays(treeOf(first), commits, treeOf(last))).toBe(true)
      expect(replays(treeOf(first), commits, treeOf({ ...last, other: '1' }))).toBe(false)
    }),
  )
})

type State = Readonly<Record<string, string | undefined>>

function between(before: State, after: State): NonNullable<Spec['changes']> {
  const changed = Object.keys(after).filter((path) => before[path] !== after[path])
  return Object.fromEntries(changed.map((path) => [path, [before[path], after[path]] as const]))
}

function filesOf(state: State): Record<string, string> {
  return Object.fromEntries(
    Object.entries(state).filter((each): each is [string, string] => each[1] !== undefined),
  )
}
