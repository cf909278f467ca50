import { describe, expect, test } from 'vitest'
import { mergedText, outlineMerge, type Texts } from '../../../support/outline-merge.ts'

describe('a setting that the patch made a comment of', () => {
  test.each([
    [
      'stays one where upstream gave it another value',
      ['a:\n  x: 1\n  y: 1\n', 'a:\n  x: 2\n  y: 1\n', 'a:\n  # x: 1\n  y: 1\n'],
      'a:\n  # x: 2\n  y: 1\n',
    ],
    [
      'with the sign where the patch puts it',
      ['a:\n  x: 1\n  y: 1\n', 'a:\n  x: 2\n  y: 1\n', 'a:\n#  x: 1\n  y: 1\n'],
      'a:\n#  x: 2\n  y: 1\n',
    ],
    [
      'and all of its lines, where upstream only moved them in',
      [
        'a:\n  x: >-\n   {{ one }}\n   {{ two }}\n  y: 1\n',
        'a:\n  x: >-\n    {{ one }}\n    {{ two }}\n  y: 1\n',
        'a:\n  # x: >-\n  #  {{ one }}\n  #  {{ two }}\n  y: 1\n',
      ],
      'a:\n  # x: >-\n  #   {{ one }}\n  #   {{ two }}\n  y: 1\n',
    ],
    [
      'goes along where upstream renamed it everywhere',
      [
        'a:\n  sha: 1\n  y: 1\nb:\n  sha: 2\nc:\n  sha: 3\n',
        'a:\n  sum: 1\n  y: 1\nb:\n  sum: 2\nc:\n  sum: 3\n',
        'a:\n  # sha: 1\n  y: 1\nb:\n  sha: 2\nc:\n  sha: 3\n',
      ],
      'a:\n  # sum: 1\n  y: 1\nb:\n  sum: 2\nc:\n  sum: 3\n',
    ],
    [
      'is gone with the setting',
      ['a:\n  x: 1\n  y: 1\n', 'a:\n  y: 1\n', 'a:\n  # x: 1\n  y: 2\n'],
      'a:\n  y: 2\n',
    ],
  ] as [string, Texts, string][])('%s', (_title, texts, expected) => {
    expect(mergedText(texts)).toBe(expected)
  })

  test('is told where its value changed', () => {
    expect(outlineMerge(['x: 1\ny: 1\n', 'x: 2\ny: 1\n', '# x: 1\ny: 1\n']).notes).toEqual([
      '`x`: it stays commented out, as you have it; the release changed it since.',
    ])
  })
})

describe('a check that the patch switched off', () => {
  const BASE = 'd:\n  sha256: one\n  url: u\ne:\n  sha256: two\n  url: v\n'
  const OFF = 'd:\n  # sha256: one\n  url: u\ne:\n  # sha256: two\n  url: mine\n'

  test('is on again where upstream gave it another value, and so are the others; the rest of the patch stays', () => {
    const { text, gone, open } = outlineMerge([BASE, BASE.replace('one', 'three'), OFF])
    expect(open).toEqual([])
    expect(text).toBe('d:\n  sha256: three\n  url: u\ne:\n  sha256: two\n  url: mine\n')
    expect(gone).toEqual([
      'You switched off `d.sha256`; the release has given it a new value since, so the check can be on again.',
    ])
  })

  test('stays off where upstream only wrote the same in another way', () => {
    const { text, gone } = outlineMerge([BASE, BASE.replace('sha256: one', 'sha256:  one'), OFF])
    expect(text).toBe('d:\n  # sha256:  one\n  url: u\ne:\n  # sha256: two\n  url: mine\n')
    expect(gone).toEqual([])
  })

  test('is on again where it was taken away without a comment, too', () => {
    const { text } = outlineMerge([
      'd:\n  sha256: one\n  url: u\n',
      'd:\n  sha256: two\n  url: u\n',
      'd:\n  url: mine\n',
    ])
    expect(text).toBe('d:\n  sha256: two\n  url: mine\n')
  })
})
