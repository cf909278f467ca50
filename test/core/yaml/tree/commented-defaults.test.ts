import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  commentedDefaults,
  ownCommentsFrom,
  ownLinesTo,
} from '../../../../src/core/yaml/tree/commented-defaults.ts'
import { parseYaml } from '../../../../src/core/yaml/tree/parse-yaml.ts'
import { sourceOf } from '../../../support/yaml.ts'
import { runs } from '../../../support/fast-check.ts'
import { anyForeignText } from '../../../support/foreign-text.ts'

/** The walk over comments above an entry once never came out of the first line. */
const first: readonly [string, string, string][] = [
  ['an empty line and a comment', '\n# c\nname: x\n', '# c\nname: x\n'],
  ['two empty lines', '\n\n# c\nname: x\n', '# c\nname: x\n'],
  ['an empty line of Windows', '\r\n# c\r\nname: x\r\n', '# c\r\nname: x\r\n'],
  ['a byte order mark and a comment', '\uFEFF# c\nname: x\n', '# c\nname: x\n'],
  ['a byte order mark, an empty line and a comment', '\uFEFF\n# c\nname: x\n', '# c\nname: x\n'],
  ['a commented-out default', '\n# our proxy\nhttp_proxy: ""\n', '# our proxy\nhttp_proxy: ""\n'],
  ['a list', '\n# c\n- x\n', '# c\n- x\n'],
  ['blanks only', '  \n# c\nname: x\n', '# c\nname: x\n'],
]

test.each(first)('a file that begins with %s is read', (_title, text, entry) => {
  const root = sourceOf(text).documents[0]?.root
  const inMap = root?.kind === 'mapping' ? root.entries[0] : undefined
  const one = root?.kind === 'sequence' ? root.items[0] : inMap
  expect(one && text.slice(one.from, one.to)).toBe(entry)
})

test('any text is read, or refused, in the end', () => {
  fc.assert(
    fc.property(anyForeignText(), (text) => {
      const parsed = parseYaml(text)
      if (parsed.kind === 'parsed') expect(parsed.source.text).toBe(text)
    }),
    runs(500),
  )
})

test('the comments of any place in any text are found in the end, and stand around it', () => {
  fc.assert(
    fc.property(anyForeignText(), fc.nat(60), fc.nat(60), (text, one, other) => {
      const [floor, at] = [Math.min(one, other, text.length), Math.min(Math.max(one, other), text.length)]
      expect(ownCommentsFrom(text, at, floor)).toBeLessThanOrEqual(Math.max(at, 1))
      expect(ownLinesTo(text, at, 0)).toBeGreaterThanOrEqual(at)
      for (const each of commentedDefaults(text, { from: 0, to: text.length }))
        expect(each.to).toBeGreaterThan(each.from)
    }),
    runs(500),
  )
})
