import { describe, expect, test } from 'vitest'
import type { SeriesAccount } from '../../../../src/core/series/account/account.ts'
import type { UnplacedLine } from '../../../../src/core/series/account/place.ts'
import { withoutSettled } from '../../../../src/core/series/account/without-settled.ts'

const FILE = 'roles/thing/tasks/main.yml'
const SUMS = { lines: 9, carried: 5, upstream: 1, leftOut: 1, open: 1, unaccounted: 1, inAnotherForm: 0 }

function left(kind: UnplacedLine['kind'], there: readonly string[] | undefined): SeriesAccount {
  const unplaced = [{ kind, file: FILE, line: 3, text: 'setting: mine' }]
  return withoutSettled({ sums: SUMS, unplaced, remarks: [] }, (path) =>
    path === FILE ? there : ['setting: mine'],
  )
}

/** How often the line stands in the file as a person's commits leave it, and whether that settles what was wrong with it. */
const LAW: Readonly<Record<UnplacedLine['kind'], readonly [none: boolean, once: boolean, twice: boolean]>> = {
  lost: [false, true, true],
  edited: [false, true, true],
  back: [true, false, false],
  stray: [true, false, false],
  twice: [true, true, false],
  moved: [true, true, true],
}

describe.each(Object.entries(LAW))('a line that is %s', (kind, [none, once, twice]) => {
  test.each([
    ['nowhere', none, []],
    ['there once', once, ['a', 'setting: mine']],
    ['there twice', twice, ['setting: mine', 'a', 'setting: mine']],
    ['nowhere with its file', none, undefined],
    ['there with another value alone', none, ['setting: mine too', '  setting: mine']],
  ])('is settled where it stands %s: %s', (_where, expected, there) => {
    const account = left(kind as UnplacedLine['kind'], there)
    expect(account.unplaced).toHaveLength(expected ? 0 : 1)
    expect(account.sums).toEqual({ ...SUMS, unaccounted: expected ? 0 : 1 })
  })
})
