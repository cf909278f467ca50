import { expect, test } from 'vitest'
import { mergeRegion } from '../../../src/core/text/merge-region.ts'

function merged(base: string, upstream: string, patch: string) {
  const lines = (text: string): string[] => (text === '' ? [] : text.split('/'))
  const found = mergeRegion({ base: lines(base), upstream: lines(upstream), patch: lines(patch) })
  return found && { text: found.lines.join('/'), overridden: found.overridden }
}

test.each([
  ['neighbouring lines', 'a: 1/b: 1', 'a: 2/b: 1', 'a: 1/b: 2', 'a: 2/b: 2', []],
  [
    'different words of one line beside a line only upstream changed',
    'get v1 for amd64/x: 1',
    'get v2 for amd64/x: 2',
    'get v1 for arm64/x: 1',
    'get v2 for arm64/x: 2',
    [],
  ],
  [
    'an override among neighbours',
    'let a be 1/b: x',
    'let a be 2/b: x',
    'let a be 3/b: y',
    'let a be 3/b: y',
    ['2'],
  ],
  ['a line put in above one that the patch changed', 'a: 1', 'new/a: 1', 'a: 2', 'new/a: 2', []],
  ['a line put in below one that upstream changed', 'a: 1', 'a: 2', 'a: 1/new', 'a: 2/new', []],
  ['a line taken away beside one that was changed', 'a: 1/b: 1', 'b: 1', 'a: 1/b: 2', 'b: 2', []],
  ['both the same', 'a', 'b', 'b', 'b', []],
  [
    'a paragraph taken away with the blank line below it, and one put in above it',
    'old/of it/ ',
    '',
    'own/more/ /old/of it/ ',
    'own/more/ ',
    [],
  ],
  [
    'a changed line that what was put in above it set apart',
    '#old/#lines',
    'new/it/ /#old/#lines',
    '# old/# lines',
    'new/it/ /# old/# lines',
    [],
  ],
  [
    'blank lines whose number both changed: upstream’s stands',
    'a/b/ ',
    'a/x/ /b/ / ',
    'a/b/ / / ',
    'a/x/ /b/ / ',
    [],
  ],
])('settles %s', (_title, ...row) => {
  const [base, upstream, patch, text, overridden] = row
  expect(merged(base, upstream, patch)).toEqual({ text, overridden })
})

test.each([
  ['two lines put in at one place, whose order no text tells', 'a', 'a/x', 'a/y'],
  ['two new texts', '', 'x', 'y'],
  ['a line that upstream took away and the patch changed', 'a: 1/b: 1', 'b: 1', 'a: 2/b: 1'],
  ['an end taken away where the other side puts one in beside it', 'a/fi', 'b/fi/x/fi', 'a'],
  ['a line rewritten on both sides', 'a b c d', 'e f g h', 'i j k l'],
])('leaves open %s', (_title, base, upstream, patch) => {
  expect(merged(base, upstream, patch)).toBeUndefined()
})

test('a line keeps the ending it has upstream', () => {
  const lines = mergeRegion({
    base: ['get v1 amd64\n'],
    upstream: ['get v2 amd64\r\n'],
    patch: ['get v1 arm\n'],
  })
  expect(lines?.lines).toEqual(['get v2 arm\r\n'])
})
