import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonText, terminalText } from '../../../src/entry/print/say.ts'
import { runs } from '../../support/fast-check.ts'
import { OBEYED } from '../../support/obeyed.ts'

const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\u001b[2J',
        '\u001b]0;x\u0007',
        '\u009b31m',
        '\u202e',
        '\u2066',
        '\r',
        '\r\n',
        '\n',
        '\t',
        '\ufeff',
        '\u206e',
        '\ufffa',
        '\u{e0041}',
        '\u0000',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
  )
  .map((parts) => parts.join(''))

describe('nothing that a terminal obeys goes out', () => {
  test('as text', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(terminalText(text).replaceAll('\n', '')).not.toMatch(OBEYED)
      }),
      runs(500),
    )
  })

  test('as JSON, which still reads back the same', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(jsonText({ text }, 2).replaceAll('\n', '')).not.toMatch(OBEYED)
        expect(JSON.parse(jsonText({ text }))).toEqual({ text })
      }),
      runs(500),
    )
  })

  test('there is one door: nothing else of the command line writes', () => {
    const folder = resolve(import.meta.dirname, '../../../src/entry')
    const others = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      // The demo prints what it is told; the log writes JSON through the same escape; the stream of `carry` likewise.
      .filter((file) => !['say.ts', 'demo.ts', 'json-log.ts', 'cli.ts'].includes(basename(file)))
      .filter((file) =>
        /process\.(?:stdout|stderr)\.write|console\./.test(readFileSync(join(folder, file), 'utf8')),
      )
    expect(others).toEqual([])
  })
})
