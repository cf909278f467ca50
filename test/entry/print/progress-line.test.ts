import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Doing } from '../../../src/core/model/progress/doing.ts'
import { release } from '../../support/pull-request.ts'
import { progressLine } from '../../../src/entry/print/progress-line.ts'
import { endPassing, say, sayBlocks, sayJson, sayTrouble } from '../../../src/entry/print/say.ts'

const TERMINAL = { isTTY: true, columns: 40 } as const
const ENV = { TERM: 'xterm' }
const ERASE = '\r\u001b[K'

let written = ''
beforeEach(() => {
  written = ''
  const keep = (chunk: unknown): boolean => ((written += String(chunk)), true)
  vi.spyOn(process.stderr, 'write').mockImplementation(keep)
  vi.spyOn(process.stdout, 'write').mockImplementation(keep)
})
afterEach(() => {
  endPassing()
  vi.restoreAllMocks()
})

describe('nobody is told where', () => {
  test.each([
    ['somebody wants quiet', { quiet: true as const }, TERMINAL, ENV],
    ['JSON is asked for', { json: true as const }, TERMINAL, ENV],
    ['it goes into a pipe', {}, { isTTY: false }, ENV],
    ['no line can be erased', {}, TERMINAL, { TERM: 'dumb' }],
  ])('%s', (_, manner, stream, env) => {
    expect(progressLine(manner, stream, env)).toBeUndefined()
  })
})

test('one line is written over again: every phase, its count now and then, and its end', () => {
  const tell = progressLine({}, TERMINAL, ENV)
  tell?.({ code: 'reading-releases' })
  for (let at = 1; at <= 5000; at++) tell?.({ code: 'carrying', at, of: 5000 })
  tell?.({ code: 'auditing' })
  const lines = written.split(ERASE).slice(1)
  expect(lines[0]).toBe('… reading releases')
  expect(lines).toContain('… carrying 1 of 5000')
  expect(lines).toContain('… carrying 5000 of 5000')
  expect(lines.at(-1)).toBe('… looking for what would not run')
  expect(lines.length).toBeLessThan(50)
  expect(written).not.toContain('\n')
})

test.each<readonly [string, () => void]>([
  ['an answer', () => say('Done.\n')],
  ['blocks', () => sayBlocks([{ kind: 'paragraph', text: ['Done.'] }])],
  ['JSON', () => sayJson({})],
  ['an error', () => sayTrouble('', 'no')],
  ['the end', () => endPassing()],
])('%s begins on a clean line', (_, act) => {
  progressLine({}, TERMINAL, ENV)?.({ code: 'auditing' })
  written = ''
  act()
  expect(written.startsWith(ERASE)).toBe(true)
  const once = written
  act()
  expect(written.slice(once.length)).not.toContain(ERASE)
})

test('a line never wraps, and nothing in it is obeyed', () => {
  const from = `https://example.org/${'漢字'.repeat(30)}\u001b[2J\n`
  progressLine({}, TERMINAL, ENV)?.({ code: 'fetching', from })
  const [, line = ''] = written.split(ERASE)
  expect(line.length).toBeLessThan(40)
  // eslint-disable-next-line no-control-regex -- controls are what is looked for
  expect(line).not.toMatch(/[\u0000-\u001f]/)
})

test('each phase has its words', () => {
  const all: readonly Doing[] = [
    { code: 'fetching', from: 'there' },
    { code: 'reading-fork' },
    { code: 'reading-releases' },
    { code: 'carrying', at: 7, of: 23 },
    { code: 'editing-inventories', release: release('v2.9.0') },
    { code: 'auditing' },
    { code: 'asking-registries', images: 1 },
    { code: 'mending' },
    { code: 'asking-ansible' },
    { code: 'writing' },
  ]
  for (const doing of all) progressLine({}, { isTTY: true, columns: 200 }, ENV)?.(doing)
  const lines = written.split(ERASE).slice(1)
  expect(new Set(lines).size).toBe(all.length)
  expect(lines).toContain('… carrying 7 of 23')
})
