import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitLines } from '../../src/core/text/split-lines.ts'
import { splitSpans, TEMPLATE, withoutEnd } from '../../src/core/text/split-spans.ts'
import { blockLines, readOutline } from '../../src/core/yaml/outline/read-outline.ts'
import { anyForeignText } from '../support/foreign-text.ts'
import { runs } from '../support/fast-check.ts'
import { longTexts } from '../support/long-texts.ts'
import { READERS } from '../support/readers.ts'

/** Those of the readers that are tried with every shape and length; `bench/fuzz.ts` tries all of them. */
const HELD = new Set([
  'YAML',
  'YAML line by line',
  'a file of tasks',
  'an outline',
  'INI',
  'Jinja',
  'a template',
  'a message',
  'a commit of ours',
  'a title',
  'a comment',
  'a sentence',
  'a report',
  'architectures in tasks',
  'architectures in a template',
  'a challenge',
  'a merge of YAML',
  'a merge of text',
])
const readers = READERS.filter(([title]) => HELD.has(title))

test('each of them is one of the readers', () => {
  expect(readers).toHaveLength(HELD.size)
})

describe('any text is read in the end', () => {
  test.each(readers)('%s', (_title, read) => {
    fc.assert(
      fc.property(anyForeignText(), (text) => {
        read(text)
      }),
      runs(200),
    )
  })
})

/**
 * A text as people do not write it, long enough that work in the square of a line would take hours: nothing is measured, the test ends or
 * it does not. Of many lines each costs more than a character, so there are fewer.
 */
const LENGTH = 100_000
const MANY_LINES = 25_000
const SHORTER = new Map(longTexts(MANY_LINES))
const LONG = longTexts(LENGTH).map(
  ([title, text]) => [title, text.split('\n').length > 10 ? (SHORTER.get(title) ?? text) : text] as const,
)

describe('the length of a text is no more than its length', () => {
  test.each(LONG)('%s', (_title, text) => {
    for (const [, read] of readers) read(text)
  })
})

test('a text cut at its marks is the text, and no piece between them holds a span', () => {
  fc.assert(
    fc.property(anyForeignText(), (text) => {
      const pieces = splitSpans(text, TEMPLATE)
      expect(pieces.join('')).toBe(text)
      expect(pieces.length % 2).toBe(1)
      for (const [at, piece] of pieces.entries())
        expect(/^(?:\{\{[^]*\}\}|\{%[^]*%\})$/.test(piece)).toBe(at % 2 === 1)
    }),
    runs(300),
  )
})

test('the end that is taken away holds nothing else', () => {
  expect(withoutEnd('a.b. .', ' .')).toBe('a.b')
  expect(withoutEnd('...', '.')).toBe('')
  expect(withoutEnd('a', '')).toBe('a')
})

test('an outline gives any text back byte for byte', () => {
  fc.assert(
    fc.property(anyForeignText(), (text) => {
      expect(blockLines(readOutline(splitLines(text))).join('')).toBe(text)
    }),
    runs(500),
  )
})
