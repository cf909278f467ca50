import { describe, expect, test } from 'vitest'
import {
  isAtItsPlace,
  neighboursThere,
  stoodThere,
} from '../../../../src/core/merge/taken/is-at-its-place.ts'
import { ownFiles } from '../../../../src/core/merge/taken/own-files.ts'
import { Workspace } from '../../../../src/core/merge/workspace.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'

/** Texts of lines parted by `|`. */
function text(words: string): readonly string[] {
  return splitLines(words === '' ? '' : `${words.split('|').join('\n')}\n`)
}

/** The first piece that a patch of one file puts in. */
function piece(path: string, before: string, after: string) {
  const workspace = new Workspace()
  const entry = (words: string) => ({ mode: '100644' as const, oid: workspace.put(text(words)) })
  const [file] = ownFiles([{ path, to: path, before: entry(before), after: entry(after) }], workspace)
  const unit = file?.hunks.find(({ units }) => units.length > 0)?.units[0]
  if (!file || !unit) throw new Error('nothing put in')
  return { file, unit }
}

interface Row {
  readonly path?: string
  readonly before: string
  readonly after: string
  readonly release: string
  /** The lines that are asked about; all of the piece unless told. */
  readonly needs?: readonly string[]
}

function isThere({ path = 'a.conf', before, after, release, needs }: Row): boolean {
  const own = piece(path, before, after)
  return isAtItsPlace(own, needs ?? own.unit.lines, new Map([[path, [text(''), text(release)]]]))
}

describe('a line that could stand anywhere is upstream’s', () => {
  const [before, after] = ['first of it|last of it', 'first of it|word here|last of it']
  test.each<[string, string, boolean]>([
    ['behind the same line', 'first of it|word here|others', true],
    ['before the same line', 'others|word here|last of it', true],
    ['with blank lines between', 'first of it||--|word here|others', true],
    ['between others', 'others|word here|more|last of it|first of it', false],
    ['not where another is there', 'first of it|other here|last of it', false],
    ['not before what it stood behind', 'word here|first of it|others', false],
  ])('%s', (_where, release, expected) => {
    expect(isThere({ before, after, release })).toBe(expected)
  })

  test('of two lines each is asked for beside its own', () => {
    const two = 'first of it|word here|more here|last of it'
    const release = 'first of it|word here|others'
    expect(isThere({ before, after: two, release })).toBe(false)
    expect(isThere({ before, after: two, release, needs: ['word here'] })).toBe(true)
    expect(isThere({ before, after: two, release: `${release}|zz|more here|last of it` })).toBe(true)
  })

  test('at the beginning and the end of a text there is nothing beside it', () => {
    expect(
      isThere({ before: 'first of it', after: 'word here|first of it', release: 'word here|others' }),
    ).toBe(true)
    expect(
      isThere({ before: 'last of it', after: 'last of it|word here', release: 'others|word here' }),
    ).toBe(true)
  })
})

describe('lines are found by themselves', () => {
  const release = 'others alone'
  test.each<[string, Row, boolean]>([
    ['three', { before: '', after: 'word here|word more|word most', release }, true],
    ['not two', { before: 'first', after: 'first|word here|word more', release }, false],
    [
      'not three of which one says little',
      { before: 'first', after: 'first|word here|word more|done', release },
      false,
    ],
    ['one with a name that the file had not', { before: 'first', after: 'first|say a_name', release }, true],
    ['not with one that it had', { before: 'of a_name', after: 'of a_name|say a_name', release }, false],
    [
      'a setting at the top of YAML by its name',
      { path: 'a.yml', before: 'first_of: 1', after: 'first_of: 1|a_name: 1', release },
      true,
    ],
    [
      'with what stands in it and a gap',
      { path: 'a.yml', before: 'first_of: 1', after: 'first_of: 1|a_name: 1||b_name: 1', release },
      true,
    ],
    [
      'not one that stands in another',
      { path: 'a.yml', before: 'first_of:|  aa: 1', after: 'first_of:|  aa: 1|  a_name: 1', release },
      false,
    ],
  ])('%s', (_what, row, expected) => {
    expect(isThere(row)).toBe(expected)
  })
})

describe('a line of YAML is upstream’s under the same settings', () => {
  const before = 'one:|  two:|    aa: 1|list:|  - name: first|    bb: 1'
  const own = (line: string, behind: string): string => before.replace(behind, `${behind}|${line}`)
  test.each<[string, string, string, boolean]>([
    [
      'at another place of them',
      own('    become: true', '  two:'),
      'one:|  cc: 1|  two:|    dd: 1|    become: true',
      true,
    ],
    ['not under others', own('    become: true', '  two:'), 'one:|  three:|    become: true', false],
    ['not one level up', own('    become: true', '  two:'), 'one:|  become: true|  two:|    aa: 1', false],
    ['nor with another value', own('    become: true', '  two:'), 'one:|  two:|    become: false', false],
    [
      'of the same item',
      own('    become: true', '    bb: 1'),
      'list:|  - name: first|    become: true',
      true,
    ],
    ['not of another', own('    become: true', '    bb: 1'), 'list:|  - name: other|    become: true', false],
  ])('%s', (_where, after, release, expected) => {
    expect(isThere({ path: 'a.yml', before, after, release })).toBe(expected)
  })
})

test.each([
  ['first of it|word here|last of it', 2],
  ['first of it|word here|others', 1],
  ['others|word here|last of it', 1],
  ['others|word here|more', 0],
  ['first of it|last of it', 0],
  ['', 0],
])('in %j upstream has a piece beside so many of its neighbours: %i', (release, count) => {
  const own = piece('a.conf', 'first of it|last of it', 'first of it|word here|last of it')
  expect(neighboursThere(own, new Map([['a.conf', [text(release)]]]))).toBe(count)
})

test('of several lines the first and the last are asked for their neighbours', () => {
  const own = piece(
    'a.conf',
    'first of it|last of it',
    'first of it|word here|word more|word most|last of it',
  )
  const count = (release: string): number => neighboursThere(own, new Map([['a.conf', [text(release)]]]))
  expect(count('first of it|word here|xx|word most|last of it')).toBe(2)
  expect(count('xx|word here|word more|word most|yy')).toBe(0)
  expect(neighboursThere(own, new Map())).toBe(0)
})

describe('a diff shows as put in what only went down', () => {
  const before = 'one:|  become: true|  aa: 1'
  const went = 'one:|  bb: 1|  cc: 1|  become: true|  aa: 1'
  /** Of a piece put together by hand: the line at `at` of the text, with these lines of the base taken away. */
  const stood = (row: {
    after?: string
    at?: number
    count?: number
    path?: string
    had?: string
    gone?: number
  }) => {
    const { after = went, at = 3, count = 1, path = 'a.yml', had = before, gone } = row
    const lines = text(after)
      .slice(at, at + count)
      .map((line) => line.trim())
    const unit = { start: at, end: at + count, lines }
    const hunks =
      gone === undefined ? [] : [{ from: gone, to: gone + 1, start: 1, end: 1, removed: [], units: [] }]
    const change = { path, to: path, before: undefined, after: undefined }
    const restore = (lines: readonly string[]): readonly string[] => lines
    return stoodThere({ file: { change, before: text(had), after: text(after), hunks, restore }, unit })
  }

  test.each<[string, Parameters<typeof stood>[0], boolean]>([
    ['a line that the base has at its place', {}, true],
    ['a line that it has not', { at: 1 }, false],
    ['one that it has and one that it has not', { at: 2, count: 2 }, false],
    ['two that it has', { at: 3, count: 2 }, true],
    ['one with a blank line', { after: went.replace('|  aa', '||  aa'), count: 2 }, true],
    ['a blank line alone', { after: went.replace('|  aa', '||  aa'), at: 4 }, false],
    ['one that the patch takes away', { gone: 1 }, false],
    ['one of which it takes another away', { gone: 2 }, true],
    ['one that the patch has twice there', { after: `${went}|  become: true` }, false],
    ['one that the base has in another setting', { had: 'two:|  become: true' }, false],
    ['one of a text that is no YAML', { path: 'a.conf' }, false],
    ['one of a new file', { had: '' }, false],
  ])('%s: %s', (_what, row, expected) => {
    expect(stood(row)).toBe(expected)
  })
})
