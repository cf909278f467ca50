import { describe, expect, test } from 'vitest'
import { paragraph } from '../../../src/core/explain/blocks/block.ts'
import { terminalLines } from '../../../src/core/explain/blocks/terminal.ts'
import { bold, code, quoted, say } from '../../../src/core/explain/blocks/text.ts'
import { lookOf } from '../../../src/entry/print/look.ts'
import { drawn } from '../../../src/entry/print/say.ts'

const terminal = { isTTY: true, columns: 90, getColorDepth: () => 8 } as const
const pipe = { isTTY: false } as const

describe('colours', () => {
  test.each([
    ['a terminal', terminal, {}, true],
    ['a terminal without colours', { ...terminal, getColorDepth: () => 1 }, {}, false],
    ['a pipe', pipe, {}, false],
    ['NO_COLOR', terminal, { NO_COLOR: '1' }, false],
    ['NO_COLOR with nothing in it, which says nothing', terminal, { NO_COLOR: '' }, true],
    ['TERM=dumb', terminal, { TERM: 'dumb' }, false],
    ['FORCE_COLOR in a pipe', pipe, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR, with nothing in it', pipe, { FORCE_COLOR: '' }, true],
    ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
    ['FORCE_COLOR goes before NO_COLOR', terminal, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ])('%s', (_, stream, env, hasColours) => {
    expect(lookOf(stream, env).hasColours).toBe(hasColours)
  })
})

describe('width', () => {
  test.each([
    ['as the terminal is', terminal, 90],
    ['of a terminal that does not say', { isTTY: true }, 100],
    ['of one that says nothing sensible', { isTTY: true, columns: 0 }, 100],
    ['of a tiny one', { isTTY: true, columns: 12 }, 40],
    ['of a vast one', { isTTY: true, columns: 400 }, 140],
    ['of a pipe', { isTTY: false }, 110],
  ])('%s', (_, stream, width) => {
    expect(lookOf(stream, {}).width).toBe(width)
  })
})

test('colours are ours alone: what others wrote is shown, not obeyed', () => {
  const evil = '\u001b[31mred\u001b[0m\r\u009b2J'
  const lines = terminalLines([paragraph(say`${bold`error`} ${quoted(evil)} ${code(evil)}`)], 80)
  const coloured = drawn(lines, { hasColours: true })
  // eslint-disable-next-line no-control-regex -- escapes are what is looked for
  const escapes = [...coloured.matchAll(/\u001b\[[\d;]*m/g)].map(([each]) => each)
  expect(escapes.length).toBeGreaterThan(2)
  // eslint-disable-next-line no-control-regex -- escapes are what is looked for
  expect(coloured.replace(/\u001b\[(?:\d+)m/g, '')).toBe(drawn(lines, { hasColours: false }))
  // eslint-disable-next-line no-control-regex -- controls are what is looked for
  expect(drawn(lines, { hasColours: false }).replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
})
