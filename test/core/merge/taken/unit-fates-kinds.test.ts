import { describe, expect, test } from 'vitest'
import { fatesOf, said, type FateRow } from '../../../support/unit-fates.ts'

const HEAD = 'first_line of it|other_line of it'

describe('lines that a patch puts in at several places', () => {
  const SAME = 'the_same line'
  const [before, after] = [
    'aaaaaa of it|bbbbbb of it|cccccc of it',
    `aaaaaa of it|${SAME}|bbbbbb of it|${SAME}|cccccc of it|${SAME}`,
  ]
  test.each<[string, Partial<FateRow> & Pick<FateRow, 'release'>, readonly string[]]>([
    [
      'the release has once: the piece at its place is taken',
      { release: `aaaaaa of it|bbbbbb of it|${SAME}|cccccc of it` },
      ['own', 'same', 'own'],
    ],
    [
      'twice: so are two',
      { release: `aaaaaa of it|${SAME}|bbbbbb of it|cccccc of it|${SAME}` },
      ['same', 'own', 'same'],
    ],
    ['as often as the patch', { release: after }, ['same', 'same', 'same']],
    ['more often', { release: `${SAME}|${after}` }, ['same', 'same', 'same']],
    [
      'once more than the base',
      {
        before: `${SAME}|${before}`,
        after: `${SAME}|${after}`,
        release: `${SAME}|aaaaaa of it|bbbbbb of it|${SAME}|cccccc of it`,
      },
      ['own', 'same', 'own'],
    ],
  ])('%s', (_what, row, expected) => {
    expect(said({ before, after, ...row })).toEqual(expected)
  })

  test('a piece with a line that is left to give is taken with the others', () => {
    const own = 'a_setting: 1'
    const row = { before, after: `aaaaaa of it|${SAME}|bbbbbb of it|${SAME}|${own}|cccccc of it` }
    expect(said({ ...row, release: `aaaaaa of it|${SAME}|bbbbbb of it|${own}|cccccc of it` })).toEqual([
      'same',
      'same',
    ])
  })

  test('what is not given away is still known of a piece', () => {
    const [fate] = fatesOf({ before, after, release: `aaaaaa of it|bbbbbb of it|${SAME}|cccccc of it` })
    expect(fate).toMatchObject({ taken: false, weight: 1, has: 0, names: [], pending: false })
    expect([fate?.file.change.path, fate?.hunk.start, fate?.unit.start]).toEqual(['a.conf', 1, 1])
    expect(fate).not.toHaveProperty('how')
  })
})

describe('what takes the place of lines that an earlier patch brought is still to be done', () => {
  const [before, brought] = [`${HEAD}|tool_version: 1`, 'tool_version: 1']
  test.each<[string, Partial<FateRow> & Pick<FateRow, 'after'>, readonly string[]]>([
    [
      'the piece that sets the same',
      { path: 'a.yml', after: `${HEAD}|tool_version: 2|more_of: it` },
      ['pending own', 'same'],
    ],
    [
      'one that sets it further in',
      { path: 'a.yml', after: `${HEAD}|tool_all:|  tool_version: 2|more_of: it` },
      ['pending own', 'same'],
    ],
    [
      'all where none does',
      { path: 'a.yml', after: `${HEAD}|other_tool: 2|more_of: it` },
      ['pending own', 'pending own'],
    ],
    [
      'none where others brought it',
      { path: 'a.yml', after: `${HEAD}|tool_version: 2|more_of: it`, brought: 'else' },
      ['same', 'same'],
    ],
    [
      'none of what says nothing',
      { path: 'a.yml', before: `${HEAD}|--`, after: `${HEAD}|tool_version: 2`, brought: '--' },
      ['same'],
    ],
  ])('%s', (_what, row, expected) => {
    expect(said({ before, brought, release: row.after, ...row })).toEqual(expected)
  })
})

describe('what the release has by now and the base had not', () => {
  const after = `${HEAD}|aaaaaa is so|bbbbbb is so`
  const both = 'aaaaaa is so|bbbbbb is so'
  test.each<[string, Partial<FateRow>, readonly string[]]>([
    ['by nobody that is known', { release: after }, ['same']],
    ['not of every line', { release: `${HEAD}|aaaaaa is so` }, ['own']],
    [
      'by a commit with all of it',
      {
        release: after,
        commits: [
          { by: 'one', added: 'aaaaaa is so' },
          { by: 'all', added: both },
        ],
      },
      ['same all'],
    ],
    [
      'at another place',
      { release: `zzzzzz|aaaaaa is so|yyyyyy|${HEAD}`, after: `${HEAD}|aaaaaa is so` },
      ['own'],
    ],
    [
      'a line that says something with one that could stand anywhere',
      { after: `${HEAD}|aaaaaa is so|done`, release: `${HEAD}|aaaaaa is so|done` },
      ['same'],
    ],
    [
      'a line that could stand anywhere, by a commit that touches the file and more',
      {
        after: `${HEAD}|done`,
        release: `${HEAD}|done`,
        commits: [{ by: 'all', added: 'done', touched: ['x.conf', 'a.conf'] }],
      },
      ['same all'],
    ],
    [
      'by one that touches its old name',
      {
        to: 'b.conf',
        after: `${HEAD}|done`,
        release: `${HEAD}|done`,
        commits: [{ by: 'all', added: 'done', touched: ['a.conf'] }],
      },
      ['same all'],
    ],
    [
      'by one that touches its new name',
      {
        to: 'b.conf',
        after: `${HEAD}|done`,
        release: `${HEAD}|done`,
        commits: [{ by: 'all', added: 'done', touched: ['b.conf'] }],
      },
      ['same all'],
    ],
    [
      'by one that touches another file',
      {
        after: `${HEAD}|done`,
        release: `${HEAD}|done`,
        commits: [{ by: 'all', added: 'done', touched: ['x.conf'] }],
      },
      ['own'],
    ],
    [
      'a line that the base has at the same place, though the release has one more',
      {
        path: 'a.yml',
        before: 'one:|  become: true|  aa: 1',
        after: 'one:|  aa: 1|  become: true',
        release: 'one:|  become: true|  aa: 1|two:|  become: true',
      },
      ['own'],
    ],
  ])('%s', (_what, row, expected) => {
    expect(said({ before: HEAD, after, release: HEAD, ...row })).toEqual(expected)
  })
})

describe('a block that the patch moves is its own, whatever upstream has of its other lines', () => {
  const task = (name: string, more = ''): string => `- name: Do ${name}|  command: run ${name}${more}`
  const UNDER = '|  become: true|  when: is_here'
  const [one, two, three] = [task('one', UNDER), task('two'), task('three')]
  const own = task('own', UNDER)
  const row = { path: 'a.yml', before: `${one}|${two}|${three}`, after: `${two}|${three}|${own}|${one}` }
  test('upstream puts in a block with the same small lines', () => {
    const release = `${one}|${task('new', UNDER)}|${two}|${three}`
    expect(said({ ...row, release })).toEqual(['own', 'own'])
  })

  test('and it is named as the commit that did so', () => {
    const release = `${one}|${task('new', UNDER)}|${two}|${three}`
    const done = {
      by: 'one more',
      added: `  become: true|  when: is_here|- name: Do new`,
      touched: ['a.yml'],
    }
    expect(said({ ...row, release, commits: [done] })).toEqual(['own', 'own'])
    expect(said({ ...row, release, reviewed: [done] }).at(-1)).toBe('own')
  })

  test('what is put in at one place alone is taken as before', () => {
    const after = `${one}|${two}|${own}`
    expect(said({ ...row, before: `${one}|${two}`, after, release: after })).toEqual(['same'])
  })
})
