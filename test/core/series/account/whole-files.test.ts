import { describe, expect, test } from 'vitest'
import { blobOid } from '../../../../src/core/model/oid.ts'
import type { FileOutcome } from '../../../../src/core/model/verdict.ts'
import { sumsOf } from '../../../../src/core/series/account/account.ts'
import { accountOf, named, placed } from '../../../support/account.ts'

const FILE = 'roles/thing/tasks/main.yml'
const BASE = 'first: one\nsecond: two\nthird: three\n'
type Files = Parameters<typeof accountOf>[0]['base']
type Said = Pick<FileOutcome, 'verdict'> & Partial<FileOutcome>

const SETTLED: Said = { verdict: 'adapted', reasons: [{ code: 'settled-before' } as never] }
const OTHER_NAME: Said = {
  verdict: 'adapted',
  reasons: [{ code: 'untouched' }, { code: 'other-name', to: 'other.yml', at: FILE }],
}

/** What the fork does to a file as a whole, and how it is written among lines. */
const DONE: Readonly<
  Record<string, { readonly head: Files; readonly path?: string; readonly text: string }>
> = {
  mode: { head: { [FILE]: { mode: '100755', content: BASE } }, text: '(mode 100644 → 100755)' },
  name: { head: { 'new.yml': BASE }, path: 'new.yml', text: `(renamed from ${FILE})` },
  ends: { head: { [FILE]: BASE.replaceAll('\n', '\r\n') }, text: '(line ends: CRLF)' },
  'last end': { head: { [FILE]: BASE.trimEnd() }, text: '(no end of the last line)' },
  empty: { head: { [FILE]: BASE, keep: '' }, path: 'keep', text: '(an empty file)' },
}

describe('what a fork did to a whole file and the result has not', () => {
  test.each<[string, Said, Readonly<Record<keyof typeof DONE, string>>]>([
    [
      'is lost where nothing is said of it',
      { verdict: 'clean' },
      { mode: 'nowhere', name: 'nowhere', ends: 'nowhere', 'last end': 'nowhere', empty: 'nowhere' },
    ],
    [
      'is open in a conflict',
      { verdict: 'conflict' },
      { mode: 'open', name: 'open', ends: 'open', 'last end': 'open', empty: 'open' },
    ],
    [
      'is left out where a person settled it',
      SETTLED,
      { ...{ mode: 'settled', name: 'settled', ends: 'settled' }, 'last end': 'settled', empty: 'settled' },
    ],
    [
      'is gone where the file is',
      { verdict: 'obsolete' },
      { mode: 'gone', name: 'gone', ends: 'gone', 'last end': 'gone', empty: 'gone' },
    ],
    [
      'is lost where upstream has the lines, but for what they say',
      { verdict: 'upstreamed' },
      { mode: 'nowhere', name: 'nowhere', ends: 'nowhere', 'last end': 'gone', empty: 'gone' },
    ],
    [
      'or has them in another form',
      { verdict: 'adapted' },
      { mode: 'nowhere', name: 'nowhere', ends: 'nowhere', 'last end': 'gone', empty: 'gone' },
    ],
    [
      'of a name that is said to be another now is told',
      OTHER_NAME,
      { mode: 'nowhere', name: 'gone', ends: 'nowhere', 'last end': 'gone', empty: 'gone' },
    ],
  ])('%s', (_what, said, becomes) => {
    const base = { [FILE]: BASE }
    for (const [what, { head, path = FILE, text }] of Object.entries(DONE)) {
      const place = { open: 'open The patch', nowhere: 'nowhere' }[becomes[what] ?? '']
      for (const file of [
        { ...said, path },
        { ...said, path: 'elsewhere', to: path },
      ]) {
        const account = accountOf({ base, head, release: base, result: base }, { files: [file] })
        const found = placed(account).filter((line) => line.startsWith('+('))
        expect([what, found]).toEqual([what, [`+${text} ${place ?? `left-out ${becomes[what]} The patch`}`]])
        expect(named(account)).toEqual(place === 'nowhere' ? [`lost ${path}: ${text}`] : [])
      }
    }
  })

  test('is not told by what is said of another file', () => {
    const base = { [FILE]: BASE }
    const files = [{ path: 'other', verdict: 'obsolete' as const }]
    const account = accountOf(
      { base, head: DONE['mode']?.head ?? {}, release: base, result: base },
      { files },
    )
    expect(named(account)).toEqual([`lost ${FILE}: (mode 100644 → 100755)`])
  })

  test('where the result has it, it is there, and upstream’s where the release has it', () => {
    for (const { head, text } of Object.values(DONE)) {
      const base = { [FILE]: BASE }
      expect(placed(accountOf({ base, head, release: base, result: head }))).toContain(`+${text} result`)
      expect(placed(accountOf({ base, head, release: head, result: head }))).toContain(`+${text} release`)
    }
  })
})

describe('the upstream commit that took a line', () => {
  const commit = blobOid(Buffer.from('a commit'))
  const versions = {
    base: { [FILE]: BASE },
    head: { [FILE]: `${BASE}fourth: four\n` },
    release: { [FILE]: `${BASE}fourth: four\n` },
    result: { [FILE]: `${BASE}fourth: four\n` },
  }
  test.each<[string, Said, string]>([
    ['is named where the file is upstream’s', { verdict: 'upstreamed', upstream: [commit] }, ` ${commit}`],
    ['is not where none is known', { verdict: 'upstreamed' }, ''],
    ['nor where it only changed the file', { verdict: 'adapted', upstream: [commit] }, ''],
  ])('%s', (_what, said, by) => {
    expect(placed(accountOf(versions, { files: [{ ...said, path: FILE }] }))).toEqual([
      `+fourth: four release ${FILE} 4${by}`,
    ])
  })

  test('says nothing of what was carried', () => {
    const carried = { ...versions, release: versions.base }
    const files = [{ path: FILE, verdict: 'upstreamed' as const, upstream: [commit] }]
    expect(placed(accountOf(carried, { files }))).toEqual([`+fourth: four result ${FILE} 4`])
  })
})

test('sums are of each place, and of forms', () => {
  const account = accountOf(
    {
      base: { [FILE]: BASE },
      head: { [FILE]: `${BASE}fourth: four\nfifth: "five"\nsixth: six\nseventh: seven\neighth: eight\n` },
      release: { [FILE]: `${BASE}fifth: five\n` },
      result: { [FILE]: `${BASE}fourth: four\nfifth: five\n` },
    },
    {
      files: [
        {
          ...{ path: FILE, verdict: 'adapted' },
          leftOut: [
            { side: 'added', line: 6, text: 'sixth: six', why: 'gone' },
            { side: 'added', line: 7, text: 'seventh: seven', why: 'open' },
          ],
        },
      ],
    },
  )
  expect(sumsOf(account)).toEqual({
    ...{ lines: 5, carried: 1, upstream: 1, leftOut: 1, open: 1, unaccounted: 1, inAnotherForm: 1 },
  })
})

test('what is wrong is told file by file, from above', () => {
  const [a, b] = ['one/main.yml', 'two/main.yml']
  const text = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')
  const account = accountOf({
    base: { [a]: text('first: one', 'second: two'), [b]: text('third: three', 'fourth: four') },
    head: { [a]: text('new: 1', 'first: one', 'newer: 2'), [b]: text('third: three', 'newest: 3') },
    release: { [a]: text('first: one', 'second: two'), [b]: text('third: three', 'fourth: four') },
    result: {
      [a]: text('stray: 9', 'first: one', 'second: two', 'stray: 8'),
      [b]: text('third: three', 'fourth: four'),
    },
  })
  const lines = account.unplaced.map(({ kind, file, line }) => `${kind} ${file} ${line}`)
  expect(lines).toEqual([
    ...[`back ${a} 3`, `lost ${a} 1`, `lost ${a} 3`, `stray ${a} 1`, `stray ${a} 4`],
    ...[`back ${b} 2`, `lost ${b} 2`],
  ])
})
