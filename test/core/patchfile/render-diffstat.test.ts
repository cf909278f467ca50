import { expect, test } from 'vitest'
import { renderDiffstat } from '../../../src/core/patchfile/render-diffstat.ts'
import { shownName } from '../../../src/core/patchfile/shown-name.ts'
import { emptyWorld } from '../../support/demo.ts'
import { written, type Files } from '../../support/patch-mail.ts'

/** As many lines as said, no two alike. */
const lines = (count: number, word = 'line'): string =>
  Array.from({ length: count }, (_, at) => `${word} ${at}\n`).join('')

const LONG = 'roles/a-name-that-is-long/tasks/with-more-folders/below/it/and-a-file.yml'
const NO_FOLDERS = `${'a-name-without-any-folder-'.repeat(4)}.yml`

/** Added and removed lines by file; none where it only comes. */
type Counts = Readonly<Record<string, readonly [added: number, removed: number]>>

test.each<[name: string, counts: Counts]>([
  ['one line', { 'a.yml': [1, 0] }],
  ['lines that only go', { 'a.yml': [0, 2] }],
  ['names of several lengths', { 'a.yml': [3, 1], 'roles/b.yml': [12, 0] }],
  ['more lines than a row has room for', { 'a.yml': [150, 60], 'b.yml': [1, 1], 'c.yml': [0, 90] }],
  ['far more that go than come', { 'a.yml': [1, 400], 'b.yml': [400, 1] }],
  ['a long name with few lines', { [LONG]: [2, 1] }],
  ['a long name with many lines', { [LONG]: [120, 30], 'a.yml': [3, 3] }],
  ['a long name that has no folders', { [NO_FOLDERS]: [70, 1] }],
  ['a name that leaves little room', { 'roles/some/folder/with/a/name/of/fifty/signs/x.yml': [40, 40] }],
])('the table is the one that git writes: %s', (_, counts) => {
  const world = emptyWorld()
  const kept = (removed: number, added: number): Files[string] =>
    `kept\n${lines(removed, 'old')}${lines(added, 'new')}`
  const entries = Object.entries(counts)
  const before = written(
    world,
    Object.fromEntries(entries.map(([path, [, removed]]) => [path, kept(removed, 0)])),
  )
  const after = written(world, Object.fromEntries(entries.map(([path, [added]]) => [path, kept(0, added)])))
  const git = world.git('diff', '--no-renames', '--stat=72', '--summary', before, after)
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  const rows = sorted.map(([name, [added, removed]]) => ({ name, added, removed, summary: [] }))
  expect(renderDiffstat(rows).trim()).toBe(git.trim())
})

test.each([
  ['roles/a.yml', 'roles/b.yml'],
  ['roles/a/tasks/main.yml', 'roles/b/tasks/main.yml'],
  ['roles/tasks/main.yml', 'roles/b/tasks/main.yml'],
  ['roles/b/tasks/main.yml', 'roles/tasks/main.yml'],
  ['main.yml', 'roles/main.yml'],
  ['playbooks/main.yml', 'main.yml'],
  ['a.yml', 'b.yml'],
  ['a/x.yml', 'b/y.yml'],
  ['a/a/a.yml', 'a/a/a/a.yml'],
  ['roles/über.yml', 'roles/b.yml'],
  ['roles/a.yml', 'roles/a "b"\\.yml'],
])('a file that moves from %s to %s is called as git calls it', (from, to) => {
  const world = emptyWorld()
  const before = written(world, { [from]: lines(9) })
  const after = written(world, { [to]: lines(9) })
  const git = world.git('diff', '-M', '--summary', before, after)
  expect(` rename ${shownName({ from, to }, false)} (100%)`.trim()).toBe(git.trim())
})
