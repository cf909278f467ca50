import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { GitObjectStore } from '../../src/adapters/git/git-object-store.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import { runs } from '../support/fast-check.ts'
import { historyIn } from '../support/history.ts'
import { gitText, tryGit, writeObject } from './git.ts'
import { startGitHub } from './github.ts'
import { listTree } from './list-tree.ts'
import { isAncestor, mergeBaseOf, mergedTree, revisions, revisionsUpwards, touchedBy } from './revisions.ts'
import type { Repo } from './world.ts'

/** A commit on one or two of those before it, with what it does to a few files. */
const anyCommit = fc.record({
  parents: fc.uniqueArray(fc.nat(20), { maxLength: 2 }),
  files: fc.dictionary(
    fc.constantFrom('a', 'b', 'in/c', 'in/deep/d'),
    fc.constantFrom('1\n', '2\n', undefined),
    {
      maxKeys: 3,
    },
  ),
})

interface Planned {
  readonly parents: readonly number[]
  readonly files: Readonly<Record<string, string | undefined>>
}

async function historyOf(repo: Repo, commits: readonly Planned[]): Promise<Oid[]> {
  const store = new GitObjectStore({ gitDir: repo.gitDir })
  const history = historyIn(store)
  const made: Oid[] = []
  for (const { parents, files } of commits) {
    const on = [...new Set(parents.flatMap((at) => made[at % Math.max(made.length, 1)] ?? []))]
    const there = on[0] ? await store.readTree(on[0]) : new Map<string, unknown>()
    const change = Object.entries(files).filter(([path, text]) => text !== undefined || there.has(path))
    made.push(await history.commit('One', Object.fromEntries(change), { parents: on }))
  }
  await store.close()
  return made
}

async function emptyRepo(): Promise<Repo> {
  const github = await startGitHub()
  onTestFinished(() => github.close())
  return github.createRepo({ owner: 'ada', name: 'history' })
}

test('of a history that is not packed everything is answered as git does', async () => {
  const repo = await emptyRepo()
  const git = (...args: readonly string[]) => gitText(repo.gitDir, args)
  const listed = (...args: readonly string[]) =>
    git('rev-list', ...args)
      .split('\n')
      .filter(Boolean)
  const one = fc.tuple(fc.array(anyCommit, { minLength: 1, maxLength: 9 }), fc.nat(), fc.nat())
  const paths = ['a', 'in/c', 'in', 'none'] as const
  await fc.assert(
    fc.asyncProperty(one, fc.constantFrom(...paths), async ([commits, x, y], path) => {
      const made = await historyOf(repo, commits)
      const [to, other] = [x, y].map((at) => made[at % made.length] as Oid) as [Oid, Oid]
      expect(revisions(repo, { to })).toEqual(listed(to))
      expect(revisions(repo, { to, not: other })).toEqual(listed(to, `^${other}`))
      expect(revisions(repo, { to, path })).toEqual(listed(to, '--', path))
      expect(revisionsUpwards(repo, { to, not: other })).toEqual(
        listed('--reverse', '--topo-order', to, `^${other}`),
      )
      expect(isAncestor(repo, other, to)).toBe(
        tryGit(repo.gitDir, ['merge-base', '--is-ancestor', other, to]) !== undefined,
      )
      expect(mergeBaseOf(repo, other, to)).toBe(tryGit(repo.gitDir, ['merge-base', other, to]))
      const merged = tryGit(repo.gitDir, ['merge-tree', '--write-tree', other, to])
      expect(mergedTree(repo, other, to)).toBe(merged)
    }),
    runs(12),
  )
})

test('a time of day bounds a history on both sides', async () => {
  const repo = await emptyRepo()
  const made = await historyOf(
    repo,
    [0, 1, 2, 3].map((at) => ({ parents: [at - 1].filter((each) => each >= 0), files: { a: `${at}\n` } })),
  )
  const at = (minutes: number): string => new Date((1_600_000_000 + minutes * 60) * 1000).toISOString()
  const to = made[3] as Oid
  for (const [since, until] of [
    [at(1), at(2)],
    [at(1), undefined],
    [undefined, at(1)],
    [at(9), undefined],
  ])
    expect(revisions(repo, { to, since, until })).toEqual(
      gitText(repo.gitDir, [
        'rev-list',
        ...(since ? [`--since=${since}`] : []),
        ...(until ? [`--until=${until}`] : []),
        to,
      ])
        .split('\n')
        .filter(Boolean),
    )
})

test('what a commit touched, and what a tree holds, is what git lists', async () => {
  const repo = await emptyRepo()
  const letters = (oid: string): string =>
    gitText(repo.gitDir, ['log', '-1', '--format=', '--name-status', '--no-renames', oid])
  await fc.assert(
    fc.asyncProperty(fc.array(anyCommit, { minLength: 1, maxLength: 6 }), async (commits) => {
      for (const oid of await historyOf(repo, commits)) {
        const { added, modified, removed } = touchedBy(repo, oid)
        const rows = [...added.map((path) => `A\t${path}`), ...modified.map((path) => `M\t${path}`)]
        const all = [...rows, ...removed.map((path) => `D\t${path}`)]
        expect(all.sort()).toEqual(letters(oid).split('\n').filter(Boolean).sort())
        for (const isRecursive of [true, false]) {
          const args = ['ls-tree', '-l', ...(isRecursive ? ['-r', '-t'] : []), oid]
          const tree = repo.objects.commit(oid)?.tree as string
          expect(listTree(repo, tree, isRecursive).map(lsTreeLine).join('\n')).toBe(
            gitText(repo.gitDir, args),
          )
        }
      }
    }),
    runs(6),
  )
})

function lsTreeLine({ mode, type, oid, size, path }: ReturnType<typeof listTree>[number]): string {
  return `${mode} ${type} ${oid} ${(type === 'blob' ? String(size) : '-').padStart(7)}\t${path}`
}

test('a file that becomes a link is neither added, changed nor removed', async () => {
  const repo = await emptyRepo()
  const blob = writeObject(repo.gitDir, 'blob', Buffer.from('x'))
  const commitOf = (mode: string, parent?: string): string => {
    const row = Buffer.concat([Buffer.from(`${mode} x\0`), Buffer.from(blob, 'hex')])
    const tree = writeObject(repo.gitDir, 'tree', row)
    const who = 'A <a@example.com> 1600000000 +0000'
    const text = `tree ${tree}\n${parent ? `parent ${parent}\n` : ''}author ${who}\ncommitter ${who}\n\nx\n`
    return writeObject(repo.gitDir, 'commit', Buffer.from(text))
  }
  const first = commitOf('100644')
  expect(touchedBy(repo, commitOf('120000', first))).toEqual({ added: [], modified: [], removed: [] })
  expect(touchedBy(repo, commitOf('100755', first)).modified).toEqual(['x'])
})

test('where history is packed git reads it', async () => {
  const repo = await emptyRepo()
  const [first, second] = await historyOf(repo, [
    { parents: [], files: { a: '1\n' } },
    { parents: [0], files: { a: '2\n' } },
  ])
  gitText(repo.gitDir, ['update-ref', 'refs/heads/main', second as string])
  gitText(repo.gitDir, ['repack', '-adq'])
  gitText(repo.gitDir, ['prune-packed', '-q'])
  expect(revisions(repo, { to: second as string })).toEqual([second, first])
  expect(isAncestor(repo, first as string, second as string)).toBe(true)
  expect(listTree(repo, repo.objects.commit(second as string)?.tree as string, true)).toMatchObject([
    { path: 'a', size: 2 },
  ])
})
