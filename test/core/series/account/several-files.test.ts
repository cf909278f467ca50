import { describe, expect, test } from 'vitest'
import { text } from '../../../support/account-common.ts'
import { accountOf, named, placed, type Told } from '../../../support/account.ts'

type Words = Readonly<Record<string, string>>
type Versions = Readonly<Record<'base' | 'head' | 'release' | 'result', Words>>

function account({ base, head, release, result }: Versions, told: Told) {
  const [was, own, there, made] = [base, head, release, result].map((files) =>
    Object.fromEntries(Object.entries(files).map(([path, words]) => [path, text(words)])),
  )
  if (!was || !own || !there || !made) throw new Error('four texts')
  return accountOf({ base: was, head: own, release: there, result: made }, told)
}

/** The fork puts a block below one in `a`, which upstream moves to `b`. */
const MOVED = {
  base: { a: 'aaa on bbb on', b: 'ccc on ddd on' },
  head: { a: 'aaa on bbb on own on', b: 'ccc on ddd on' },
  release: { a: 'aaa on', b: 'ccc on ddd on bbb on' },
}
const MOVES: Told = {
  files: [{ path: 'a', verdict: 'adapted', reasons: [{ code: 'block-moved', key: 'bbb_key', to: 'b' }] }],
}

describe('a block that went along to another file, as the report says', () => {
  test.each<[string, Words, readonly string[], readonly string[]]>([
    [
      'is there as a whole',
      { a: 'aaa on', b: 'ccc on ddd on bbb on own on' },
      ['+own_key: 1 result b 7', '+become: true result b 8'],
      [],
    ],
    [
      'is there without its last line',
      { a: 'aaa on', b: 'ccc on ddd on bbb on own' },
      ['+own_key: 1 result b 7', '+become: true nowhere'],
      ['lost a: become: true'],
    ],
    [
      'is lost',
      { a: 'aaa on', b: 'ccc on ddd on bbb on' },
      ['+own_key: 1 nowhere', '+become: true nowhere'],
      ['lost a: own_key: 1', 'lost a: become: true'],
    ],
    [
      'is there twice',
      { a: 'aaa on', b: 'ccc on ddd on bbb on own on own on' },
      ['+own_key: 1 result b 7', '+become: true result b 10'],
      ['twice b: own_key: 1', 'twice b: become: true'],
    ],
  ])('%s', (_what, result, places, faults) => {
    const found = account({ ...MOVED, result }, MOVES)
    expect(placed(found)).toEqual(places)
    expect(named(found)).toEqual(faults)
    expect(found.ambiguous).toEqual(new Set())
  })
})

test('what both blocks share at their ends is looked for in the file in which one is in the place of the other', () => {
  const [was, own] = ['aaa } old more ccc', 'aaa } own else ccc']
  const found = account(
    {
      base: { a: 'ddd eee fff', b: was },
      head: { a: 'ddd eee fff ggg', b: own },
      release: { a: 'ddd eee fff', b: 'aaa ccc' },
      result: { a: 'ddd eee fff ggg', b: own },
    },
    { files: [{ path: 'a', to: 'b', verdict: 'adapted' }] },
  )
  expect(named(found)).toEqual([])
  expect(found.ambiguous).toEqual(new Set(['}']))
})
