import { expect, test } from 'vitest'
import { bagOf } from '../../../../src/core/merge/line-bag.ts'
import { broughtSince } from '../../../../src/core/merge/taken/brought-since.ts'
import { Workspace } from '../../../../src/core/merge/workspace.ts'

const [ONE, TWO] = ['one_line of it', 'two_line of it']

/** Whether upstream can have brought what a patch puts in, where base and release have these lines. */
function isBrought(put: readonly string[], base: readonly string[], release: readonly string[]): boolean {
  const workspace = new Workspace()
  const entry = (lines: readonly string[]) => {
    return { mode: '100644' as const, oid: workspace.put(lines.map((line) => `${line}\n`)) }
  }
  const change = { path: 'f', to: 'f', before: entry(base), after: entry([...base, ...put]) }
  const lines = { base: bagOf(base), release: bagOf(release), texts: new Map() }
  return broughtSince([change], lines, workspace)
}

test.each([
  ['the release has it and the base has it not', [ONE], [], [ONE], true],
  ['neither has it', [ONE], [], [], true],
  ['the release has it as often as the base', [ONE], [ONE], [ONE], false],
  ['less often, and still', [ONE], [ONE, ONE], [ONE], false],
  ['once more than the base', [ONE], [ONE], [ONE, ONE], true],
  ['the base had it, and the release has it no more', [ONE], [ONE], [], true],
  ['of two lines one was there all along', [ONE, TWO], [ONE], [ONE, TWO], false],
  ['of two lines one was, which counts twice', [ONE, ONE, TWO], [ONE], [ONE, TWO], false],
  ['of three lines one was', [ONE, TWO, 'more_line of it'], [ONE], [ONE, TWO], true],
  ['of three lines two were', [ONE, TWO, 'more_line of it'], [ONE, TWO], [ONE, TWO], false],
  ['what was there says nothing', ['--'], ['--'], ['--'], true],
  ['what was there says little', ['done', ONE], ['done'], ['done', ONE], true],
])('%s', (_what, ...[put, base, release, expected]) => {
  expect(isBrought(put, base, release)).toBe(expected)
})
