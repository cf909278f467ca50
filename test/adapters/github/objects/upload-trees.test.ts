import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GitHubObjectStore } from '../../../../src/adapters/github/objects/github-object-store.ts'
import { memoryCache } from '../../../../src/adapters/memory/memory-cache.ts'
import type { Oid } from '../../../../src/core/model/oid.ts'
import type { Entry, Tree } from '../../../../src/core/model/tree.ts'
import { git, Objects } from '../../../github/git.ts'
import { startGitHub, type GitHub } from '../../../github/github.ts'
import type { Installation, Repo } from '../../../github/world.ts'
import { apiOf, seed, storeOf } from '../../../support/github-workplace.ts'
import { historyIn, signature, treeIn, type Files } from '../../../support/history.ts'

let github: GitHub
let repo: Repo
let installation: Installation
let base: Oid

beforeEach(async () => {
  github = await startGitHub()
  repo = github.createRepo({ owner: 'someone', name: 'kubespray' })
  seed(repo)
  installation = github.install([repo])
  const files: Record<string, string> = {}
  for (let role = 0; role < 12; role++)
    for (const file of ['tasks/main.yml', 'defaults/main.yml', 'meta/main.yml'])
      files[`roles/role-${role}/${file}`] = `# ${role} ${file}\n`
  base = await historyIn(newStore()).commit('a release', files, { ref: 'refs/heads/main' })
  github.requests.splice(0)
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

const newStore = () => storeOf(github, installation, repo)
const kinds = () => github.requests.map(({ kind }) => kind)
const commitOf = (tree: Oid, parents: readonly Oid[], message: string) => ({
  ...{ tree, parents, message },
  ...{ author: signature(1), committer: signature(2) },
})

describe('five patches', () => {
  async function write(contents: (patch: number) => string): Promise<{ trees: readonly Tree[]; tip: Oid }> {
    const store = newStore()
    const trees: Tree[] = []
    let tree = await store.readTree(base)
    for (let patch = 0; patch < 5; patch++) {
      const changed = await treeIn(store, { [`roles/role-${patch}/tasks/main.yml`]: contents(patch) })
      trees.push((tree = new Map<string, Entry>([...tree, ...changed])))
    }
    const oids: Oid[] = []
    for (const each of trees) oids.push(await store.writeTree(each))
    let tip = base
    for (const [index, oid] of oids.entries())
      tip = await store.writeCommit(commitOf(oid, [tip], `patch ${index}`))
    await store.moveRef({ name: 'refs/heads/multiarch/step', from: undefined, to: tip })
    return { trees, tip }
  }

  test('take one request for all their trees, one for each commit and two for the branch', async () => {
    const { trees, tip } = await write((patch) => `# carried ${patch}\n`)
    expect(kinds().filter((kind) => kind !== 'apps/create-installation-access-token')).toEqual([
      'git/get-tree',
      'git/create-tree',
      ...Array.from({ length: 5 }, () => 'git/create-commit'),
      'graphql query',
      'graphql mutation',
    ])
    expect(await treeAt(tip)).toEqual(sorted(trees[4]))
    expect(git(repo.gitDir, ['fsck', '--full', '--strict']).toString()).not.toMatch(/missing|broken|error/)
  })

  test('send a long file once, though every later tree has it too', async () => {
    const { trees, tip } = await write(
      (patch) => `# ${patch}\n${'checksum: 0123456789abcdef\n'.repeat(2_000)}`,
    )
    const sent = github.requests
      .filter(({ kind }) => kind === 'git/create-tree')
      .map(({ received }) => received)
    expect(sent).toHaveLength(2)
    expect(Math.max(...sent)).toBeLessThan(5 * 60_000)
    expect(await treeAt(tip)).toEqual(sorted(trees[4]))
  })
})

describe('a commit that was written in an earlier sitting', () => {
  const cache = memoryCache()
  const api = () => apiOf(github, installation, repo)
  async function write(): Promise<Oid> {
    const store = new GitHubObjectStore({ api: api(), cache })
    const tree = await store.writeTree(await treeIn(store, { a: 'again\n' }))
    const to = await store.writeCommit(commitOf(tree, [base], 'again'))
    await store.moveRef({ name: `refs/heads/topic-${github.requests.length}`, from: undefined, to })
    return to
  }

  test('is not sent again, and is written anew where GitHub has thrown it away', async () => {
    const first = await write()
    github.requests.splice(0)
    expect(await write()).toBe(first)
    expect(kinds()).not.toContain('git/create-commit')
    forget(first)
    expect(await write()).toBe(first)
    expect(git(repo.gitDir, ['cat-file', '-t', first]).toString().trim()).toBe('commit')
  })

  /** As GitHub does with what no ref reaches any more. */
  function forget(oid: Oid): void {
    for (const ref of git(repo.gitDir, ['for-each-ref', '--format=%(refname)', 'refs/heads/topic-*'])
      .toString()
      .trim()
      .split('\n'))
      git(repo.gitDir, ['update-ref', '-d', ref])
    git(repo.gitDir, ['prune', '--expire=now'])
    Object.assign(repo, { objects: new Objects(repo.gitDir) })
    expect(() => git(repo.gitDir, ['cat-file', '-e', oid])).toThrow()
  }
})

test.each<[string, Files]>([
  [
    'bytes that are no text',
    { logo: new Uint8Array([0, 1, 254, 255]), 'latin-1': new Uint8Array([0x66, 0xfc, 0x72]) },
  ],
  ['a byte order mark and carriage returns', { 'windows.txt': '\uFEFFa\r\nb\r\n' }],
  [
    'a link and a program',
    { link: { mode: '120000', content: 'roles' }, run: { mode: '100755', content: '#!/bin/sh\n' } },
  ],
  ['nothing but an empty file', { '.gitkeep': '' }],
])('%s arrive as they are', async (_, files) => {
  const store = newStore()
  const tree = await treeIn(store, files)
  const tip = await store.writeCommit(commitOf(await store.writeTree(tree), [base], 'odd'))
  expect(await treeAt(tip)).toEqual(sorted(tree))
  const blobs = [...tree.values()].map(({ oid }) => oid)
  const wrote = await store.readBlobs(blobs)
  const read = await newStore().readBlobs(blobs)
  for (const oid of blobs)
    expect(Buffer.compare(read.get(oid) ?? Buffer.from('?'), wrote.get(oid) ?? Buffer.alloc(0))).toBe(0)
})

test('what GitHub’s replicas do not show yet is asked for again', async () => {
  github.world.lag = 2
  const store = newStore()
  const tree = await store.writeTree(await treeIn(store, { a: 'a\n' }))
  const tip = await store.writeCommit(commitOf(tree, [base], 'despite lag'))
  expect(await store.moveRef({ name: 'refs/heads/late', from: undefined, to: tip })).toBe(true)
  expect(kinds().filter((kind) => kind === 'git/create-commit')).toHaveLength(3)
})

test('a tree longer than one listing is read folder by folder', async () => {
  const whole = await newStore().readTree(base)
  github.world.mostEntries = 10
  expect(sorted(await newStore().readTree(base))).toEqual(sorted(whole))
  expect(github.requests.filter(({ kind }) => kind === 'graphql query').length).toBeLessThan(6)
})

test('a second look in the same sitting asks for nothing', async () => {
  const store = newStore()
  const tree = await store.readTree(base)
  await store.readBlobs([...tree.values()].map(({ oid }) => oid))
  await store.readCommits([base])
  const before = github.requests.length
  await store.readTree(base)
  await store.readBlobs([...tree.values()].map(({ oid }) => oid))
  await store.readCommits([base])
  expect(github.requests.length).toBe(before)
})

async function treeAt(commit: Oid): Promise<unknown> {
  return sorted(await newStore().readTree(commit))
}

function sorted(tree: Tree | undefined): unknown {
  return [...(tree ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
}
