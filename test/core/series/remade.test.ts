import { expect, test } from 'vitest'
import { sayReason } from '../../../src/core/explain/say-reason.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { Tree } from '../../../src/core/model/tree.ts'
import type { FileOutcome, Verdict } from '../../../src/core/model/verdict.ts'
import { remade, type PatchOutcome } from '../../../src/core/series/remade.ts'
import type { Patch } from '../../../src/core/series/series.ts'

const UPSTREAM = ['a'.repeat(40) as Oid]

function tree(files: Readonly<Record<string, string>>): Tree {
  return new Map(
    Object.entries(files).map(([path, oid]) => [path, { mode: '100644' as const, oid: oid as Oid }]),
  )
}

function patch(...paths: readonly string[]): Patch {
  const changes = paths.map((path) => ({ path, before: undefined, after: undefined }))
  return { id: 'recipe:x', title: 'Mend it', changes } as unknown as Patch
}

function file(path: string, verdict: Verdict): FileOutcome {
  return {
    path,
    to: path,
    verdict,
    reasons: [{ code: 'by-lines' }],
    upstream: verdict === 'upstreamed' ? UPSTREAM : [],
  }
}

const RELEASE = tree({ a: '1', b: '1' })
const CLEAN: PatchOutcome = {
  verdict: 'clean',
  tree: tree({ a: '2', b: '1' }),
  upstream: [],
  files: [file('a', 'clean')],
}
const OPEN: PatchOutcome = {
  verdict: 'conflict',
  tree: RELEASE,
  upstream: [],
  files: [file('a', 'conflict')],
}
const TAKEN: PatchOutcome = {
  ...OPEN,
  verdict: 'upstreamed',
  upstream: UPSTREAM,
  files: [file('a', 'upstreamed')],
}

test('lines that come out as the recipe would write them keep their verdict', () => {
  expect(remade(patch('a'), { onto: RELEASE, merged: CLEAN, made: CLEAN.tree })).toBe(CLEAN)
})

test.each([
  ['clean', CLEAN],
  ['open', OPEN],
  ['taken by a commit', TAKEN],
])('a recipe with more or other things to do is made anew, be its lines %s', (_, merged) => {
  const made = tree({ a: '3', b: '3' })
  const { verdict, tree: after, files } = remade(patch('a', 'c'), { onto: RELEASE, merged, made })
  expect(verdict).toBe('adapted')
  expect(after).toBe(made)
  expect(files.map(({ path, verdict: each }) => `${path} ${each}`)).toEqual([
    'a adapted',
    'b adapted',
    'c upstreamed',
  ])
})

test.each([
  ['clean', CLEAN],
  ['open', OPEN],
])('a recipe with nothing to do retires, be its lines %s', (_, merged) => {
  const { verdict, tree: after, files } = remade(patch('a'), { onto: RELEASE, merged, made: undefined })
  expect([verdict, after, files[0]?.verdict]).toEqual(['upstreamed', RELEASE, 'upstreamed'])
  expect(files.map(sayReason)[0]).toContain('The release does this itself')
})

test('the commit that took it is named where there is one', () => {
  const { upstream, files } = remade(patch('a'), { onto: RELEASE, merged: TAKEN, made: undefined })
  expect([upstream, files]).toEqual([UPSTREAM, TAKEN.files])
})

test('what an earlier patch of the same recipe does now is nothing of its own any more', () => {
  const earlier = patch('a')
  const { verdict, files } = remade(patch('a'), { onto: RELEASE, merged: CLEAN, made: undefined, earlier })
  expect(verdict).toBe('obsolete')
  expect(files.map(sayReason)[0]).toContain('“Mend it” was made again')
})
