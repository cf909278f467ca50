import { describe, expect, test } from 'vitest'
import type { ChangedLine } from '../../../../src/core/series/account/changed-runs.ts'
import { Reworded } from '../../../../src/core/series/account/reworded.ts'
import { accountOf, named, placed } from '../../../support/account.ts'

function line(text: string, removed: readonly ChangedLine[] = []): ChangedLine {
  return { ...{ file: 'f', line: 1, text, form: '', above: '', below: '' }, run: { added: [], removed } }
}

interface Row {
  /** What the fork has, in the place of what. */
  readonly own: string
  readonly was?: readonly string[]
  /** What upstream put in; `undefined`: whatever. */
  readonly theirs?: string
  readonly candidates: readonly string[]
}

function found({ own, was = [], theirs, candidates }: Row): string | undefined {
  const words = theirs === undefined ? undefined : new Set(theirs.split(' '))
  const reworded = new Reworded(
    candidates.map((text) => line(text)),
    words,
  )
  return reworded.find(
    line(
      own,
      was.map((text) => line(text)),
    ),
  )?.text
}

const words = (count: number): string => Array.from({ length: count }, (_, at) => `n${at}`).join(' ')

describe('a line with the fork’s and upstream’s words', () => {
  const put = { own: 'args_of: aa bb mine more', was: ['args_of: aa bb'], theirs: 'new args' }
  const out = { own: 'args_of: aa', was: ['args_of: aa bb'], theirs: 'new' }
  const other = { own: 'args_of: aa bb', was: ['args_of: bb'] }
  const free = { own: 'aa bb mine', was: ['aa bb'] }
  test.each<[string, Row, string | undefined]>([
    [
      'has all that the fork put in',
      { ...put, candidates: ['args_of: aa bb new mine more'] },
      'args_of: aa bb new mine more',
    ],
    [
      'is none without it',
      { ...put, candidates: ['args_of: aa bb new', 'args_of: aa bb new mine'] },
      undefined,
    ],
    [
      'is none with a word of nobody’s',
      { ...put, candidates: ['args_of: aa bb new mine more odd'] },
      undefined,
    ],
    [
      'may have such a one where all is explained',
      { own: put.own, was: put.was, candidates: ['args_of: aa mine more odd'] },
      'args_of: aa mine more odd',
    ],
    [
      'has none that the fork took out',
      { ...out, candidates: ['args_of: aa bb new', 'args_of: aa new'] },
      'args_of: aa new',
    ],
    ['is none with one of them', { ...out, candidates: ['args_of: aa bb new'] }, undefined],
    [
      'may have the sign that it took out',
      { ...out, was: ['args_of: "aa bb"'], candidates: ['args_of: "aa new"'] },
      'args_of: "aa new"',
    ],
    [
      'is none where the fork did neither',
      { ...out, was: ['args_of: aa'], candidates: ['args_of: aa new'] },
      undefined,
    ],
    [
      'nor where what it took out is of another setting',
      { ...out, was: ['other_of: aa bb args_of'], candidates: ['args_of: aa new'] },
      undefined,
    ],
    [
      'nor where it may be of either',
      { ...out, was: ['args_of: aa bb', 'args_of: aa cc'], candidates: ['args_of: aa new'] },
      undefined,
    ],
    ['nor of none', { ...out, own: 'aa', was: ['aa bb'], candidates: ['aa new'] }, undefined],
    ['is mostly the fork’s', { ...other, candidates: ['else_of: aa bb n1'] }, 'else_of: aa bb n1'],
    ['and none by half', { ...other, candidates: ['else_of: aa bb n1 n2'] }, undefined],
    [
      'may be less of one setting',
      { own: 'args_of: aa mine', candidates: [`args_of: aa mine ${words(11)}`] },
      `args_of: aa mine ${words(11)}`,
    ],
    [
      'down to a quarter',
      { own: 'args_of: aa mine', candidates: [`args_of: aa mine ${words(12)}`] },
      undefined,
    ],
    [
      'may be less without a setting',
      { ...free, candidates: [`aa bb mine ${words(8)}`] },
      `aa bb mine ${words(8)}`,
    ],
    [
      'is the likeliest',
      { ...free, candidates: ['aa bb mine n1', 'aa bb mine', 'aa bb mine n2'] },
      'aa bb mine',
    ],
    [
      'is the first of two that are alike',
      { ...free, candidates: ['aa bb mine n1', 'aa bb mine n2'] },
      'aa bb mine n1',
    ],
    [
      'is likelier of the same setting',
      { own: 'args_of: aa mine', was: ['args_of: aa'], candidates: ['else_of: aa mine', 'args_of: n1 mine'] },
      'args_of: n1 mine',
    ],
  ])('%s', (_what, row, expected) => {
    expect(found(row)).toBe(expected)
  })

  test.each([
    [39_999, true],
    [40_000, false],
  ])('is looked for in the first 40,000 (%d before it)', (before, isFound) => {
    const candidates = [...Array.from({ length: before }, () => 'aa'), 'aa bb mine']
    expect(found({ ...free, candidates }) !== undefined).toBe(isFound)
  })
})

describe('of a word that the fork took out of a line to which upstream added one', () => {
  const [base, release] = ['tool_args: aa bb dd\n', 'tool_args: aa bb dd cc\n']
  const account = (result: string) =>
    accountOf({
      base: { f: base },
      head: { f: 'tool_args: aa dd\n' },
      release: { f: release },
      result: { f: result },
    })

  test('the line without it is the fork’s', () => {
    const found = account('tool_args: aa dd cc\n')
    expect(placed(found)).toContain('+tool_args: aa dd result f 1 tool_args: aa dd cc')
    expect(named(found)).toEqual([])
  })

  test('the line with it is not', () => {
    expect(named(account(release))).toEqual(['lost f: tool_args: aa dd'])
  })
})
