import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doesAsItIs, refreshMail } from '../../../src/core/patchfile/refresh-mail.ts'
import { emptyWorld } from '../../support/demo.ts'
import { runs } from '../../support/fast-check.ts'
import {
  goalOf,
  mailOf,
  wholeOf,
  written,
  patchOf,
  plainPatch,
  TOOLS,
  contentOf,
  statOf,
  changedLines,
  refreshed,
  type Files,
} from '../../support/patch-mail.ts'

const LINES = Array.from({ length: 40 }, (_, at) => `line ${at + 1}\n`)
const FILE = LINES.join('')
/** The file with lines replaced, by number; an empty text takes one away. */
const text = (changes: Readonly<Record<number, string>> = {}): string =>
  LINES.map((line, at) => changes[at + 1] ?? line).join('')

interface Row {
  readonly name: string
  readonly base?: Files
  /** What the patch makes of it. */
  readonly patched: Files
  readonly release: Files
  /** What it is to make of the release. */
  readonly wanted: Files
  readonly moved?: Readonly<Record<string, string>>
  /** Lines of the patch that become others, `-` and `+`; none where it stays to the byte. */
  readonly changes: readonly string[]
  /** How the patch is written. */
  readonly args?: readonly string[]
}

const PATCHED = { 'roles/a.yml': text({ 20: 'mine\n' }) }
const TOP = '# new\n# new\n'

const ROWS: readonly Row[] = [
  {
    name: 'nothing changed around it',
    patched: PATCHED,
    release: { 'roles/a.yml': FILE },
    wanted: PATCHED,
    changes: [],
  },
  {
    name: 'it only moved',
    patched: PATCHED,
    release: { 'roles/a.yml': TOP + FILE },
    wanted: { 'roles/a.yml': TOP + text({ 20: 'mine\n' }) },
    changes: [],
  },
  {
    name: 'a line beside it is another',
    patched: PATCHED,
    release: { 'roles/a.yml': text({ 19: 'theirs\n' }) },
    wanted: { 'roles/a.yml': text({ 19: 'theirs\n', 20: 'mine\n' }) },
    changes: ['- line 19', '+ theirs'],
  },
  {
    name: 'of two places one only moved, and beside the other a line is another',
    patched: { 'roles/a.yml': text({ 5: 'mine\n', 30: 'mine too\n' }) },
    release: { 'roles/a.yml': TOP + text({ 31: 'theirs\n' }) },
    wanted: { 'roles/a.yml': TOP + text({ 5: 'mine\n', 30: 'mine too\n', 31: 'theirs\n' }) },
    changes: ['-@@ -27,7 +27,7 @@ line 26', '+@@ -29,7 +29,7 @@ line 26', '- line 31', '+ theirs'],
  },
  {
    name: 'a part of it is in the release',
    patched: { 'roles/a.yml': text({ 5: 'mine\n', 30: 'mine too\n' }) },
    release: { 'roles/a.yml': text({ 5: 'mine\n' }) },
    wanted: { 'roles/a.yml': text({ 5: 'mine\n', 30: 'mine too\n' }) },
    changes: [
      '- roles/a.yml | 4 ++--',
      '- 1 file changed, 2 insertions(+), 2 deletions(-)',
      '+ roles/a.yml | 2 +-',
      '+ 1 file changed, 1 insertion(+), 1 deletion(-)',
      '-@@ -2,7 +2,7 @@ line 1',
      '- line 2',
      '- line 3',
      '- line 4',
      '--line 5',
      '-+mine',
      '- line 6',
      '- line 7',
      '- line 8',
    ],
  },
  {
    name: 'one of its files is in the release',
    base: { 'roles/a.yml': FILE, 'roles/b.yml': FILE },
    patched: { 'roles/a.yml': text({ 5: 'mine\n' }), 'roles/b.yml': text({ 7: 'mine\n' }) },
    release: { 'roles/a.yml': text({ 5: 'mine\n' }), 'roles/b.yml': FILE },
    wanted: { 'roles/a.yml': text({ 5: 'mine\n' }), 'roles/b.yml': text({ 7: 'mine\n' }) },
    changes: [
      '- roles/a.yml | 2 +-',
      '- 2 files changed, 2 insertions(+), 2 deletions(-)',
      '+ 1 file changed, 1 insertion(+), 1 deletion(-)',
      '-diff --git a/roles/a.yml b/roles/a.yml',
      '---- a/roles/a.yml',
      '-+++ b/roles/a.yml',
      '-@@ -2,7 +2,7 @@ line 1',
      '- line 2',
      '- line 3',
      '- line 4',
      '--line 5',
      '-+mine',
      '- line 6',
      '- line 7',
      '- line 8',
    ],
  },
  {
    name: 'its file has another name',
    patched: PATCHED,
    release: { 'roles/long/name.yml': FILE },
    moved: { 'roles/a.yml': 'roles/long/name.yml' },
    wanted: { 'roles/long/name.yml': text({ 20: 'mine\n' }) },
    changes: [
      '- roles/a.yml | 2 +-',
      '+ roles/long/name.yml | 2 +-',
      '-diff --git a/roles/a.yml b/roles/a.yml',
      '---- a/roles/a.yml',
      '-+++ b/roles/a.yml',
      '+diff --git a/roles/long/name.yml b/roles/long/name.yml',
      '+--- a/roles/long/name.yml',
      '++++ b/roles/long/name.yml',
    ],
  },
  {
    name: 'the same lines stand twice in the release, and it moved',
    base: { 'roles/a.yml': `head\n${'a\nb\nc\nd\ne\nf\ng\n'}` },
    patched: { 'roles/a.yml': `head\n${'a\nb\nc\nmine\ne\nf\ng\n'}` },
    release: { 'roles/a.yml': `head\n${'a\nb\nc\nd\ne\nf\ng\n'.repeat(3)}` },
    wanted: { 'roles/a.yml': `head\n${'a\nb\nc\nd\ne\nf\ng\n'.repeat(2)}${'a\nb\nc\nmine\ne\nf\ng\n'}` },
    changes: ['-@@ -2,7 +2,7 @@ head', '+@@ -16,7 +16,7 @@ head'],
  },
  {
    name: 'the head of the file, where the release has more above it',
    patched: { 'roles/a.yml': `mine\n${FILE}` },
    release: { 'roles/a.yml': TOP + FILE },
    wanted: { 'roles/a.yml': `${TOP}mine\n${FILE}` },
    changes: ['-@@ -1,3 +1,4 @@', '+@@ -1,5 +1,6 @@', '+ # new', '+ # new'],
  },
  {
    name: 'a file that it adds, one that it takes away, and a mode',
    base: { 'roles/a.yml': FILE, 'roles/b.yml': 'b\n', 'run.sh': 'x\n' },
    patched: { 'roles/a.yml': FILE, 'roles/c.yml': 'c\n', 'run.sh': 'x\n!' },
    release: { 'roles/a.yml': FILE, 'roles/b.yml': 'b\n', 'run.sh': 'x\n' },
    wanted: { 'roles/a.yml': FILE, 'roles/c.yml': 'c\n', 'run.sh': 'x\n!' },
    changes: [],
  },
  {
    name: 'no context at all',
    patched: PATCHED,
    release: { 'roles/a.yml': TOP + FILE },
    wanted: { 'roles/a.yml': TOP + text({ 20: 'mine\n' }) },
    args: ['-U0'],
    changes: [],
  },
  {
    name: 'an addition without any context, which only its line number places',
    patched: { 'roles/a.yml': text({ 20: 'line 20\nmine\n' }) },
    release: { 'roles/a.yml': TOP + FILE },
    wanted: { 'roles/a.yml': TOP + text({ 20: 'line 20\nmine\n' }) },
    args: ['-U0'],
    changes: ['-@@ -20,0 +21 @@ line 20', '+@@ -22,0 +23 @@ line 20'],
  },
  {
    name: 'no line end at the end',
    base: { 'roles/a.yml': `${FILE}end` },
    patched: { 'roles/a.yml': `${FILE}mine` },
    release: { 'roles/a.yml': `${text({ 39: 'theirs\n' })}end` },
    wanted: { 'roles/a.yml': `${text({ 39: 'theirs\n' })}mine` },
    changes: ['- line 39', '+ theirs'],
  },
]

test.each(ROWS)('$name', (row) => {
  const { base = { 'roles/a.yml': FILE }, patched, release, wanted, moved = {}, changes, args = [] } = row
  const world = emptyWorld()
  const before = written(world, base)
  const patch = patchOf(world, before, patched, args)
  const target = written(world, release)
  const mail = mailOf(patch)
  const now = refreshed(mail, { base, release, wanted, moved })
  expect(changedLines(patch, now)).toEqual(changes)
  // Both tools that people apply it with come to the same.
  for (const tool of TOOLS) {
    world.git('checkout', '--quiet', '--force', target)
    world.git('clean', '--quiet', '-fd')
    tool(world, now, args)
    const tree = world.git('ls-files', '--cached', '--others', '--exclude-standard')
    const left = tree
      .split('\n')
      .filter((path) => path !== '' && world.git('ls-files', '--deleted', path) === '')
    expect(Object.fromEntries([...new Set(left)].map((path) => [path, contentOf(world, path)]))).toEqual(
      wanted,
    )
  }
  // And its table is the one that git writes.
  const own = patchOf(world, target, wanted, args)
  expect(statOf(now)).toBe(statOf(own))
})

test('nothing left to do is no patch', () => {
  const files = { 'roles/a.yml': FILE }
  const world = emptyWorld()
  const mail = mailOf(patchOf(world, written(world, files), PATCHED))
  expect(
    refreshMail(mail, goalOf(mail, { base: files, release: PATCHED, wanted: PATCHED, moved: {} })),
  ).toBeUndefined()
})

test('whatever the two sides made of other lines, the refreshed patch does what was carried, and stays where it does so as it is', () => {
  const lines = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(lines, lines, fc.nat(3), fc.boolean(), (mine, theirs, above, hasHeads) => {
      const own = mine.filter((line) => !theirs.includes(line))
      if (own.length === 0) return
      const by = (numbers: readonly number[], word: string): Record<number, string> =>
        Object.fromEntries(numbers.map((line) => [line, `${word} ${line}\n`]))
      const top = '# above\n'.repeat(above)
      const mail = plainPatch(FILE, text(by(own, 'mine')), hasHeads)
      const release = { 'roles/a.yml': top + text(by(theirs, 'theirs')) }
      const wanted = { 'roles/a.yml': top + text({ ...by(theirs, 'theirs'), ...by(own, 'mine') }) }
      const goal = goalOf(mail, { base: { 'roles/a.yml': FILE }, release, wanted, moved: {} })
      const now = mailOf(refreshed(mail, { base: { 'roles/a.yml': FILE }, release, wanted, moved: {} }))
      expect(doesAsItIs(now, goal)).toBe(true)
      const isAlone = own.every((line) => theirs.every((other) => Math.abs(line - other) > 3))
      // git takes a hunk that begins with the first line for one of the file's head.
      const isAtHead = above > 0 && own.some((line) => line <= 4)
      if (isAlone && !isAtHead) expect(wholeOf(now)).toBe(wholeOf(mail))
    }),
    runs(300),
  )
})
