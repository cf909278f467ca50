import { expect, test } from 'vitest'
import { carryStory, longText } from '../../support/carry.ts'
import type { FileContent, Files } from '../../support/history.ts'

const OLD = longText('alpha')
const MINE = longText('alpha', { 2: 'a line of mine' })
const THEIRS = longText('alpha', { 10: 'a line of theirs' })
const BOTH = longText('alpha', { 2: 'a line of mine', 10: 'a line of theirs' })

const program = (content: string): FileContent => ({ mode: '100755', content })
const link = (target: string): FileContent => ({ mode: '120000', content: target })
const submodule = (name: string): FileContent => ({ mode: '160000', content: name })

/** One path on three sides; upstream has another commit besides, so that there is history to ask. */
async function at(
  base: FileContent | undefined,
  upstream: FileContent | undefined,
  patch: FileContent | undefined,
) {
  const only = (content: FileContent | undefined): Files => (content === undefined ? {} : { it: content })
  const changed = (content: FileContent | undefined): Files => (content === base ? {} : { it: content })
  const carried = await carryStory({
    base: { ...only(base), other: 'other\n' },
    patch: changed(patch),
    upstream: { upstream: changed(upstream), more: { other: 'more\n' } },
  })
  return { carried, entry: carried.tree.get('it'), before: carried.onto.get('it') }
}

test.each([
  ['the patch made it executable, upstream changed its lines', OLD, THEIRS, program(OLD), program(THEIRS)],
  ['upstream made it executable, the patch changed its lines', OLD, program(OLD), MINE, program(MINE)],
  ['both made it executable, and changed it apart', OLD, program(THEIRS), program(MINE), program(BOTH)],
  ['the patch took the bit away', program(OLD), program(THEIRS), OLD, THEIRS],
  ['a link that only the patch turned', link('a'), link('a'), link('b'), link('b')],
  ['a submodule that only the patch moved', submodule('a'), submodule('a'), submodule('b'), submodule('b')],
  ['a file that only the patch made a link', OLD, OLD, link('a'), link('a')],
  ['a binary file that only the patch changed', 'a\0b', 'a\0b', 'a\0c', 'a\0c'],
  ['a new program', undefined, undefined, program(OLD), program(OLD)],
  ['a new link', undefined, undefined, link('a'), link('a')],
] as [string, ...(FileContent | undefined)[]][])('settled: %s', async (_title, ...row) => {
  const [base, upstream, patch, expected] = row
  const { carried, entry } = await at(base, upstream, patch)
  expect(carried.verdict).toBe('clean')
  const wanted = await at(undefined, undefined, expected)
  expect(entry).toEqual(wanted.entry)
})

test.each([
  ['a link that both turned', link('a'), link('b'), link('c')],
  ['a binary file that both changed', 'a\0b', 'a\0c', 'a\0d'],
  ['a text that is no UTF-8, changed by both', latin('a'), latin('b'), latin('c')],
  ['a file that the patch made a link and upstream changed', OLD, THEIRS, link('a')],
  ['a link that upstream made a file and the patch turned', link('a'), OLD, link('b')],
  ['a file that upstream made a submodule and the patch changed', OLD, submodule('a'), MINE],
  ['two links put in at one path', undefined, link('a'), link('b')],
  ['a file and a link put in at one path', undefined, OLD, link('b')],
  ['two texts put in at one path', undefined, 'the one\n', 'the other\n'],
  ['two binary files put in at one path', undefined, 'a\0b', 'a\0c'],
  ['a file that the patch deletes and upstream changed', OLD, THEIRS, undefined],
] as [string, ...(FileContent | undefined)[]][])(
  'left open, as upstream has it: %s',
  async (_title, ...row) => {
    const [base, upstream, patch] = row
    const { carried, entry, before } = await at(base, upstream, patch)
    expect(carried.verdict).toBe('conflict')
    expect(carried.file('it').verdict).toBe('conflict')
    expect(carried.nothingLeft).toBe(true)
    expect(entry).toEqual(before)
  },
)

test.each([
  ['a link that both turned alike', link('a'), link('b'), link('b')],
  ['a submodule that both moved alike', submodule('a'), submodule('b'), submodule('b')],
  ['a binary file that both changed alike', 'a\0b', 'a\0c', 'a\0c'],
  ['a bit that both set', OLD, program(OLD), program(OLD)],
  ['a file that both deleted', OLD, undefined, undefined],
  ['a file that both put in', undefined, OLD, OLD],
] as [string, ...(FileContent | undefined)[]][])('there already: %s', async (_title, ...row) => {
  const [base, upstream, patch] = row
  const { carried } = await at(base, upstream, patch)
  expect(carried.verdict).toBe('upstreamed')
  expect(carried.nothingLeft).toBe(true)
})

test.each([
  ['a file where upstream has a folder', { thing: 'a file\n' }, { 'thing/inside': 'a file\n' }],
  ['a folder where upstream has a file', { 'thing/deep/inside': 'a file\n' }, { thing: 'a file\n' }],
] as [string, Files, Files][])('open: the patch adds %s', async (_title, patch, upstream) => {
  const carried = await carryStory({ base: { other: 'other\n' }, patch, upstream: { upstream } })
  expect(carried.verdict).toBe('conflict')
  expect(carried.nothingLeft).toBe(true)
})

function latin(letter: string): Uint8Array {
  return Uint8Array.of(letter.charCodeAt(0), 0xe9, 0x0a)
}
