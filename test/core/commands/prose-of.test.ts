import { describe, expect, test } from 'vitest'
import { parseCommands } from '../../../src/core/commands/parse-commands.ts'
import { proseOf } from '../../../src/core/commands/prose-of.ts'

const DEEP = (mark: string): string => `${`${mark} `.repeat(30)}/multiarch hold`

/** Where a comment's commands stand, as `line:column`. */
test.each<[string, string, readonly string[]]>([
  ['in the second line of an item of a list', '- talk\n  /multiarch hold', ['2:3']],
  ['in the second line of talk, further in', 'talk\n   /multiarch hold  ', ['2:4']],
  ['in the third line, behind a link of two lines', '[a\nb](https://x.example)\n/multiarch hold', ['3:1']],
  ['behind code of two lines', 'say `a\nb`\n/multiarch hold', ['3:1']],
  ['behind a byte order mark', '\uFEFF/multiarch hold', ['1:1']],
  ['behind an element that a comment of HTML names', '<!-- <details> -->\n\n/multiarch hold', ['3:1']],
  ['behind one that is named twice in such a comment', '<p>\n<!-- </p> -->\n\n/multiarch hold', []],
  ['inside of an element', '<details>\n\n/multiarch hold\n\n</details>', []],
  ['behind an element', '<details>\n\ntalk\n\n</details>\n\n/multiarch hold', ['7:1']],
  ['as code at the beginning of a line', 'talk\n`/multiarch hold`', []],
  ['as code at the beginning of a line, further in', 'talk\n  `/multiarch hold`', []],
  ['as code at the beginning of it all', '`/multiarch hold`', []],
  ['in quotations deeper than anybody nests them', DEEP('>'), []],
  ['in lists deeper than anybody nests them', DEEP('-'), []],
  ['in numbered lists deeper than anybody nests them', DEEP('10.'), []],
  ['behind such a quotation', `${DEEP('>')}\n\n/multiarch hold`, ['3:1']],
])('a command %s', (_title, comment, places) => {
  expect(parseCommands(comment).commands.map(({ line, column }) => `${line}:${column}`)).toEqual(places)
})

const FAR = 'word '.repeat(20)

/** What its author says themselves, as `line:column text`; `·` stands for what is blanked out. */
test.each<[string, string, readonly string[]]>([
  ['a link', 'see [a](https://x.example)b now', ['1:1 see ·b now']],
  ['an image', 'see ![a](https://x.example/i.png).', ['1:1 see ·.']],
  ['a heading and a block of code', '# Title\n\ntalk\n\n```\ncode\n```', ['3:1 talk']],
  ['code inside of a line, without its backticks', 'say `hold` now', ['1:1 say  hold  now']],
  ['the same where much stands before it', `${FAR}\`hold\` now`, [`1:1 ${FAR} hold  now`]],
  ['the same where much stands behind it', `say \`hold\` ${FAR}`, [`1:1 say  hold  ${FAR.trimEnd()}`]],
  ['code that begins a line', '`hold` it\n  `hold` it', ['1:1 · it', '2:3 · it']],
  [
    'code that begins a line, where much stands before that',
    `${FAR}\n \`hold\` it`,
    [`1:1 ${FAR.trimEnd()}`, '2:2 · it'],
  ],
  ['code that begins an item', '- `hold` it\n- talk', ['1:3 · it', '2:3 talk']],
  ['code of two lines', 'say `a\nb` now', ['1:1 say  a', '2:1 b  now']],
  ['an element, and what stands in it', 'a <b>c `d`</b> e', ['1:1 a · e']],
  ['an element that has no end', 'a <br> c <IMG src="x"> d', ['1:1 a · c · d']],
  ['an end that nothing began', 'a </b> c <b>d</b> e', ['1:1 a · c · e']],
  [
    'an element behind a comment of HTML',
    '<!-- a --> <details>\n\ntalk\n\n</details>\n\nmore',
    ['3:1 ·', '7:1 more'],
  ],
  ['a byte order mark inside of it', 'a\uFEFFb', ['1:1 a\uFEFFb']],
  ['ends of lines as GitHub stores them', 'a\r\n\r\n b\r\nc', ['1:1 a', '3:2 b', '4:1 c']],
  ['emphasis, which is no mark of ours', '*a* _b_ [c][d]', ['1:1 *a* _b_ [c][d]']],
])('of a comment %s', (_title, comment, lines) => {
  const said = proseOf(comment).map(
    ({ text, line, column }) => `${line}:${column} ${text.replace(/\0+/g, '·')}`,
  )
  expect(said).toEqual(lines)
})

describe('anybody may write a comment, and reading it costs next to nothing', () => {
  // Unmended, each of these takes the parser 3 to 40 s.
  test.each(['a*', '*a_ ', 'a* _', '][', '> ', '1. ', '+ '])('32,000 characters of %j', (sign) => {
    const start = performance.now()
    proseOf(sign.repeat(32_000 / sign.length))
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})
