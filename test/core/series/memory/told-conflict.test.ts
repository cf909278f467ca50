import { describe, expect, test } from 'vitest'
import { blobOid } from '../../../../src/core/model/oid.ts'
import type { Entry } from '../../../../src/core/model/tree.ts'
import { readReleaseTag, type ReleaseTag } from '../../../../src/core/model/release-tag.ts'
import {
  forgottenIn,
  forgottenTrailer,
  givenIn,
  givenTrailer,
  valid,
  type Answer,
} from '../../../../src/core/series/memory/answer.ts'
import { conflictTrailer, toldConflictsIn } from '../../../../src/core/series/memory/told-conflict.ts'
import { settledTrailer, settlementsIn } from '../../../../src/core/series/settlement.ts'

const NAME = '0123456789abcdef'
const PATCH = 'f'.repeat(40)
const RELEASE = readReleaseTag('v2.29.0') as ReleaseTag
const SIDES = {
  base: file('base'),
  upstream: { ...file('theirs'), mode: '100755' as const },
  patch: file('mine'),
}

function file(content: string): Entry {
  return { mode: '100644', oid: blobOid(Buffer.from(content)) }
}

function written(...trailers: readonly (readonly [string, string])[]): string {
  return `A title\n\n${trailers.map(([key, value]) => `${key}: ${value}`).join('\n')}\n`
}

/** What git allows in a path is all but NUL. */
const PATHS = [
  'roles/thing/tasks/main.yml',
  'notes of mine.md',
  ' leading and trailing ',
  '100%.md',
  '100%20.md',
  'tab\tand\nline\rend',
  'no\u00a0break.md',
  'line\u2028and\u2029paragraph',
  'next\u0085line',
  'wide\u3000blank\ufeff',
  'übermäßig/日本.yml',
]

describe('a trailer says what it was given, whatever the path', () => {
  test.each(PATHS)('%j', (path) => {
    const conflict = { name: NAME, patch: PATCH, sides: SIDES, path }
    const given = { release: RELEASE, time: 1_700_000_000, ways: 2, path }
    const message = written(conflictTrailer(conflict), givenTrailer(NAME, given))
    expect(toldConflictsIn(message)).toEqual([conflict])
    expect([...givenIn(message)]).toEqual([[NAME, given]])
  })

  test.each(PATHS)('and what was settled is known: %j', (path) => {
    const settled = { patch: PATCH, side: 'mine', conflict: NAME, path } as const
    // The path is for whoever reads it; the ends of a line are nobody's.
    expect(settlementsIn(written(settledTrailer(settled)))).toEqual([{ ...settled, path: path.trimEnd() }])
  })
})

test('a side that has no such file is told as none', () => {
  const conflict = {
    name: NAME,
    patch: PATCH,
    path: 'a',
    sides: { ...SIDES, base: undefined, patch: undefined },
  }
  expect(toldConflictsIn(written(conflictTrailer(conflict)))).toEqual([conflict])
})

test('trailers are found wherever a squash put them, indented or with Windows’ ends', () => {
  const [key, value] = conflictTrailer({ name: NAME, patch: PATCH, sides: SIDES, path: 'a' })
  const found = toldConflictsIn(
    `Squash\n\n* one\n\n    ${key}: ${value}  \n\n* two\r\n${key}: ${value}\r\n\nmore`,
  )
  expect(found.map(({ path }) => path)).toEqual(['a', 'a'])
})

const ENTRY = `100644:${'a'.repeat(40)}`

test.each([
  ['a name that is none', `0123 ${PATCH} ${ENTRY} ${ENTRY} ${ENTRY} a`],
  ['two sides', `${NAME} ${PATCH} ${ENTRY} ${ENTRY} a`],
  ['an id that is none', `${NAME} ${PATCH} ${ENTRY} 100644:abc ${ENTRY} a`],
  ['no path', `${NAME} ${PATCH} ${ENTRY} ${ENTRY} ${ENTRY}`],
  ['two paths', `${NAME} ${PATCH} ${ENTRY} ${ENTRY} ${ENTRY} a b`],
])('what somebody wrote otherwise tells nothing: %s', (_what, value) => {
  expect(toldConflictsIn(`A\n\nMultiarch-Conflict: ${value}\n`)).toEqual([])
})

test.each([`${NAME} v2.29.0 now 1 a`, `${NAME} later 1 1 a`, `${NAME} v2.29.0 1 1`, `xyz v2.29.0 1 1 a`])(
  'nor is an earlier answer read from %j',
  (value) => {
    expect([...givenIn(`A\n\nMultiarch-Remembers: ${value}\n`)]).toEqual([])
  },
)

test('a path with a lone percent sign, as somebody else may have written it, is that path', () => {
  const message = `A\n\nMultiarch-Remembers: ${NAME} v2.29.0 1 1 50%-off\n`
  expect(givenIn(message).get(NAME)?.path).toBe('50%-off')
})

test('until when answers are forgotten is read as it was written, and nothing else is', () => {
  const forgotten = { patch: PATCH, time: 17 }
  const message = written(forgottenTrailer(forgotten), ['Multiarch-Forgotten', `soon ${PATCH}`])
  expect(forgottenIn(message)).toEqual([forgotten])
})

describe('an answer counts unless one of its patches was forgotten since', () => {
  const answer = (time: number, ...patches: readonly string[]): Answer => ({
    ...{ release: RELEASE, time, ways: 1, path: 'a', left: undefined, made: undefined },
    conflicts: patches.map((patch) => ({ name: NAME, patch, sides: SIDES, path: 'a' })),
  })
  const [old, young, both] = [answer(1, 'one'), answer(3, 'one'), answer(2, 'two', 'one')]

  test.each([
    ['nothing', [], [young, both, old]],
    ['another patch', [{ patch: 'three', time: 9 }], [young, both, old]],
    ['the patch, before all of it', [{ patch: 'one', time: 0 }], [young, both, old]],
    ['the patch, at that very moment', [{ patch: 'one', time: 1 }], [young, both]],
    ['the patch, before the youngest', [{ patch: 'one', time: 2 }], [young]],
    ['one of two patches', [{ patch: 'two', time: 5 }], [young, old]],
    ['all for good', [{ patch: 'one', time: Infinity }], []],
  ])('forgotten: %s', (_what, forgotten, left) => {
    expect(valid({ answers: [old, young, both], forgotten })).toEqual(left)
  })
})
