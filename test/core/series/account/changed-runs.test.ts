import { describe, expect, test } from 'vitest'
import { changedRuns } from '../../../../src/core/series/account/changed-runs.ts'

type Files = Readonly<Record<string, readonly string[]>>

/** The runs between two versions of some files: `-path:line text`, `+path:line text`. */
function runs(before: Files, after: Files): readonly string[] {
  const read = (files: Files) => Object.entries(files).map(([path, lines]) => ({ path, lines }))
  return changedRuns(read(before), read(after)).map(({ removed, added }) =>
    [
      ...removed.map(({ file, line, text }) => `-${file}:${line} ${text}`),
      ...added.map(({ file, line, text }) => `+${file}:${line} ${text}`),
    ].join(' '),
  )
}

describe('what stands in the place of what', () => {
  test.each<[string, Files, Files, readonly string[]]>([
    [
      'is told hunk by hunk',
      { a: ['1', '2', '3', '4'] },
      { a: ['1', 'two', '3'] },
      ['-a:2 2 +a:2 two', '-a:4 4'],
    ],
    ['leaves blank lines out', { a: ['1'] }, { a: ['1', '', ' ', '2'] }, ['+a:4 2']],
    [
      'is a file’s own, where many changed',
      { a: ['1'], b: ['2'] },
      { b: ['2', '3'], a: ['0'] },
      ['-a:1 1 +a:1 0', '+b:2 3'],
    ],
    ['follows the one file that has another name', { a: ['1', '2'] }, { b: ['1', '3'] }, ['-a:2 2 +b:2 3']],
    ['is the whole of a file that came', {}, { a: ['1', '2'] }, ['+a:1 1 +a:2 2']],
    ['is the whole of a file that went', { a: ['1', '2'] }, {}, ['-a:1 1 -a:2 2']],
    [
      'is the whole of each, where one went and two came',
      { a: ['1'] },
      { b: ['1'], c: ['2'] },
      ['-a:1 1', '+b:1 1', '+c:1 2'],
    ],
    ['and where two went and one came', { a: ['1'], b: ['2'] }, { c: ['1'] }, ['-a:1 1', '-b:1 2', '+c:1 1']],
  ])('%s', (_what, before, after, expected) => {
    expect(runs(before, after)).toEqual(expected)
  })
})

describe('what stands around a line', () => {
  /** The lines above and below `own`, where those in capitals are told from all others. */
  function around(...lines: readonly string[]): readonly [string, string] {
    const isTold = (line: string): boolean => /[A-Z]/.test(line)
    const before = [{ path: 'a', lines: lines.filter((line) => line !== 'own') }]
    const [line] = changedRuns(before, [{ path: 'a', lines }], isTold).flatMap(({ added }) => added)
    return [line?.above ?? '', line?.below ?? ''].map((each) => each.replaceAll('\0', '|')) as [
      string,
      string,
    ]
  }
  const blanks = (count: number): readonly string[] => Array.from({ length: count }, () => ' ')

  test.each<[string, readonly string[], readonly [string, string]]>([
    [
      'goes as far as one that is told from all others',
      ['U', 'A', 'b', 'own', 'c', 'D', 'E'],
      ['|b|A', '|c|D'],
    ],
    ['is nothing at the ends of a file', ['own'], ['', '']],
    ['is as much as there is', ['b', 'own', 'c'], ['|b', '|c']],
    ['does without blank lines', ['A', '', 'own', ' ', 'D'], ['|A', '|D']],
    ['is written in its form', ['A:  "b"', 'own', "D  'e'"], ['|A:b', '|D e']],
    ['is looked for behind twenty lines', ['A', ...blanks(20), 'own', ...blanks(20), 'D'], ['|A', '|D']],
    ['and not behind more', ['A', ...blanks(21), 'own', ...blanks(21), 'D'], ['', '']],
  ])('%s', (_what, lines, expected) => {
    expect(around(...lines)).toEqual(expected)
  })

  test('is the next line, where each can be told', () => {
    const [line] = changedRuns(
      [{ path: 'a', lines: ['a', 'b', 'c', 'd'] }],
      [{ path: 'a', lines: ['a', 'b', 'own', 'c', 'd'] }],
    ).flatMap(({ added }) => added)
    expect([line?.above, line?.below]).toEqual(['\0b', '\0c'])
  })
})
