import { describe, expect, test } from 'vitest'
import { leftOfFile, type PatchedFile } from '../../../support/left-of-file.ts'

const NEW = /taken/

const block = (line: string): string => `{% if a %}\n${line}\n{% endif %}\n`

/** What takes the place of a setting may be shown in another hunk than the setting, or beside what is still to carry. */
describe('a setting to which a patch gives the value that upstream has, and upstream went on or back from it', () => {
  test.each<readonly [string, Omit<PatchedFile, 'has'>, string | undefined]>([
    [
      'stays where its place is taken by a block, and it comes right after it',
      {
        path: 'a.conf.j2',
        before: `the_gone = 1\n${block('the_old = 1')}${block('the_next = 1')}`,
        after: `${block('the_other = taken')}${block('the_old = taken')}${block('the_next = 1')}own_one = 1\n`,
      },
      `${block('the_old = 1')}${block('the_next = 1')}own_one = 1\n`,
    ],
    [
      'stays beside a setting that the patch takes away',
      {
        path: 'a.conf',
        before: 'the_gone = 1\nthe_old = 1\nthe_end = 1\n',
        after: 'the_old = taken\nthe_end = 1\n',
      },
      'the_old = 1\nthe_end = 1\n',
    ],
    [
      'stays beside one that the patch puts in',
      { path: 'a.yml', before: 'the_old: 1\nend: 1\n', after: 'own_one: 1\nthe_old: taken\nend: 1\n' },
      'own_one: 1\nthe_old: 1\nend: 1\n',
    ],
    [
      'goes where the file sets it twice: which of them is meant no line tells',
      {
        path: 'a.conf',
        before: 'the_gone = 1\nthe_old = 1\nthe_end = 1\nthe_old = 3\n',
        after: 'the_old = taken\nthe_end = 1\nthe_old = 3\n',
      },
      'the_end = 1\nthe_old = 3\n',
    ],
    [
      'goes with the parent that the patch takes away',
      { path: 'a.yml', before: 'map:\n  the_old: 1\nend: 1\n', after: 'the_old: taken\nend: 1\n' },
      'end: 1\n',
    ],
    [
      'stays below a line of its file that is as it was',
      {
        path: 'a.yml',
        before: 'first: 1\nthe_gone: 1\nthe_old: 1\nend: 1\n',
        after: 'first: 1\nthe_old: taken\nthe_other: taken\nend: 1\n',
      },
      'first: 1\nthe_old: 1\nend: 1\n',
    ],
    [
      'stays below a blank line',
      {
        path: 'a.conf',
        before: 'the_gone = 1\n\nthe_old = 1\nend = 1\n',
        after: 'the_old = taken\nend = 1\n',
      },
      'the_old = 1\nend = 1\n',
    ],
    [
      'stays below the last line of a map that the patch takes away',
      {
        path: 'a.yml',
        before: 'map:\n  one: 1\n  the_gone: 1\nthe_old: 1\nend: 1\n',
        after: 'map:\n  one: 1\nthe_old: taken\nend: 1\n',
      },
      'map:\n  one: 1\nthe_old: 1\nend: 1\n',
    ],
    [
      'stays below a whole map that the patch takes away',
      {
        path: 'a.yml',
        before: 'map:\n  the_gone: 1\n\nthe_old: 1\nend: 1\n',
        after: 'the_old: taken\nend: 1\n',
      },
      'the_old: 1\nend: 1\n',
    ],
    [
      'stays below a comment of its own that the patch writes anew',
      {
        path: 'a.yml',
        before: '# said of it\nthe_old: 1\nend: 1\n',
        after: '# taken as well\nthe_old: taken\nend: 1\n',
      },
      'the_old: 1\nend: 1\n',
    ],
    [
      'stays where the release has its new value in another place and the old one here',
      {
        path: 'a.yml',
        before: 'the_old: 1\nend: 1\n',
        after: 'the_old: taken\nend: 1\n',
        release: 'the_old: 1\nend: 1\nmap:\n  the_old: taken\n',
      },
      undefined,
    ],
    [
      'goes with the lines of its own',
      {
        path: 'a.yml',
        before: 'the_gone: 1\nthe_old: |\n  more words\nend: 1\n',
        after: 'the_old: taken\nend: 1\n',
      },
      'end: 1\n',
    ],
    [
      'goes with the parent beside another setting',
      {
        path: 'a.yml',
        before: 'the_gone: 1\nmap:\n  the_old: 1\nend: 1\n',
        after: 'the_old: taken\nend: 1\n',
      },
      'end: 1\n',
    ],
    [
      'goes with the block that the patch takes away, where indentation says nothing',
      { path: 'a.conf.j2', before: `${block('the_old = 1')}end = 1\n`, after: 'the_old = taken\nend = 1\n' },
      'end = 1\n',
    ],
    [
      'goes where the file set it twice before',
      {
        path: 'a.conf',
        before: 'the_gone = 1\nthe_old = 1\nthe_end = 1\nthe_old = 3\n',
        after: 'the_old = taken\nthe_end = 1\n',
      },
      'the_end = 1\n',
    ],
  ])('%s', (_, file, left) => {
    expect(leftOfFile({ ...file, has: NEW })?.text).toBe(left)
  })
})

describe('a setting that a patch moves, beside one that upstream has', () => {
  const before = 'the_moved: 1\nthe_old: 1\nmiddle: 1\nend: 1\n'
  test.each([
    ['as it is', 'the_old: taken\nmiddle: 1\nthe_moved: 1\nend: 1\n'],
    ['with another value', 'the_old: taken\nmiddle: 1\nthe_moved: 2\nend: 1\n'],
  ])('goes from its place, since it is still to come to the other: %s', (_, after) => {
    // Upstream gave it another value meanwhile: that its line is gone says nothing of the move.
    const release = 'the_moved: 3\nthe_old: taken\nmiddle: 1\nend: 1\n'
    const left = leftOfFile({ before, after, release, has: NEW })?.text
    expect(left).toBe(after.replace('the_old: taken', 'the_old: 1'))
  })

  const SAID = 'listen here always\n'
  test.each<readonly [string, Omit<PatchedFile, 'has'>, string | undefined]>([
    [
      'is still to come to its place, a line that sets nothing',
      {
        path: 'a.conf',
        before: `${SAID}middle = 1\nend = 1\n`,
        after: `the_new = taken\nmiddle = 1\n${SAID}end = 1\n`,
        release: 'the_new = taken\nmiddle = 1\nlisten there\nend = 1\n',
      },
      `middle = 1\n${SAID}end = 1\n`,
    ],
    [
      'comes with a comment above it and a setting below it',
      {
        before: 'the_moved: 1\nmiddle: 1\nend: 1\n',
        after: 'the_new: taken\nmiddle: 1\n# why\nthe_moved: 1\nown_one: 1\nend: 1\n',
        release: 'the_new: taken\nmiddle: 1\nend: 1\n',
      },
      'middle: 1\n# why\nthe_moved: 1\nown_one: 1\nend: 1\n',
    ],
    [
      'comes nowhere else where upstream has both',
      {
        before: 'the_moved: 1\nmiddle: 1\nend: 1\n',
        after: 'the_new: taken\nmiddle: 1\nthe_moved: taken\nend: 1\nown_one: 1\n',
        release: 'the_new: taken\nmiddle: 1\nthe_moved: taken\nend: 1\n',
      },
      'the_moved: 1\nmiddle: 1\nend: 1\nown_one: 1\n',
    ],
    [
      'is no blank line',
      {
        path: 'a.conf',
        before: 'the_old = 1\n\nmiddle = 1\nend = 1\n',
        after: 'the_old = taken\nmiddle = 1\n\nown_one = 1\nend = 1\n',
        release: 'the_old = taken\nmiddle = 1\nend = 1\n',
      },
      'the_old = 1\n\nmiddle = 1\n\nown_one = 1\nend = 1\n',
    ],
    [
      'is none whose place the new form of it takes',
      {
        before: 'the_map:\n  deep_one: 1\nend: 1\n',
        after: 'the_map: taken\nend: 1\n# why\nown_one: 1\n',
        release: 'the_map: taken\nend: 1\n',
      },
      'the_map:\n  deep_one: 1\nend: 1\n# why\nown_one: 1\n',
    ],
  ])('%s', (_, file, left) => {
    expect(leftOfFile({ ...file, has: NEW })?.text).toBe(left)
  })

  test('a line that stands several times says nothing of a move', () => {
    const some = 'tasks:\n  - run: one\n    when: always it is\n  - run: two\n    when: always it is\n'
    const after =
      some.replace('one\n    when: always it is', 'one\n    when: taken') +
      '  - run: own\n    when: always it is\n'
    const left = leftOfFile({
      before: some,
      after,
      release: some.replace('always it is', 'taken'),
      has: NEW,
    })?.text
    expect(left).toBe(`${some}  - run: own\n    when: always it is\n`)
  })
})

describe('a patch that changes every line of a file in its spelling alone, beside what upstream has', () => {
  const before = `${block('the_first = 1')}${block('the_second = 1')}`
  const after = `${block('the_first = 1')}own_one = 1\n${block('the_second = 1')}${block('the_third = taken')}`
  const left = after.replace(block('the_third = taken'), '')
  test.each([
    ['other line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['blanks at the end of lines', (text: string) => text.replaceAll('\n', '  \n')],
    ['an indentation', (text: string) => text.replace(/^(?=.)/gm, '  ')],
  ])('keeps every line of it, in the patch’s spelling: %s', (_, everywhere) => {
    const file = { path: 'a.conf.j2', before, after: everywhere(after), has: NEW }
    expect(leftOfFile({ ...file, release: after })?.text).toBe(everywhere(left))
  })
})

describe('a line that stays where a patch moves all lines in or out', () => {
  const task = (name: string, state: string): string =>
    `- name: ${name}\n  package:\n    state: ${state}\n  when: ${name}\n`
  const inBlock = (tasks: string): string => `- when: always\n  block:\n${tasks.replace(/^(?=.)/gm, '    ')}`
  const [FIRST, SECOND, TAKEN, LAST] = [
    task('first', 'present'),
    task('second', 'present'),
    task('second', 'taken'),
    task('third', 'present'),
  ]
  const END = 'end: 1\n'
  test.each([
    ['into a block', FIRST + SECOND + LAST, inBlock(FIRST + TAKEN + LAST), inBlock(FIRST + SECOND + LAST)],
    ['out of a block', inBlock(FIRST + SECOND + LAST), FIRST + TAKEN + LAST, FIRST + SECOND + LAST],
    [
      'the last line into a block',
      `- name: one\n  old_state: 1\n${END}`,
      `${inBlock('- name: one\n  old_state: taken\n')}${END}`,
      `${inBlock('- name: one\n  old_state: 1\n')}${END}`,
    ],
    [
      'above a blank line',
      '- name: one\n  old_state: 1\n\n  old_when: 1\n',
      inBlock('- name: one\n  old_state: taken\n\n  old_when: 1\n'),
      inBlock('- name: one\n  old_state: 1\n\n  old_when: 1\n'),
    ],
    [
      'a blank line with it',
      '- name: one\n  old_state: 1\n\n  old_other: 1\n  old_when: 1\n',
      inBlock('- name: one\n  old_state: taken\n  old_other: taken\n  old_when: 1\n'),
      inBlock('- name: one\n  old_state: 1\n\n  old_other: 1\n  old_when: 1\n'),
    ],
    [
      'with what is below it, where what is above stays',
      '# said\n  old_state: 1\n  old_when: 1\n',
      '# said\nold_state: taken\nold_when: 1\n',
      '# said\nold_state: 1\nold_when: 1\n',
    ],
    [
      'with the lines that it holds',
      '# said\n  old_state:\n    old_deep: 1\n  old_when: 1\n',
      '# said\nold_state: taken\nold_when: 1\n',
      '# said\nold_state:\n  old_deep: 1\nold_when: 1\n',
    ],
    [
      'nowhere beside a line that the patch changes too',
      '- old_state: 1\n\n  map:\n    x: 1\n',
      '- old_state: taken\n\n      # own words\n  map:\n    x: 1\n',
      '- old_state: 1\n\n      # own words\n  map:\n    x: 1\n',
    ],
  ])('goes along %s', (_, before, after, left) => {
    expect(
      leftOfFile({
        before,
        after,
        release: before.replace(/old_state:(?: 1|\n.*1)/, 'old_state: taken'),
        has: NEW,
      })?.text,
    ).toBe(left)
  })
})
