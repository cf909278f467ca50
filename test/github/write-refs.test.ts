import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished, expect, test } from 'vitest'
import { demoClone } from '../support/demo-clone.ts'
import { gitText, readRefs, tryGit } from './git.ts'
import { startGitHub } from './github.ts'
import { isRefName } from './refs.ts'
import { resolveRevision } from './resolve-revision.ts'
import { writeRefs, ZERO } from './write-refs.ts'

/** Two repositories with the same history: in one the stand-in works, in the other git. */
async function twins() {
  const github = await startGitHub()
  onTestFinished(() => github.close())
  const from = join(await demoClone(), '.git')
  const [ours, gits] = ['ours', 'gits'].map((name) => github.createRepo({ owner: 'ada', name, from }))
  if (!ours || !gits) throw new Error('there are two')
  return { ours, gits }
}

test('refs are moved as `git update-ref` moves them, all or none', async () => {
  const { ours, gits } = await twins()
  const oid = readRefs(ours.gitDir).get('refs/heads/main') as string
  const rounds: readonly (readonly (readonly [string, string])[])[] = [
    [['refs/heads/a', oid]],
    [['refs/heads/a/b', oid]],
    [
      ['refs/heads/c/d/e', oid],
      ['refs/multiarch/decisions', oid],
    ],
    [['refs/heads/c', oid]],
    [['refs/heads/c/d', oid]],
    [['refs/heads/c/d/e', ZERO]],
    [['refs/heads/c', oid]],
    [
      ['refs/heads/c', ZERO],
      ['refs/heads/c/again', oid],
    ],
    [['refs/tags/v2.9.0', ZERO]],
    [['refs/heads/main', ZERO]],
    [['refs/heads/main/line', oid]],
    [
      ['refs/heads/fine', oid],
      ['refs/heads/main', oid],
    ],
  ]
  for (const [at, moves] of rounds.entries()) {
    const lines = moves.map(([name, to]) => (to === ZERO ? `delete ${name}\n` : `update ${name} ${to}\n`))
    const { status } = spawnSync('git', ['--git-dir', gits.gitDir, 'update-ref', '--no-deref', '--stdin'], {
      input: lines.join(''),
    })
    expect({ at, isMoved: writeRefs(ours.gitDir, new Map(moves)) }).toEqual({ at, isMoved: status === 0 })
    const listed = (gitDir: string) => gitText(gitDir, ['for-each-ref', '--format=%(refname) %(objectname)'])
    expect(listed(ours.gitDir)).toBe(listed(gits.gitDir))
    expect([...readRefs(ours.gitDir)].map((row) => row.join(' ')).join('\n')).toBe(listed(gits.gitDir))
  }
})

test('a revision names what `git rev-parse` says it names', async () => {
  const { ours } = await twins()
  const git = (...args: readonly string[]) => gitText(ours.gitDir, args)
  const main = git('rev-parse', 'refs/heads/main')
  git('-c', 'user.name=Ada', '-c', 'user.email=a@example.com', 'tag', '-a', '-m', 'Noted', 'noted', main)
  const [path = ''] = git('ls-tree', '-r', '--name-only', main).split('\n').slice(-1)
  const names = [main, main.slice(0, 9), 'main', 'heads/main', 'refs/heads/main', 'noted', 'v2.9.0', 'HEAD']
  const odd = [
    'none',
    'v2.9',
    '0'.repeat(40),
    git('rev-parse', 'noted'),
    git('rev-parse', `${main}^{tree}`),
    '',
  ]
  const suffixes = [
    '',
    '^{commit}',
    '^{tree}',
    '^{}',
    ':',
    `:${path}`,
    `:${path}/`,
    ':none',
    ':roles',
    '~1',
    '^{commit}:roles',
  ]
  for (const name of [...names, ...odd])
    for (const suffix of suffixes) {
      const revision = name + suffix
      const said = tryGit(ours.gitDir, ['rev-parse', '--verify', '-q', '--end-of-options', revision])
      expect({ revision, oid: resolveRevision(ours, revision) }).toEqual({ revision, oid: said })
    }
})

test.each([
  ...[
    'refs/heads/a',
    'refs/heads/a.b',
    'a',
    'refs//a',
    'refs/heads/.a',
    'refs/heads/a.lock',
    'refs/heads/a..b',
  ],
  ...[
    'refs/heads/a/',
    '/refs/a',
    'refs/heads/a.',
    'refs/heads/@',
    'refs/heads/@{1}',
    'refs/heads/a b',
    'refs/a~1',
  ],
  ...[
    'refs/heads/ä',
    'refs/heads/a\\b',
    'refs/heads/a*',
    'refs/heads/a?',
    'refs/heads/[a',
    'refs/a:b',
    'refs/a^',
  ],
  ...['refs/heads/-', 'refs/heads/a\u007f', 'refs/heads/a\tb', 'refs/heads/a.lock/b', 'refs/heads/a./b'],
])('%j is a name for a ref where git says so', (name) => {
  expect(isRefName(name)).toBe(spawnSync('git', ['check-ref-format', name]).status === 0)
})
