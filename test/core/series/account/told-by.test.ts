import { describe, expect, test } from 'vitest'
import { blobOid, type Oid } from '../../../../src/core/model/oid.ts'
import type { Entry } from '../../../../src/core/model/tree.ts'
import type { FileOutcome, LeftOutLine } from '../../../../src/core/model/verdict.ts'
import { FileReader } from '../../../../src/core/series/account/accounted-trees.ts'
import { blobsOfTold, toldBy } from '../../../../src/core/series/account/told-by.ts'
import { ToldLines, type ToldLine } from '../../../../src/core/series/account/told-lines.ts'
import type { CarriedPatch } from '../../../../src/core/series/carried-series.ts'
import type { LeftOut } from '../../../../src/core/series/series.ts'
import { oid } from '../../../support/commits.ts'
import { carriedPatch } from '../../../support/pull-request.ts'

type File = Partial<FileOutcome> & Pick<FileOutcome, 'path' | 'verdict'>

interface Row {
  readonly files?: readonly File[]
  readonly remade?: true
  /** The paths that the patch changes, or that a patch which is left out does; each from `<path> before` to `<path> after`. */
  readonly changes?: readonly string[]
  readonly why?: LeftOut['why']
}

const blobs = new Map<Oid, Uint8Array>()
function entry(text: string): Entry {
  const bytes = Buffer.from(text)
  blobs.set(blobOid(bytes), bytes)
  return { mode: '100644', oid: blobOid(bytes) }
}

function tellers({ files = [], remade, changes = [], why }: Row) {
  const all = changes.map((path) => ({
    path,
    before: entry(`${path} before\n`),
    after: entry(`${path} after\n`),
  }))
  const carried = carriedPatch('1', { title: 'Mine', verdict: 'adapted', files: [...files] })
  const made = remade ? { remade: {} as NonNullable<CarriedPatch['remade']> } : {}
  const patches = [{ ...carried, ...made, patch: { ...carried.patch, changes: why ? [] : all } }]
  const out = why ? [{ commit: oid('out'), title: 'Out', why, changes: all } as LeftOut] : []
  return { patches, leftOut: out }
}

/** What is told, as `+text why patch: paths, commit`. */
function told(row: Row): readonly string[] {
  return toldBy(tellers(row), new FileReader(blobs)).map(
    ({ side, text, why, patch, files, upstream }) =>
      `${side === 'added' ? '+' : '-'}${text} ${why} ${patch}: ${[...new Set(files), ...(upstream ? [upstream] : [])].join(', ')}`,
  )
}

const TOOK = oid('took')
const line = (why: LeftOutLine['why'], text: string): LeftOutLine => ({ side: 'added', line: 1, text, why })
const both = (path: string, said: string): readonly string[] => [
  `+${path} after ${said}`,
  `-${path} before ${said}`,
]

describe('the report tells', () => {
  test.each<[string, Row, readonly string[]]>([
    [
      'what it lists as left out, and by which commit',
      {
        files: [
          {
            path: 'a',
            to: 'b',
            verdict: 'adapted',
            leftOut: [{ ...line('gone', 'x'), upstream: TOOK }, line('form', 'y')],
          },
        ],
      },
      [`+x gone Mine: a, b, ${TOOK}`, '+y form Mine: a, b'],
    ],
    [
      'what waits for a person beside what is carried',
      { files: [{ path: 'a', verdict: 'adapted', leftOut: [line('open', 'x')] }] },
      ['+x open Mine: a'],
    ],
    [
      'of a conflict all, once',
      {
        files: [{ path: 'a', verdict: 'conflict', leftOut: [line('open', 'a after'), line('gone', 'x')] }],
        changes: ['a'],
      },
      ['+x gone Mine: a', ...both('a', 'open Mine: a')],
    ],
    [
      'of a conflict its own file alone',
      {
        files: [
          { path: 'a', verdict: 'conflict' },
          { path: 'b', verdict: 'adapted' },
        ],
        changes: ['a', 'b', 'c'],
      },
      both('a', 'open Mine: a'),
    ],
    [
      'of one in a file of another name what the patch has there',
      { files: [{ path: 'a', to: 'b', verdict: 'conflict' }], changes: ['b'] },
      both('b', 'open Mine: a, b'),
    ],
    [
      'and not what is told of that file itself',
      {
        files: [
          { path: 'a', to: 'b', verdict: 'conflict' },
          { path: 'b', verdict: 'adapted' },
        ],
        changes: ['a', 'b'],
      },
      both('a', 'open Mine: a, b'),
    ],
    [
      'what a recipe makes anew',
      { files: [{ path: 'a', verdict: 'adapted' }], changes: ['a'], remade: true },
      both('a', 'form Mine: a'),
    ],
    [
      'and what is open of it',
      { files: [{ path: 'a', verdict: 'conflict' }], changes: ['a'], remade: true },
      both('a', 'open Mine: a'),
    ],
    ['nothing of what is carried', { files: [{ path: 'a', verdict: 'adapted' }], changes: ['a'] }, []],
    ['all that a person dropped', { why: 'dropped', changes: ['a'] }, both('a', 'dropped Out: a')],
    ['nothing of what is left out for another reason', { why: 'merge', changes: ['a'] }, []],
  ])('%s', (_what, row, expected) => {
    expect(told(row)).toEqual(expected)
  })

  test('what both versions of a file have, as far as it tells all of it', () => {
    const row: Row = { files: [{ path: 'a', verdict: 'conflict' }], changes: ['a', 'b'] }
    expect(blobsOfTold(tellers(row))).toEqual([entry('a before\n').oid, entry('a after\n').oid])
  })
})

function toldLine(text: string, why: ToldLine['why'], ...files: readonly string[]): ToldLine {
  return { side: 'added', text, why, files, patch: why }
}

const A = new Set(['a'])
const ELSEWHERE = new Set(['c'])

test('a line that is told stands for one line of one of its files', () => {
  const told = new ToldLines([toldLine('  x', 'gone', 'b', 'a'), toldLine('x', 'form', 'a')])
  expect([told.count('added', 'x', A), told.count('removed', 'x', A), told.count('added', 'y', A)]).toEqual([
    2, 0, 0,
  ])
  expect(told.count('added', 'x', ELSEWHERE)).toBe(0)
  expect(told.take('added', 'x', ELSEWHERE)).toBeUndefined()
  expect([1, 2, 3].map(() => told.take('added', ' x ', A)?.why)).toEqual(['gone', 'form', undefined])
  expect(told.count('added', 'x', A)).toBe(0)
})

test('one that waits for a person is taken before others, where that is asked for', () => {
  const told = new ToldLines([
    toldLine('x', 'gone', 'a'),
    toldLine('x', 'open', 'b', 'a'),
    toldLine('x', 'open', 'c'),
  ])
  expect(told.takeOpen('removed', 'x', A)).toBeUndefined()
  expect([1, 2].map(() => told.takeOpen('added', 'x', A)?.files)).toEqual([['b', 'a'], undefined])
  expect(told.take('added', 'x', A)?.why).toBe('gone')
})
