import { expect, test } from 'vitest'
import { sayReason } from '../../../src/core/explain/say-reason.ts'
import { mergeTree } from '../../../src/core/merge/merge-tree.ts'
import { patchChanges } from '../../../src/core/merge/patch-changes.ts'
import { Workspace } from '../../../src/core/merge/workspace.ts'
import type { Conversation } from '../../../src/core/merge/conversation.ts'
import type { Entry, Mode, Tree } from '../../../src/core/model/tree.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { splitLines } from '../../../src/core/text/split-lines.ts'
import { longText } from '../../support/carry.ts'
import { rows } from '../../support/rows.ts'

type Written = string | readonly [mode: Mode, content: string]
type Files = Readonly<Record<string, Written>>

/** Carries what turns one tree into another onto a third; nothing is asked for, since everything is at hand. */
function merge(base: Files, patch: Files, upstream: Files, own: Files = {}) {
  const workspace = new Workspace()
  const treeOf = (files: Files): Tree =>
    new Map(
      Object.entries(files).map(([path, written]): [string, Entry] => {
        const [mode, content] = typeof written === 'string' ? (['100644', written] as const) : written
        return [path, { mode, oid: workspace.put(splitLines(content)) }]
      }),
    )
  const [from, onto] = [treeOf(base), treeOf(upstream)]
  const sides = { base: from, upstream: onto, series: { base: from, release: onto, own: treeOf(own) } }
  const done = answer(mergeTree(sides, answer(patchChanges(sides.base, treeOf(patch), workspace)), workspace))
  return {
    outcomes: done.outcomes.map(
      ({ path, to, verdict }) => `${path}${to === path ? '' : ` → ${to}`}: ${verdict}`,
    ),
    changes: Object.fromEntries(
      [...done.changes].map(([path, entry]) => [
        path,
        entry && `${entry.mode} ${textOf(entry.oid, workspace)}`,
      ]),
    ),
    reasons: done.outcomes.map(sayReason).join(' '),
  }
}

function textOf(oid: Oid, workspace: Workspace): string {
  return (workspace.lines(oid) ?? []).join('')
}

/** What a conversation comes to that has nothing to ask. */
function answer<T>(conversation: Conversation<T>): T {
  const step = conversation.next()
  if (!step.done) throw new Error('everything is at hand, and something was asked for')
  return step.value
}

const OLD = rows('alpha', 12)
const MINE = OLD.replace('alpha says 02', 'words of mine')
const THEIRS = OLD.replace('alpha says 09', 'their words b')
const BOTH = MINE.replace('alpha says 09', 'their words b')
const CLASH = OLD.replace('alpha says 02', 'their words b')

test.each<
  readonly [string, Files, Files, Files, readonly string[], Readonly<Record<string, string | undefined>>]
>([
  [
    'a file that the release left alone',
    { a: OLD },
    { a: MINE },
    { a: OLD },
    ['a: clean'],
    { a: `100644 ${MINE}` },
  ],
  ['a file that both changed', { a: OLD }, { a: MINE }, { a: THEIRS }, ['a: clean'], { a: `100644 ${BOTH}` }],
  ['a file that the release has so', { a: OLD }, { a: MINE }, { a: MINE }, ['a: upstreamed'], {}],
  ['lines that both changed', { a: OLD }, { a: MINE }, { a: CLASH }, ['a: conflict'], {}],
  [
    'a file that the patch deletes',
    { a: OLD, b: OLD },
    { b: OLD },
    { a: OLD, b: OLD },
    ['a: clean'],
    { a: undefined },
  ],
  ['one that the release changed', { a: OLD }, {}, { a: THEIRS }, ['a: conflict'], {}],
  ['one that the release deleted too', { a: OLD }, {}, {}, ['a: upstreamed'], {}],
  ['a changed file that the release deleted', { a: OLD }, { a: MINE }, { z: 'other\n' }, ['a: obsolete'], {}],
  ['a file that the patch adds', {}, { n: MINE }, {}, ['n: clean'], { n: `100644 ${MINE}` }],
  ['one that the release added so', {}, { n: MINE }, { n: MINE }, ['n: upstreamed'], {}],
  ['one that the release added otherwise', {}, { n: MINE }, { n: 'other\n' }, ['n: conflict'], {}],
  ['one where the release has a folder', {}, { n: MINE }, { 'n/x': OLD }, ['n: conflict'], {}],
  ['one in what the release has as a file', {}, { 'n/x': MINE }, { n: OLD }, ['n/x: conflict'], {}],
  [
    'a file that the patch renames',
    { a: OLD },
    { b: MINE },
    { a: THEIRS },
    ['a → b: clean'],
    { a: undefined, b: `100644 ${BOTH}` },
  ],
  [
    'a file that the release renamed',
    { a: OLD },
    { a: MINE },
    { c: OLD },
    ['a → c: moved'],
    { c: `100644 ${MINE}` },
  ],
  ['one that both renamed', { a: OLD }, { b: MINE }, { c: OLD }, ['a → c: adapted'], { c: `100644 ${MINE}` }],
  [
    'one that the patch renames and the release deleted',
    { a: OLD },
    { b: MINE },
    { z: 'other\n' },
    ['a → b: adapted'],
    { b: `100644 ${MINE}` },
  ],
  [
    'a mode that the patch changes',
    { a: OLD },
    { a: ['100755', OLD] },
    { a: THEIRS },
    ['a: clean'],
    { a: `100755 ${THEIRS}` },
  ],
  [
    'modes that both changed',
    { a: OLD },
    { a: ['100755', OLD] },
    { a: ['120000', OLD] },
    ['a: conflict'],
    {},
  ],
  [
    'a link that both point elsewhere',
    { a: ['120000', 'x'] },
    { a: ['120000', 'y'] },
    { a: ['120000', 'z'] },
    ['a: conflict'],
    {},
  ],
])('%s', (_title, ...row) => {
  const [base, patch, upstream, outcomes, changes] = row
  expect(merge(base, patch, upstream)).toMatchObject({ outcomes, changes })
})

test('the files of a patch are settled each by itself, and what one comes to is said of it alone', () => {
  const done = merge(
    { a: OLD, b: OLD, 'c.txt': OLD },
    { a: MINE, b: MINE, 'c.txt': MINE, 'd.txt': 'mine\n' },
    { a: OLD, b: CLASH, 'c.txt': MINE },
  )
  expect(done.outcomes).toEqual(['a: clean', 'b: conflict', 'c.txt: upstreamed', 'd.txt: clean'])
  expect(Object.keys(done.changes)).toEqual(['a', 'd.txt'])
})

test('a name that the release has elsewhere is told where its file is too different to be followed', () => {
  const done = merge({ 'x/a.txt': OLD }, { 'x/a.txt': MINE }, { 'y/a.txt': rows('other', 12) })
  expect(done.outcomes).toEqual(['x/a.txt: obsolete'])
  expect(done.reasons).toContain('`y/a.txt` has its name')
})

/** What the patch does to `a.txt`, what the release does, and what is said of the release. */
const WHOLE: Readonly<
  Record<string, { readonly patch: Files; readonly release: Files; readonly said: string }>
> = {
  'the patch changes it, the release does not': {
    patch: { 'a.txt': longText('a', { 2: 'mine' }) },
    release: { 'a.txt': longText('a') },
    said: 'The release never touched this file.',
  },
  'the patch changes it, the release moves it as it is': {
    patch: { 'a.txt': longText('a', { 2: 'mine' }) },
    release: { 'b.txt': longText('a') },
    said: 'The release moved this file and changed nothing in it.',
  },
  'the patch renames it, the release does nothing': {
    patch: { 'c.txt': longText('a') },
    release: { 'a.txt': longText('a') },
    said: 'The release never touched this file.',
  },
  'the patch renames it, the release changes it': {
    patch: { 'c.txt': longText('a') },
    release: { 'a.txt': longText('a', { 9: 'theirs' }) },
    said: 'The patch only renames it; what the release changed in it is in.',
  },
  'the patch renames and changes it, the release changes it so too': {
    patch: { 'c.txt': longText('a', { 2: 'same' }) },
    release: { 'a.txt': longText('a', { 2: 'same' }) },
    said: 'The release has this content already.',
  },
}

test.each(Object.entries(WHOLE))(
  'what the release did with a file is said as it was: %s',
  (_title, { patch, release, said }) => {
    expect(merge({ 'a.txt': longText('a') }, patch, release).reasons).toBe(said)
  },
)

test.each([
  ['goes where it is the release’s', {}, { 'b.txt': undefined }],
  ['stays where the fork has it as its own', { 'b.txt': OLD }, {}],
])(
  'what a file is that a patch deletes, and the release has under another name: it %s',
  (_, own, changes) => {
    expect(merge({ 'a.txt': OLD }, {}, { 'b.txt': OLD }, own).changes).toEqual(changes)
  },
)

const [BINARY, OTHER] = ['a\0b', 'a\0c']
test.each<[string, Written, Written, string, string | undefined]>([
  ['the patch makes it executable, the release changes it', ['100755', BINARY], OTHER, 'clean', '100755'],
  ['the patch changes it, the release makes it executable', OTHER, ['100755', BINARY], 'clean', '100755'],
  [
    'both change it alike, the release makes it executable too',
    OTHER,
    ['100755', OTHER],
    'upstreamed',
    undefined,
  ],
  ['both change it', OTHER, 'a\0d', 'conflict', undefined],
])('of what is no text mode and content are settled each by itself: %s', (...row) => {
  const [, patch, release, verdict, mode] = row
  const done = merge({ 'a.bin': BINARY }, { 'a.bin': patch }, { 'a.bin': release })
  expect(done.outcomes).toEqual([`a.bin: ${verdict}`])
  expect(done.changes['a.bin']?.slice(0, 6)).toBe(mode)
})
