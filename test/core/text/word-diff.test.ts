import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wordDiff } from '../../../src/core/text/word-diff.ts'

describe('words that differ are marked, line by line', () => {
  test.each<readonly [before: string, after: string, shown: readonly string[]]>([
    ['version: v1.12.3\n', 'version: v1.13.5\n', ['version: [-v1.12.3-]{+v1.13.5+}']],
    ['a\nsame\n', 'b\nsame\n', ['[-a-]{+b+}']],
    ['one two three\n', 'one three\n', ['one [-two -]three']],
    ['a b c d\n', 'a x y d\n', ['a [-b c-]{+x y+} d']],
    ['a\n', 'a\nb c\n', ['{+b c+}']],
    ['a\nb\n', 'a\n', ['[-b-]']],
    ['no end', 'no end\n', []],
    ['same\n', 'same\n', []],
    ['', 'new\n', ['{+new+}']],
  ])('%j → %j', (before, after, shown) => {
    expect(wordDiff(before, after)).toEqual(shown)
  })
})

test('both texts can be read back from what is marked, where all of it is shown', () => {
  const line = fc
    .array(fc.constantFrom('a', 'b', 'v1.2', ' ', ':'), { maxLength: 6 })
    .map((words) => words.join(''))
  const text = fc.array(line, { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(text, text, (before, after) => {
      fc.pre(before.every((each) => !after.includes(each)))
      const shown = wordDiff(before.join('\n'), after.join('\n')).join('\n')
      const was = shown.replace(/\{\+.*?\+\}/g, '').replace(/\[-|-\]/g, '')
      const is = shown.replace(/\[-.*?-\]/g, '').replace(/\{\+|\+\}/g, '')
      const bare = (lines: string): string => lines.replace(/\n+/g, '\n').replace(/^\n|\n$/g, '')
      expect(bare(was).replace(/\n/g, '')).toBe(before.join(''))
      expect(bare(is).replace(/\n/g, '')).toBe(after.join(''))
    }),
  )
})
