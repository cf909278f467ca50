import { expect, test } from 'vitest'
import { ReleasesAhead } from '../../../src/app/plan/releases-ahead.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { Tree } from '../../../src/core/model/tree.ts'
import type { ObjectReader } from '../../../src/ports/object-store.ts'

const oid = (digit: string): Oid => digit.repeat(40) as Oid
const [FIRST, SECOND, A, B, C] = ['1', '2', 'a', 'b', 'c'].map(oid) as [Oid, Oid, Oid, Oid, Oid]
const file = (blob: Oid) => ({ mode: '100644' as const, oid: blob })

/** A store that notes what is asked of it. */
function store() {
  const asked: string[] = []
  const tree: Tree = new Map([
    ['a', file(A)],
    ['b', file(B)],
    ['c', file(C)],
  ])
  const objects: ObjectReader = {
    readCommits: () => Promise.reject(new Error('nobody asks for commits')),
    readTree: (release) => {
      asked.push(`tree ${release[0]}`)
      return Promise.resolve(tree)
    },
    readBlobs: (oids) => {
      asked.push(`blobs ${oids.map((each) => each[0]).join(' ')}`)
      return Promise.resolve(new Map(oids.map((each) => [each, new TextEncoder().encode(each)])))
    },
  }
  return { asked, objects }
}

test('what several questions ask of a release is read once; of the next one anew', async () => {
  const { asked, objects } = store()
  const releases = new ReleasesAhead(objects)
  const first = await releases.open(FIRST, () => [A, B, A])
  expect([...first.blobs.keys()]).toEqual([A, B])
  const second = await releases.open(FIRST, () => [B, C])
  expect([...second.blobs.keys()]).toEqual([A, B, C])
  await releases.open(FIRST, () => [A, C])
  expect(asked).toEqual(['tree 1', 'blobs a b', 'blobs c'])
  const next = await releases.open(SECOND, () => [C])
  expect([...next.blobs.keys()]).toEqual([C])
  expect(asked.slice(3)).toEqual(['tree 2', 'blobs c'])
  // What a file says is the same in every release.
  expect([next.read, next.documents]).toEqual([first.read, first.documents])
  expect(next.documents).toBe(first.documents)
})
