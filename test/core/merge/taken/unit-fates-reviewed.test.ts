import { describe, expect, test } from 'vitest'
import { fatesOf, said, type Done, type FateRow } from '../../../support/unit-fates.ts'

const HEAD = 'first_line of it|other_line of it'

describe('the reviewed form of a patch', () => {
  const form = (row: Partial<FateRow>, done: Omit<Done, 'by'>) =>
    said({
      before: HEAD,
      after: `${HEAD}|aaaaaa is so|bbbbbb is so`,
      release: HEAD,
      reviewed: [{ by: 'form', ...done }],
      ...row,
    })

  test.each<[string, Partial<FateRow>, Omit<Done, 'by'>, readonly string[]]>([
    ['has all of it', {}, { added: 'aaaaaa is so|bbbbbb is so' }, ['same form']],
    ['and was taken back', {}, { added: 'aaaaaa is so|bbbbbb is so', undone: 'back' }, ['same form back']],
    ['has the half of it', {}, { added: 'aaaaaa is so|cccccc of another kind' }, ['reviewed form']],
    [
      'has a third',
      { after: `${HEAD}|aaaaaa is so|bbbbbb is so|cccccc is so` },
      { added: 'aaaaaa is so' },
      ['own'],
    ],
    ['has none of it', {}, { added: 'zzzzzz of another kind' }, ['own']],
    [
      'has none of it, and replaced the same',
      { before: `${HEAD}|old_line of it`, release: HEAD },
      { added: 'zzzzzz of another kind', removed: 'old_line of it' },
      ['reviewed form'],
    ],
    [
      'replaced one of the two lines',
      { before: `${HEAD}|old_line of it|more_old of it` },
      { removed: 'old_line of it' },
      ['own'],
    ],
    [
      'replaced the line that says something',
      { before: `${HEAD}|old_line of it|--` },
      { removed: 'old_line of it' },
      ['reviewed form'],
    ],
    ['replaced what says nothing', { before: `${HEAD}|--` }, { removed: '--' }, ['own']],
    [
      'has the half of it, and not the new name of the other',
      { after: `${HEAD}|aaaaaa is so|say a_new_name to it` },
      { added: 'aaaaaa is so|cccccc of another kind' },
      ['own'],
    ],
    [
      'has all but what the series takes away again',
      { later: 'bbbbbb is so' },
      { added: 'aaaaaa is so' },
      ['same form'],
    ],
    [
      'has all that says something',
      { after: `${HEAD}|aaaaaa is so|--` },
      { added: 'aaaaaa is so' },
      ['same form'],
    ],
  ])('%s', (_what, row, done, expected) => {
    expect(form(row, done)).toEqual(expected)
  })

  test('of two forms the one counts that is asked about some of its lines', () => {
    const row = { before: HEAD, after: `${HEAD}|aaaaaa is so|bbbbbb is so`, release: HEAD }
    const reviewed = [{ by: 'form', added: 'aaaaaa is so' }]
    expect(said({ ...row, reviewed })).toEqual(['reviewed form'])
  })
})

describe('a name that a reviewed form does without', () => {
  const names = (row: Partial<FateRow>, added: string) =>
    fatesOf({ before: HEAD, after: HEAD, release: HEAD, reviewed: [{ by: 'form', added }], ...row }).flatMap(
      (fate) => fate.names,
    )

  test.each<[string, Partial<FateRow>, string, readonly string[]]>([
    ['is told', { after: `${HEAD}|say a_new_name to it` }, 'zzzzzz', ['a_new_name']],
    ['once', { after: `${HEAD}|say a_new_name to it|and a_new_name again` }, 'zzzzzz', ['a_new_name']],
    ['not where it says it', { after: `${HEAD}|say a_new_name to it` }, 'say a_new_name to it', []],
    [
      'not where the base knows it',
      { before: `a_new_name|${HEAD}`, after: `a_new_name|${HEAD}|say a_new_name to it` },
      'zzzzzz',
      [],
    ],
    [
      'not where the release knows it',
      { after: `${HEAD}|say a_new_name to it`, release: `${HEAD}|of a_new_name` },
      'zzzzzz',
      [],
    ],
    [
      'nor by the name of a thing that is stable by now',
      { after: `${HEAD}|say beta.a_new_name to it`, release: `${HEAD}|of a_new_name` },
      'zzzzzz',
      [],
    ],
    [
      'not where the release has the line',
      { after: `${HEAD}|say a_new_name to it`, release: `${HEAD}|say a_new_name to it` },
      'zzzzzz',
      [],
    ],
    [
      'not of what only a reader reads',
      { path: 'a.md', after: `${HEAD}|say a_new_name to it` },
      'zzzzzz',
      [],
    ],
    [
      'not where the form says another in its words',
      { after: `${HEAD}|please say a_new_name to it all` },
      'please say another_name to it all',
      [],
    ],
    [
      'but one that it says nothing in the place of',
      { after: `${HEAD}|please say a_new_name and own_name to it all` },
      'please say another_name and that to it all',
      ['own_name'],
    ],
    [
      'nor one that it says as well',
      { after: `${HEAD}|please say own_name and a_new_name to it all` },
      'please say own_name and that to it all',
      ['a_new_name'],
    ],
  ])('%s', (_what, row, added, expected) => {
    expect(names(row, added)).toEqual(expected)
  })

  test('no name is asked for where there is no form', () => {
    expect(names({ after: `${HEAD}|say a_new_name to it`, reviewed: [] }, '')).toEqual([])
  })
})
