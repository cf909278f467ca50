import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepTicks } from '../../../src/core/explain/keep-ticks.ts'

const link = (commit: string): string => `[\`a.yml:3\`](https://github.test/me/infra/blob/${commit}/a.yml#L3)`

describe('a box that somebody ticked', () => {
  it.each([
    ['stays ticked', '- [x] **Fix** it', '- [ ] **Fix** it', '- [x] **Fix** it'],
    [
      'with a capital and the line ends of a browser',
      '- [X] **Fix** it\r\nMore',
      '- [ ] **Fix** it',
      '- [x] **Fix** it',
    ],
    [
      'wherever its link leads now',
      `- [x] Settle ${link('aaa')}`,
      `- [ ] Settle ${link('bbb')}`,
      `- [x] Settle ${link('bbb')}`,
    ],
    ['below another entry', '- [ ] a\n  - [x] b', '- [ ] a\n  - [ ] b', '- [ ] a\n  - [x] b'],
    [
      'is open where it says something else',
      '- [x] Look at patch 2',
      '- [ ] Look at patches 2, 3',
      '- [ ] Look at patches 2, 3',
    ],
    ['is gone with its entry', '- [x] a\n- [ ] b', '- [ ] b', '- [ ] b'],
    ['ticks no line that is no entry', '- [x] a', 'a\n- a\n```\n- [ ] c\n```', 'a\n- a\n```\n- [ ] c\n```'],
  ])('%s', (_, before, text, expected) => {
    expect(keepTicks(before, text)).toBe(expected)
  })

  it('changes nothing else, and the second time nothing at all', () => {
    const line = fc.constantFrom(
      '- [ ] a',
      '- [x] a',
      '- [ ] b',
      '- [x] b',
      'a',
      '',
      '## b',
      '  - [x] c',
      '  - [ ] c',
    )
    const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const kept = keepTicks(before, after)
        expect(kept.replaceAll('[x]', '[ ]')).toBe(after.replaceAll('[x]', '[ ]'))
        expect(keepTicks(before, kept)).toBe(kept)
      }),
    )
  })
})
