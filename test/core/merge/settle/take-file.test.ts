import { describe, expect, test } from 'vitest'
import { carry } from '../../../../src/core/merge/whole/carry.ts'
import { patchChanges } from '../../../../src/core/merge/patch-changes.ts'
import { takeFile } from '../../../../src/core/merge/settle/take-file.ts'
import { Workspace } from '../../../../src/core/merge/workspace.ts'
import { CONFLICT_SIDES, type ConflictSide } from '../../../../src/core/model/sides.ts'
import { blobOid, type Oid } from '../../../../src/core/model/oid.ts'
import { withChanges, type Entry, type Mode, type Tree } from '../../../../src/core/model/tree.ts'
import { converse } from '../../../../src/app/carry/converse.ts'

/** A file by its text; `[mode, text]` where it is no plain one. */
type File = string | readonly [Mode, string]
type Files = Readonly<Record<string, File>>

/** What each side comes to: files, or why it cannot be had. */
type Comes = Files | string

interface Row {
  readonly base: Files
  readonly upstream: Files
  readonly patch: Files
  readonly mine: Comes
  readonly theirs: Comes
  readonly both: Comes
}

const NUL = '\0'

/** What each side means for each kind of conflict. */
const LAW: Readonly<Record<string, Row>> = {
  'one line of a text': {
    base: { f: 'a\nb\nc\n' },
    upstream: { f: 'a\nthere\nc\n' },
    patch: { f: 'a\nmine\nc\n' },
    mine: { f: 'a\nmine\nc\n' },
    theirs: { f: 'a\nthere\nc\n' },
    both: { f: 'a\nthere\nmine\nc\n' },
  },
  'what collides nowhere is carried with either side': {
    base: { f: 'a\nb\nc\nd\ne\n' },
    upstream: { f: 'a\nthere\nc\nd\ne\n' },
    patch: { f: 'a\nmine\nc\nd\nmine too\n' },
    mine: { f: 'a\nmine\nc\nd\nmine too\n' },
    theirs: { f: 'a\nthere\nc\nd\nmine too\n' },
    both: { f: 'a\nthere\nmine\nc\nd\nmine too\n' },
  },
  'lines that both put in stand once': {
    base: { f: 'a\nx\nb\n' },
    upstream: { f: 'a\nboth\nthere\nend\nb\n' },
    patch: { f: 'a\nboth\nmine\nend\nb\n' },
    mine: { f: 'a\nboth\nmine\nend\nb\n' },
    theirs: { f: 'a\nboth\nthere\nend\nb\n' },
    both: { f: 'a\nboth\nthere\nmine\nend\nb\n' },
  },
  'one takes away what the other changes': {
    base: { f: 'a\nb one\nc\n' },
    upstream: { f: 'a\nc\n' },
    patch: { f: 'a\nb two\nc\n' },
    mine: { f: 'a\nb two\nc\n' },
    theirs: { f: 'a\nc\n' },
    both: 'one-side',
  },
  'a script in YAML': {
    base: { 'f.yml': 'a: 1\nrun: |\n  get one\nz: 1\n' },
    upstream: { 'f.yml': 'a: 1\nrun: |\n  fetch it from there\nz: 1\n' },
    patch: { 'f.yml': 'a: 1\nrun: |\n  build mine\nz: 1\n' },
    mine: { 'f.yml': 'a: 1\nrun: |\n  build mine\nz: 1\n' },
    theirs: { 'f.yml': 'a: 1\nrun: |\n  fetch it from there\nz: 1\n' },
    both: { 'f.yml': 'a: 1\nrun: |\n  fetch it from there\n  build mine\nz: 1\n' },
  },
  'both add a YAML file, with a setting of one name': {
    base: {},
    upstream: { 'f.yml': 'a: 1\nb: 1\n' },
    patch: { 'f.yml': 'a: 1\nb: 2\n' },
    mine: { 'f.yml': 'a: 1\nb: 2\n' },
    theirs: { 'f.yml': 'a: 1\nb: 1\n' },
    both: 'stands-twice',
  },
  'both add a YAML file, with other settings': {
    base: {},
    upstream: { 'f.yml': 'a: 1\nb: 1\n' },
    patch: { 'f.yml': 'a: 1\nc: 2\n' },
    mine: { 'f.yml': 'a: 1\nc: 2\n' },
    theirs: { 'f.yml': 'a: 1\nb: 1\n' },
    both: { 'f.yml': 'a: 1\nb: 1\nc: 2\n' },
  },
  'both add a YAML file, a list and a map': {
    base: {},
    upstream: { 'f.yml': '- a\n' },
    patch: { 'f.yml': 'a: 1\n' },
    mine: { 'f.yml': 'a: 1\n' },
    theirs: { 'f.yml': '- a\n' },
    both: 'unreadable',
  },
  'both add an INI file, with a setting of one name': {
    base: {},
    upstream: { 'f.ini': '[all]\nx=1\n' },
    patch: { 'f.ini': '[all]\nx=2\n' },
    mine: { 'f.ini': '[all]\nx=2\n' },
    theirs: { 'f.ini': '[all]\nx=1\n' },
    both: 'stands-twice',
  },
  'the release alone changed line ends': {
    base: { f: 'a\nb\nc\n' },
    upstream: { f: 'a\r\nthere\r\nc\r\n' },
    patch: { f: 'a\nmine\nc\n' },
    mine: { f: 'a\r\nmine\r\nc\r\n' },
    theirs: { f: 'a\r\nthere\r\nc\r\n' },
    both: { f: 'a\r\nthere\r\nmine\r\nc\r\n' },
  },
  'no end of the last line': {
    base: { f: 'a\nb' },
    upstream: { f: 'a\nthere' },
    patch: { f: 'a\nmine' },
    mine: { f: 'a\nmine' },
    theirs: { f: 'a\nthere' },
    both: { f: 'a\nthere\nmine' },
  },
  'both add a text': {
    base: {},
    upstream: { f: 'one\nthere\nend\n' },
    patch: { f: 'one\nmine\nend\n' },
    mine: { f: 'one\nmine\nend\n' },
    theirs: { f: 'one\nthere\nend\n' },
    both: { f: 'one\nthere\nmine\nend\n' },
  },
  'both add a file that only one may run': {
    base: {},
    upstream: { f: ['100755', 'there\n'] },
    patch: { f: 'mine\n' },
    mine: { f: 'mine\n' },
    theirs: { f: ['100755', 'there\n'] },
    both: 'mode',
  },
  'both add, one a link': {
    base: {},
    upstream: { f: ['120000', 'there'] },
    patch: { f: 'mine\n' },
    mine: { f: 'mine\n' },
    theirs: { f: ['120000', 'there'] },
    both: 'kind',
  },
  'the patch deletes what the release changed': {
    base: { f: 'a\n', g: 'g\n' },
    upstream: { f: 'there\n', g: 'g\n' },
    patch: { g: 'g\n' },
    mine: { g: 'g\n' },
    theirs: { f: 'there\n', g: 'g\n' },
    both: 'deleted',
  },
  'no text': {
    base: { f: `a${NUL}` },
    upstream: { f: `there${NUL}` },
    patch: { f: `mine${NUL}` },
    mine: { f: `mine${NUL}` },
    theirs: { f: `there${NUL}` },
    both: 'no-lines',
  },
  'no text, and the patch lets it be run': {
    base: { f: `a${NUL}` },
    upstream: { f: `there${NUL}` },
    patch: { f: ['100755', `mine${NUL}`] },
    mine: { f: ['100755', `mine${NUL}`] },
    theirs: { f: ['100755', `there${NUL}`] },
    both: 'no-lines',
  },
  'a text that the patch lets be run': {
    base: { f: 'a\nb\nc\n' },
    upstream: { f: 'a\nthere\nc\n' },
    patch: { f: ['100755', 'a\nmine\nc\n'] },
    mine: { f: ['100755', 'a\nmine\nc\n'] },
    theirs: { f: ['100755', 'a\nthere\nc\n'] },
    both: { f: ['100755', 'a\nthere\nmine\nc\n'] },
  },
  'a link that both point elsewhere': {
    base: { f: ['120000', 'a'] },
    upstream: { f: ['120000', 'there'] },
    patch: { f: ['120000', 'mine'] },
    mine: { f: ['120000', 'mine'] },
    theirs: { f: ['120000', 'there'] },
    both: 'kind',
  },
  'a file that the patch makes a link': {
    base: { f: 'a\n' },
    upstream: { f: ['100755', 'there\n'] },
    patch: { f: ['120000', 'mine'] },
    mine: { f: ['120000', 'mine'] },
    theirs: { f: ['100755', 'there\n'] },
    both: 'kind',
  },
  'a folder of the release where the patch adds a file': {
    base: { g: 'g\n' },
    upstream: { g: 'g\n', 'f/inner': 'there\n' },
    patch: { g: 'g\n', f: 'mine\n' },
    mine: 'folder-in-the-way',
    theirs: { g: 'g\n', 'f/inner': 'there\n' },
    both: 'folder-in-the-way',
  },
  'the release renamed the file': {
    base: { 'old.txt': 'a\nb\nc\nd\ne\nf\n' },
    upstream: { 'new.txt': 'a\nb\nthere\nd\ne\nf\n' },
    patch: { 'old.txt': 'a\nb\nmine\nd\ne\nf\n' },
    mine: { 'new.txt': 'a\nb\nmine\nd\ne\nf\n' },
    theirs: { 'new.txt': 'a\nb\nthere\nd\ne\nf\n' },
    both: { 'new.txt': 'a\nb\nthere\nmine\nd\ne\nf\n' },
  },
  'the patch renames the file': {
    base: { 'old.txt': 'a\nb\nc\nd\ne\nf\n' },
    upstream: { 'old.txt': 'a\nb\nthere\nd\ne\nf\n' },
    patch: { 'new.txt': 'a\nb\nmine\nd\ne\nf\n' },
    mine: { 'new.txt': 'a\nb\nmine\nd\ne\nf\n' },
    theirs: { 'new.txt': 'a\nb\nthere\nd\ne\nf\n' },
    both: { 'new.txt': 'a\nb\nthere\nmine\nd\ne\nf\n' },
  },
}

describe.each(Object.entries(LAW))('%s', (_, { base, upstream, patch, ...wanted }) => {
  test.each(CONFLICT_SIDES)('%s', async (side) => {
    const comes = { mine: wanted.mine, upstream: wanted.theirs, both: wanted.both }[side]
    expect(await settled({ base, upstream, patch }, side)).toEqual(comes)
  })
})

test('what the release no longer has is no conflict: the patch is left out, and said to be', async () => {
  const world = objects()
  const [base, onto, patch] = [{ f: 'a\n', g: 'g\n' }, { g: 'g\n' }, { f: 'mine\n', g: 'g\n' }].map(
    world.tree,
  )
  if (!base || !onto || !patch) throw new Error('three trees')
  const { verdict } = await converse(carry({ base, patch, onto }, new Workspace()), world, undefined)
  expect(verdict).toBe('obsolete')
})

test.each([
  ['mine', ['there', 'and there']],
  ['upstream', ['mine']],
  ['both', []],
] as const)('what %s leaves out is told', async (side, leftOut) => {
  const world = objects()
  const trees = [{ f: 'a\nb\nc\n' }, { f: 'a\nthere\nand there\nc\n' }, { f: 'a\nmine\nc\n' }].map(world.tree)
  const [base, onto, patch] = trees as [Tree, Tree, Tree]
  const change = { path: 'f', to: 'f', before: base.get('f'), after: patch.get('f') }
  const taken = await converse(
    takeFile({ change, at: 'f', tree: onto }, side, new Workspace()),
    world,
    undefined,
  )
  expect(taken).toMatchObject({ kind: 'taken', leftOut })
})

/** Carries the patch, and has one side of what that leaves open. */
async function settled(sides: Pick<Row, 'base' | 'upstream' | 'patch'>, side: ConflictSide): Promise<Comes> {
  const world = objects()
  const [base, onto, patch] = [sides.base, sides.upstream, sides.patch].map(world.tree) as [Tree, Tree, Tree]
  const workspace = new Workspace()
  const carried = await converse(carry({ base, patch, onto }, workspace), world, undefined)
  const [open, ...more] = carried.files.filter(({ verdict }) => verdict === 'conflict')
  expect([open?.verdict, ...more]).toEqual(['conflict'])
  const changes = await converse(patchChanges(base, patch, workspace), world, undefined)
  const change = changes.find(({ path }) => path === open?.path)
  if (!change || !open) throw new Error('nothing is open')
  const at = onto.has(open.to) || !onto.has(open.path) ? open.to : open.path
  const taken = await converse(
    takeFile({ change, at, tree: carried.tree }, side, workspace),
    world,
    undefined,
  )
  if (taken.kind === 'refused') return taken.why.code
  return world.files(withChanges(carried.tree, taken.changes), workspace.takeMade())
}

function objects() {
  const blobs = new Map<Oid, Uint8Array>()
  const entryOf = (file: File): Entry => {
    const [mode, text] = typeof file === 'string' ? (['100644', file] as const) : file
    const bytes = new TextEncoder().encode(text)
    const oid = blobOid(bytes)
    blobs.set(oid, bytes)
    return { mode, oid }
  }
  return {
    tree: (files: Files): Tree => new Map(Object.entries(files).map(([path, file]) => [path, entryOf(file)])),
    files: (tree: Tree, made: ReadonlyMap<Oid, Uint8Array>): Files =>
      Object.fromEntries(
        [...tree].map(([path, { mode, oid }]): [string, File] => {
          const text = new TextDecoder().decode(made.get(oid) ?? blobs.get(oid))
          return [path, mode === '100644' ? text : [mode, text]]
        }),
      ),
    readBlobs: (oids: readonly Oid[]) =>
      Promise.resolve(
        new Map(oids.flatMap((oid) => (blobs.has(oid) ? [[oid, blobs.get(oid) as Uint8Array]] : []))),
      ),
    log: () => Promise.resolve([]),
  }
}
