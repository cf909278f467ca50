import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonText, terminalText } from '../../../src/entry/print/say.ts'
import { demoWorld } from '../../support/demo.ts'
import { runs } from '../../support/fast-check.ts'
import { multiarch } from '../../support/run-multiarch.ts'

/** What a terminal obeys, or shows otherwise than it is. */
// eslint-disable-next-line no-control-regex -- controls are what is looked for
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/

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

const ESCAPE = '\u001b]0;owned\u0007\u009b31m\u202eevil'

test('a title, a branch and an argument with escapes reach no terminal', async () => {
  const world = await demoWorld()
  const [file = ''] = world.git('ls-files', 'roles').split('\n')
  appendFileSync(join(world.path, file), '# one more line\n')
  world.git('commit', '--quiet', '--all', '-m', ESCAPE)
  for (const args of [
    ['plan', world.path],
    ['plan', world.path, '--json'],
    ['upgrade', world.path, '--dry-run'],
    ['upgrade', world.path, '--dry-run', '--json'],
    ['explain', world.path, 'evil'],
    ['plan', world.path, '--branch', ESCAPE],
    ['plan', world.path, '--branch', ESCAPE, '--json'],
    ['explain', world.path, ESCAPE.replace('evil', 'evils')],
    ['upgrade', world.path, '--onto', ESCAPE],
    ['audit', world.path, '--rev', ESCAPE],
    ['release', ESCAPE, '--upstream', world.path],
    ['plan', world.path, `--${ESCAPE}`],
    [ESCAPE],
  ]) {
    const { code, out, err } = await multiarch(...args)
    expect([0, 2, 3]).toContain(code)
    expect((out + err).replaceAll('\n', ''), args.join(' ')).not.toMatch(OBEYED)
    expect(out + err).toContain('evil')
  }
}, 60_000)
