import { describe, expect, test } from 'vitest'
import { leftOfFile, type PatchedFile } from '../../../support/left-of-file.ts'

const NEW = /the_new/

/** A diff of two blocks that begin and end alike shows only what they hold. */
describe('the first and last line that a block shares with the one in whose place it came', () => {
  const [TOP, REST] = ['the top of it\n', 'the rest of it\n']
  const [OPEN, HELD, MADE, END] = ['{% if a %}\n', 'the_old = 1\n', 'the_new = 1\n', '{% endif %}\n']
  const before = `${TOP}${OPEN}${HELD}${END}${REST}`
  const after = `${TOP}${OPEN}${MADE}${END}${REST}`
  test.each([
    [
      'go with it where the release has both blocks',
      `${TOP}${OPEN}${MADE}${END}${OPEN}${HELD}${END}${REST}`,
      TOP + REST,
    ],
    [
      'stay where the release has both in one block',
      `${TOP}${OPEN}${MADE}${HELD}${END}${REST}`,
      `${TOP}${OPEN}${END}${REST}`,
    ],
    [
      'stay where the release has the new one elsewhere',
      `${TOP}${OPEN}${HELD}${END}${MADE}${REST}`,
      `${TOP}${OPEN}${END}${REST}`,
    ],
  ])('%s', (_, release, left) => {
    expect(leftOfFile({ path: 'a.conf.j2', before, after, release, has: NEW })?.text).toBe(left)
  })

  const both = (first: string, last: string): string =>
    `${TOP}${first}${MADE}${last}${first}${HELD}${last}${REST}`
  test.each([
    ['are lines that begin and end nothing', 'x = 1\n', 'y = 1\n'],
    ['begin nothing', 'x = 1\n', END],
    ['end nothing', OPEN, 'y = 1\n'],
  ])('stay where they %s', (_, first, last) => {
    const [old, made] = [HELD, MADE].map((held) => `${TOP}${first}${held}${last}${REST}`) as [string, string]
    const file = { path: 'a.conf.j2', before: old, after: made, release: both(first, last), has: NEW }
    expect(leftOfFile(file)?.text).toBe(`${TOP}${first}${last}${REST}`)
  })

  test.each([
    ['above', 'the top anew\n', REST],
    ['below', TOP, 'the rest anew\n'],
  ])('stay where the patch changes the line %s as well', (_, top, rest) => {
    const made = `${top}${OPEN}${MADE}${END}${rest}`
    const file = { path: 'a.conf.j2', before, after: made, release: both(OPEN, END), has: NEW }
    expect(leftOfFile(file)?.text).toBe(`${top}${OPEN}${END}${rest}`)
  })

  test('stay in YAML, where a key is no end of another', () => {
    const file = { path: 'a.yml', before, after, release: both(OPEN, END), has: NEW }
    expect(leftOfFile(file)?.text).toBe(`${TOP}${OPEN}${END}${REST}`)
  })

  test.each([
    ['one above and one below become one', `${TOP}\n`, `\n${REST}`, `${TOP}\n${REST}`],
    ['one above stays', `${TOP}\n`, REST, `${TOP}\n${REST}`],
    ['one below stays', TOP, `\n${REST}`, `${TOP}\n${REST}`],
    ['none is left at the beginning of the file', '', `\n${REST}`, REST],
  ])('a blank line beside it: %s', (_, top, rest, left) => {
    const [old, made] = [HELD, MADE].map((held) => OPEN + held + END) as [string, string]
    const file = { before: top + old + rest, after: top + made + rest, release: top + made + old + rest }
    expect(leftOfFile({ path: 'a.conf.j2', ...file, has: NEW })?.text).toBe(left)
  })

  test('stay where nothing of it is upstream’s', () => {
    const emptied = `${TOP}${OPEN}${END}${REST}`
    const release = `${TOP}${OPEN}${END}${OPEN}${HELD}${END}${REST}`
    const file = { path: 'a.conf.j2', before, after: emptied, release, has: NEW }
    expect(leftOfFile(file)?.text).toBe(emptied)
  })
})

describe('blank lines of what a patch puts in', () => {
  test.each<readonly [string, PatchedFile, string | undefined]>([
    [
      'go with the piece below them that is upstream’s',
      { path: 'a.conf', before: 'a = 1\nb = 1\n', after: 'a = 1\n\nthe_new = 1\nb = 1\n', has: NEW },
      undefined,
    ],
    [
      'go with it as well where the line in whose place it came goes',
      {
        path: 'a.conf',
        before: 'a = 1\nthe_old = 1\nb = 1\n',
        after: 'a = 1\n\nthe_new = 1\nb = 1\n',
        has: NEW,
      },
      'a = 1\nb = 1\n',
    ],
    [
      'stay beside blank lines, where nothing is left out',
      { before: 'a: 1\n\nb: 1\n', after: 'a: 1\n\n\nown: 1\nb: 1\n', has: NEW },
      'a: 1\n\n\nown: 1\nb: 1\n',
    ],
    [
      'stay in the place of a line',
      { before: 'a: 1\nthe_old: 1\n\nb: 1\n', after: 'a: 1\nown: 1\n\n\nb: 1\n', has: NEW },
      'a: 1\nown: 1\n\n\nb: 1\n',
    ],
  ])('%s', (_, file, left) => {
    expect(leftOfFile(file)?.text).toBe(left)
  })
})

/** `become: true` ends both tasks, and a diff shows it as kept. */
describe('the last lines that a task shares with the one in whose place it came', () => {
  const END = '  become: true\n'
  const made = `- name: the_new\n  command: new\n${END}`
  test.each<readonly [string, PatchedFile, string | undefined]>([
    [
      'stay where upstream took the old one away',
      { before: `- name: the old\n  command: old\n${END}`, after: made, release: made, has: NEW },
      undefined,
    ],
    [
      'go with the last of two old ones',
      {
        before: `- name: older\n  command: older\n- name: the old\n  command: old\n${END}`,
        after: made,
        has: NEW,
      },
      '',
    ],
    [
      'go with an old one that has a blank line in it',
      { before: `- name: the old\n\n  command: old\n${END}`, after: made, has: NEW },
      '',
    ],
    [
      'go where a blank line stands above the new one',
      { before: `- name: the old\n  command: old\n${END}`, after: `\n${made}`, has: NEW },
      '',
    ],
    [
      'are none where a script ends before its block does',
      { path: 'a.sh', before: 'set_old here\n', after: 'if the_new; then\n  of_new\n', has: NEW },
      '',
    ],
  ])('%s', (_, file, left) => {
    expect(leftOfFile(file)?.text).toBe(left)
  })
})

/** A diff shows a value that is given anew and what is put in beside it as one hunk. */
describe('a value that a patch gives anew beside a block that upstream has', () => {
  const [TOP, REST] = ['{% if b %}\n', '{% if c %}\nthe_last = 1\n{% endif %}\n']
  const [OLD, ANEW, END] = ['an_option = 1\n', 'an_option = 2\n', '{% endif %}\n']
  const BLOCK = '{% if a %}\nthe_new = 1\n{% endif %}\n'
  test.each([
    [
      'below it',
      `${TOP}${OLD}${END}${REST}`,
      `${TOP}${ANEW}${END}${BLOCK}${REST}`,
      `${TOP}${ANEW}${END}${REST}`,
    ],
    ['above it', `${OLD}${REST}`, `${BLOCK}${ANEW}${REST}`, `${ANEW}${REST}`],
    [
      'both anew',
      `${TOP}${OLD}${OLD}${END}`,
      `${TOP}${ANEW}${ANEW}${END}${BLOCK}`,
      `${TOP}${ANEW}${ANEW}${END}`,
    ],
  ])('is still to carry: %s', (_, before, after, left) => {
    expect(leftOfFile({ path: 'a.conf.j2', before, after, has: NEW })?.text).toBe(left)
  })

  test('takes no setting away where the piece that it stands in is upstream’s, and the release has that value nowhere', () => {
    const [before, after] = [
      `${TOP}${OLD}${END}`,
      `${TOP}${ANEW}the_new = 1\n{% endif %}\n{% if a %}\n${END}`,
    ]
    const file = { path: 'a.conf.j2', before, after, has: /./ }
    expect(leftOfFile(file)).toBeUndefined()
    // A name may be set twice: where the release has it with both values, the old one goes.
    expect(leftOfFile({ ...file, release: `${TOP}${OLD}${ANEW}${END}` })?.text).toBe(`${TOP}${END}`)
  })
})
