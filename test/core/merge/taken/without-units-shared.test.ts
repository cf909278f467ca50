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

  test('a blank line beside it goes along', () => {
    const apart = (text: string): string => text.replaceAll(END, `${END}\n`).replace(TOP, `${TOP}\n`)
    const release = apart(`${TOP}${OPEN}${MADE}${END}${OPEN}${HELD}${END}${REST}`)
    const file = { path: 'a.conf.j2', before: apart(before), after: apart(after), release, has: NEW }
    expect(leftOfFile(file)?.text).toBe(`${TOP}\n${REST}`)
  })
})
