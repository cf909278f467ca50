import { expect, test } from 'vitest'
import { deltaOf, effectOf } from '../../../../src/core/merge/delta-of.ts'
import type { Candidate } from '../../../../src/core/merge/taken/find-candidates.ts'
import { restOf } from '../../../../src/core/merge/taken/rest-of.ts'
import { Workspace } from '../../../../src/core/merge/workspace.ts'
import type { Entry } from '../../../../src/core/model/tree.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'
import { rows } from '../../../support/rows.ts'

/** A patch that puts lines into two files, and a commit that has so many of the one's and touches the other not. */
function rest({ touched, has, untouched }: { touched: number; has: number; untouched: number }) {
  const workspace = new Workspace()
  const entry = (text: string): Entry => ({ mode: '100644', oid: workspace.put(splitLines(text)) })
  const change = (path: string, text: string) => ({
    ...{ path, to: path, before: entry('as it was\n'), after: entry(`as it was\n${text}`) },
  })
  const changes = [change('a.txt', rows('mine', touched)), change('b.txt', rows('more', untouched))]
  const done = change('a.txt', rows('mine', has))
  const effect = effectOf([deltaOf(done.before, done.after, workspace)])
  const candidate = { effect, paths: new Set(['a.txt']) } as unknown as Candidate
  return restOf(changes, candidate, workspace)
}

test.each([
  ['a third to the line is one too', { touched: 4, has: 2, untouched: 2 }, true],
  ['a third of the patch is a change of its own', { touched: 66, has: 30, untouched: 34 }, true],
  ['less is what review left out', { touched: 67, has: 30, untouched: 33 }, false],
  ['a commit with all of the other file is a part', { touched: 100, has: 98, untouched: 10 }, true],
  ['one with less is a reviewed form', { touched: 100, has: 97, untouched: 10 }, false],
])('%s', (_title, given, isLarge) => {
  expect(rest(given)).toEqual({ paths: new Set(['b.txt']), isLarge })
})

/** What a commit that touches these files and puts in `mine` leaves of a patch that puts lines into one file. */
function left({ to = 'b.txt', put, touches }: { to?: string; put: string; touches: readonly string[] }) {
  const workspace = new Workspace()
  const entry = (text: string): Entry => ({ mode: '100644', oid: workspace.put(splitLines(text)) })
  const was = entry('as it was\n')
  const effect = effectOf([deltaOf(was, entry(`as it was\n${rows('mine', 3)}`), workspace)])
  const change = { path: 'b.txt', to, before: was, after: entry(`as it was\n${put}`) }
  return restOf([change], { effect, paths: new Set(touches) } as unknown as Candidate, workspace)
}

const NOTHING = { paths: new Set(), isLarge: false }

test.each([
  [
    'that the commit leaves alone',
    { put: rows('more', 3), touches: ['a.txt'] },
    { paths: new Set(['b.txt']), isLarge: true },
  ],
  ['that it touches', { put: rows('more', 3), touches: ['b.txt'] }, NOTHING],
  ['that it touches under the new name', { to: 'c.txt', put: rows('more', 3), touches: ['c.txt'] }, NOTHING],
  [
    'of which it has a line elsewhere',
    { put: rows('mine', 1) + rows('more', 2), touches: ['a.txt'] },
    NOTHING,
  ],
  ['in which the patch changes nothing that says anything', { put: '--\n', touches: ['a.txt'] }, NOTHING],
])('a file %s', (_which, given, expected) => {
  expect(left(given)).toEqual(expected)
})
