import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bareLine, decodeText, encodeText, isBinary, splitLines } from '../../../src/core/text/split-lines.ts'

test.each([
  ['an empty text has no lines', '', []],
  ['one line with its end', 'a\n', ['a\n']],
  ['a last line without an end', 'a\nb', ['a\n', 'b']],
  ['blank lines', '\n\n', ['\n', '\n']],
  ['Windows line ends stay', 'a\r\nb\r\n', ['a\r\n', 'b\r\n']],
  ['a carriage return alone ends no line', 'a\rb\n', ['a\rb\n']],
])('splits %s', (_title, text, lines) => {
  expect(splitLines(text)).toEqual(lines)
})

test('joining the lines gives the text back, and only the last may lack its end', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', 'é', '\u{1F600}') }), (text) => {
      const lines = splitLines(text)
      expect(lines.join('')).toBe(text)
      expect(lines.slice(0, -1).every((line) => line.endsWith('\n'))).toBe(true)
      expect(lines.every((line) => line !== '')).toBe(true)
    }),
  )
})

test.each([
  ['a\n', 'a'],
  ['a\r\n', 'a'],
  ['a', 'a'],
  ['a\r', 'a\r'],
  ['\n', ''],
])('the bare line of %j is %j', (line, bare) => {
  expect(bareLine(line)).toBe(bare)
})

test('binary is what git calls so: a NUL among the first 8000 bytes', () => {
  const withNulAt = (at: number): Uint8Array => new Uint8Array(9000).fill(97).fill(0, at, at + 1)
  expect(isBinary(withNulAt(0))).toBe(true)
  expect(isBinary(withNulAt(7999))).toBe(true)
  expect(isBinary(withNulAt(8000))).toBe(false)
  expect(isBinary(new Uint8Array())).toBe(false)
})

test('bytes that would not come back are no text', () => {
  expect(decodeText(Uint8Array.of(0x61, 0xff))).toBeUndefined()
  expect(decodeText(Uint8Array.of(0x61, 0))).toBeUndefined()
  expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\u{FEFF}a')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = decodeText(bytes)
      if (text !== undefined) expect([...encodeText(text)]).toEqual([...bytes])
    }),
  )
})
