import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Oid } from '../../../src/core/model/oid.ts'
import { bytesOfPath, pathOfBytes, readablePath } from '../../../src/core/model/parent-of.ts'
import { withChanges, type Tree } from '../../../src/core/model/tree.ts'
import { emptyWorld, type World } from '../../support/demo.ts'

test('any bytes are one path, and the path is those bytes again', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), fc.uint8Array({ maxLength: 12 }), (a, b) => {
      expect(Buffer.compare(bytesOfPath(pathOfBytes(a)), a)).toBe(0)
      if (Buffer.compare(a, b) !== 0) expect(pathOfBytes(a)).not.toBe(pathOfBytes(b))
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(pathOfBytes(Buffer.from(text))).toBe(text)
    }),
  )
})

test('a byte that is no text is shown by its number', () => {
  expect(readablePath(pathOfBytes(Buffer.from('caf\xe9 ü\u{1F600}', 'latin1')))).toMatch(/^caf\\xe9 /)
  expect(readablePath('🙂/café')).toBe('🙂/café')
})

test('names that differ in bytes alone stay two, when they are read and when they are written', async () => {
  const world = emptyWorld()
  const names = ['caf\xe8', 'caf\xe9', 'caf\xc3\xa9', '\xff', '\xed\xb3\xa9'].map((name) =>
    Buffer.from(name, 'latin1'),
  )
  const [blob] = await world.store.writeBlobs([Buffer.from('a\n')])
  await world.store.flush()
  const rows = names.map((name) => Buffer.concat([Buffer.from(`100644 blob ${blob}\t`), name, Buffer.of(0)]))
  const inner = mktree(world, Buffer.concat(rows))
  const root = mktree(world, `040000 tree ${inner}\tfolder\0`)
  const tree = await world.store.readTree(root)
  expect(tree.size).toBe(names.length)
  const changed = withChanges(tree, new Map([['folder/new', { mode: '100644', oid: blob as Oid }]]))
  const rebuilt: Tree = new Map(changed)
  for (const each of [changed, rebuilt]) {
    const written = await world.store.writeTree(each)
    await world.store.flush()
    expect(namesIn(world, written).sort(inBytes)).toEqual([...names, Buffer.from('new')].sort(inBytes))
  }
})

test('what a commit does to such a file is told under the same path', async () => {
  const world = emptyWorld()
  const [blob] = await world.store.writeBlobs([Buffer.from('a\n')])
  await world.store.flush()
  const tree = mktree(world, Buffer.from(`100644 blob ${blob}\tcaf\xe9\0`, 'latin1'))
  const commit = world.git('commit-tree', '-m', 'add', tree) as Oid
  const [logged] = await world.store.log({ to: commit, not: [] })
  expect(logged?.changes.map(({ path }) => path)).toEqual([...(await world.store.readTree(tree)).keys()])
})

const odd = fc
  .string({
    unit: fc.constantFrom('\x01', '\x02', '\x1e', ':', '\n', ' ', 'a', '0', '\x7f', '\u2028'),
    maxLength: 12,
  })
  .filter((text) => text.trim() !== '')

test('no message, name or path makes a commit go away or makes one up', async () => {
  const world = emptyWorld()
  const forged = `\x01${'1'.repeat(40)}\n\nEve\neve@example.org\n1 +0000\nEve\neve@example.org\n1 +0000\nforged\x02`
  await fc.assert(
    fc.asyncProperty(odd, odd, odd, fc.boolean(), async (message, name, path, isForged) => {
      const file = path.replace(/[/\n]/g, '_')
      const { store } = world
      const [oid] = await store.writeBlobs([Buffer.from(message)])
      const tree = await store.writeTree(new Map([[file, { mode: '100644', oid: oid as Oid }]]))
      const who = {
        name: name.replaceAll('\n', ''),
        email: 'a@example.org',
        time: 1_500_000_000,
        zone: '+0000',
      }
      const said = isForged ? `${message}${forged}${message}` : message
      const first = await store.writeCommit({ tree, parents: [], author: who, committer: who, message: said })
      const second = await store.writeCommit({
        tree,
        parents: [first],
        author: who,
        committer: who,
        message: said,
      })
      await store.flush()
      const log = await world.reopen().log({ to: second, not: [] })
      expect(log.map((each) => each.oid)).toEqual([second, first])
      expect(log.map(({ changes }) => changes.map((each) => each.path))).toEqual([[], [file]])
      expect(log.map((each) => each.message.trimEnd())).toEqual([said.trimEnd(), said.trimEnd()])
    }),
    { numRuns: 40 },
  )
})

test('a commit in another encoding, told or not, keeps its letters', async () => {
  const world = emptyWorld()
  const tree = mktree(world, '')
  const commit = (head: string, message: string): Oid => {
    const who = '\xc9mile <e@example.org> 1500000000 +0000'
    const text = `tree ${tree}\nauthor ${who}\ncommitter ${who}\n${head}\n${message}\n`
    return hashed(world, ['-t', 'commit'], Buffer.from(text, 'latin1')) as Oid
  }
  for (const oid of [commit('encoding ISO-8859-1\n', 'D\xe9j\xe0'), commit('', 'D\xe9j\xe0')]) {
    const [logged] = await world.store.log({ to: oid, not: [] })
    const read = (await world.store.readCommits([oid])).get(oid)
    for (const each of [logged, read]) {
      expect(each?.message).toBe('Déjà\n')
      expect(each?.author.name).toBe('Émile')
    }
  }
})

test.each([
  ['040000', 'folder'],
  ['0040000', 'folder'],
  ['0100644', '100644'],
  ['100664', '100644'],
  ['0100755', '100755'],
  ['0120000', '120000'],
  ['0160000', '160000'],
])('a mode is a number, however it is written: %s', async (written, read) => {
  const world = emptyWorld()
  const [blob] = await world.store.writeBlobs([Buffer.from('a\n')])
  await world.store.flush()
  const inner = mktree(world, `100644 blob ${blob}\tfile\0`)
  const to = Buffer.from(read === 'folder' ? inner : (blob as Oid), 'hex')
  const bytes = Buffer.concat([Buffer.from(`${written} there\0`), to])
  const oid = hashed(world, ['-t', 'tree', '--literally'], bytes) as Oid
  const tree = await world.store.readTree(oid)
  const path = read === 'folder' ? 'there/file' : 'there'
  expect([...tree.keys()]).toEqual([path])
  if (read !== 'folder') expect(tree.get(path)?.mode).toBe(read)
  const next = withChanges(tree, new Map([['z', { mode: '100644', oid: blob as Oid }]]))
  const root = await world.store.writeTree(next)
  await world.store.flush()
  expect(world.git('ls-tree', root).split('\n')[0]).toMatch(read === 'folder' ? /^040000 tree/ : `${read} `)
})

test.each([
  ['cut off in a name', Buffer.from('100644 a')],
  ['cut off in an id', Buffer.from('100644 a\0abc')],
  ['without a mode', Buffer.concat([Buffer.from('x a\0'), Buffer.alloc(20, 1)])],
  [
    'two of one name',
    Buffer.concat([1, 2].map((id) => Buffer.concat([Buffer.from('100644 a\0'), Buffer.alloc(20, id)]))),
  ],
])('a tree that is damaged is told as such: %s', async (_, bytes) => {
  const world = emptyWorld()
  const oid = hashed(world, ['-t', 'tree', '--literally'], bytes) as Oid
  await expect(world.store.readTree(oid)).rejects.toThrow(oid)
})

function inBytes(a: Buffer, b: Buffer): number {
  return Buffer.compare(a, b)
}

function mktree({ path }: World, rows: string | Buffer): Oid {
  return execFileSync('git', ['-C', path, 'mktree', '-z', '--missing'], { input: rows })
    .toString()
    .trim() as Oid
}

function hashed({ path }: World, kind: readonly string[], bytes: Buffer): string {
  return execFileSync('git', ['-C', path, 'hash-object', '-w', '--stdin', ...kind], { input: bytes })
    .toString()
    .trim()
}

function namesIn({ path }: World, tree: Oid): Buffer[] {
  const out = execFileSync('git', ['-C', path, 'ls-tree', '-r', '-z', '--name-only', tree])
  const names: Buffer[] = []
  for (let at = 0; at < out.length;) {
    const end = out.indexOf(0, at)
    names.push(out.subarray(at + 'folder/'.length, end))
    at = end + 1
  }
  return names
}
