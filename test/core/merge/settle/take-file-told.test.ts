import { expect, test } from 'vitest'
import { takeFile } from '../../../../src/core/merge/settle/take-file.ts'
import { Workspace } from '../../../../src/core/merge/workspace.ts'
import { blobOid, type Oid } from '../../../../src/core/model/oid.ts'
import type { ConflictSide } from '../../../../src/core/model/sides.ts'
import type { Entry } from '../../../../src/core/model/tree.ts'
import { converse } from '../../../../src/app/carry/converse.ts'

/** A file by its text on each side; where nothing is named it is not there. */
interface File {
  readonly base?: string
  readonly upstream?: string
  readonly patch?: string
  /** What the patch makes of its name, and the name that the release has it under. */
  readonly to?: string
  readonly at?: string
}

/** What is told of having a side, and what becomes of the tree. */
async function had(
  side: ConflictSide,
  { base, upstream, patch, to = 'f', at = 'f' }: File,
): Promise<unknown> {
  const blobs = new Map<Oid, Uint8Array>()
  const entryOf = (text: string | undefined): Entry | undefined => {
    if (text === undefined) return undefined
    const bytes = new TextEncoder().encode(text)
    blobs.set(blobOid(bytes), bytes)
    return { mode: '100644', oid: blobOid(bytes) }
  }
  const there = entryOf(upstream)
  const workspace = new Workspace()
  const conflict = {
    change: { path: 'f', to, before: entryOf(base), after: entryOf(patch) },
    at,
    tree: new Map(there ? [[at, there]] : []),
  }
  const world = { readBlobs: () => Promise.resolve(blobs), log: () => Promise.resolve([]) }
  const taken = await converse(takeFile(conflict, side, workspace), world, undefined)
  if (taken.kind === 'refused') return taken.why.code
  const made = workspace.takeMade()
  const textOf = (entry: Entry | undefined): string | undefined =>
    entry && new TextDecoder().decode(made.get(entry.oid) ?? blobs.get(entry.oid))
  const { isWhole, isChosen, leftOut } = taken
  const changes = Object.fromEntries([...taken.changes].map(([path, entry]) => [path, textOf(entry)]))
  return { changes, isWhole, isChosen, leftOut }
}

const WHOLE = { isWhole: true, isChosen: true, leftOut: [] }
const IN_TEXT = { isWhole: false, isChosen: true }

test('a file that the release has no more comes back whole, or stays away', async () => {
  const file = { base: 'a\n', patch: 'mine\n' }
  expect(await had('mine', file)).toEqual({ ...WHOLE, changes: { f: 'mine\n' } })
  expect(await had('upstream', file)).toEqual({ ...WHOLE, changes: {} })
  expect(await had('both', file)).toBe('deleted')
})

test('what both deleted is away, whichever side is had', async () => {
  for (const side of ['mine', 'upstream', 'both'] as const)
    expect(await had(side, { base: 'a\n' })).toEqual({ ...WHOLE, changes: {} })
})

test('a text that merges by itself is merged: nothing was chosen, and nothing is left out', async () => {
  const file = { base: 'a\nb\nc\nd\n', upstream: 'there\nb\nc\nd\n', patch: 'a\nb\nc\n' }
  for (const side of ['mine', 'upstream', 'both'] as const)
    expect(await had(side, file)).toEqual({
      changes: { f: 'there\nb\nc\n' },
      isWhole: false,
      isChosen: false,
      leftOut: [],
    })
})

test('the tree has upstream’s side already', async () => {
  const file = { base: 'a\nb\nc\n', upstream: 'a\nthere\nc\n', patch: 'a\nmine\nc\n' }
  expect(await had('upstream', file)).toEqual({ ...IN_TEXT, changes: {}, leftOut: ['mine'] })
})

test.each<readonly [string, File, readonly string[]]>([
  [
    'what the patch took away elsewhere was not put in',
    { base: 'a\nb\nc\nd\n', upstream: 'a\nthere\nc\nd\n', patch: 'a\nmine\nc\n' },
    ['there'],
  ],
  [
    'blank lines are nothing, and what is moved in otherwise is there',
    { base: 'a\nb\nc\n', upstream: 'a\n  shared\n  \n\tthere\nc\n', patch: 'a\nshared\nmine\nc\n' },
    ['\tthere'],
  ],
  [
    'what both put in is there',
    { base: 'a\nb\nc\n', upstream: 'a\nfirst\nshared\nc\n', patch: 'a\nmine\nshared\nc\n' },
    ['first'],
  ],
  ['of two new files a side is the whole', { upstream: 'there\n', patch: 'mine\n' }, []],
])('left out with the patch’s side: %s', async (_, file, leftOut) => {
  expect(await had('mine', file)).toMatchObject({ leftOut, isWhole: file.base === undefined })
})

const NO_TEXT = '\0'

test.each<readonly [string, File]>([
  ['was', { base: `a${NO_TEXT}`, upstream: 'there\n', patch: 'mine\n' }],
  ['is in the release', { base: 'a\n', upstream: `there${NO_TEXT}`, patch: 'mine\n' }],
  ['is in the patch', { base: 'a\n', upstream: 'there\n', patch: `mine${NO_TEXT}` }],
])('what %s no text is had whole', async (_, file) => {
  expect(await had('mine', file)).toEqual({ ...WHOLE, changes: { f: file.patch } })
  expect(await had('upstream', file)).toEqual({ ...WHOLE, changes: {} })
  expect(await had('both', file)).toBe('no-lines')
})

test('where both renamed a file, it stays where the release has it', async () => {
  const file = { base: 'a\nb\nc\n', upstream: 'a\nthere\nc\n', patch: 'a\nmine\nc\n', to: 'mine.txt' }
  const kept = { ...IN_TEXT, leftOut: ['there'] }
  expect(await had('mine', { ...file, at: 'there.txt' })).toEqual({
    ...kept,
    changes: { 'there.txt': 'a\nmine\nc\n' },
  })
  expect(await had('mine', file)).toEqual({ ...kept, changes: { f: undefined, 'mine.txt': 'a\nmine\nc\n' } })
})
