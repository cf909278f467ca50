import { describe, expect, test } from 'vitest'
import { leftOfFile } from '../../../support/left-of-file.ts'

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

  test('a blank line beside it goes along', () => {
    const apart = (text: string): string => text.replaceAll(END, `${END}\n`).replace(TOP, `${TOP}\n`)
    const release = apart(`${TOP}${OPEN}${MADE}${END}${OPEN}${HELD}${END}${REST}`)
    const file = { path: 'a.conf.j2', before: apart(before), after: apart(after), release, has: NEW }
    expect(leftOfFile(file)?.text).toBe(`${TOP}\n${REST}`)
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
