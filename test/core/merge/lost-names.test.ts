import { expect, test } from 'vitest'
import { lostNames } from '../../../src/core/merge/lost-names.ts'
import { splitLines } from '../../../src/core/text/split-lines.ts'
import { mergeTexts } from '../../support/file-merge.ts'
import type { Texts } from '../../support/outline-merge.ts'

const USES = 'a: 1\nwhen: is_atomic\n'

test.each([
  [
    'a name that the release renamed',
    [USES, 'a: 1\nwhen: is_ostree\n', `${USES}b: "{{ is_atomic }}"\n`],
    ['is_atomic'],
  ],
  ['a name the release still has', [USES, USES, `${USES}b: "{{ is_atomic }}"\n`], []],
  ['a name that only the patch ever had', ['a: 1\n', 'a: 2\n', 'a: 1\nb: my_own\n'], []],
  ['a name that the patch used before as well, and no more often', [USES, 'a: 1\n', USES], []],
  ['a single word', ['a: word\n', 'a: other\n', 'a: word\nb: word\n'], []],
] as [string, Texts, string[]][])('%s', (_title, [base, upstream, patch], expected) => {
  const sides = { base: splitLines(base), upstream: splitLines(upstream), patch: splitLines(patch) }
  expect(lostNames(sides)).toEqual(expected)
})

test('lines that fit, but use what is gone, are shown', () => {
  const far = 'x: 1\ny: 1\nz: 1\n'
  const { text, adapted } = mergeTexts('a.yml', [
    `${USES}${far}`,
    `a: 1\nwhen: is_ostree\n${far}`,
    `${USES}${far}b: "{{ is_atomic }}"\n`,
  ])
  expect(text).toBe(`a: 1\nwhen: is_ostree\n${far}b: "{{ is_atomic }}"\n`)
  expect(adapted).toEqual(['Your lines use `is_atomic`, which the release no longer has in this file.'])
})
