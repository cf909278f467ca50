import { expect, test } from 'vitest'
import { parseCommands } from '../../../src/core/commands/parse-commands.ts'

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
