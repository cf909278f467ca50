import { LentObjects } from '../../../../src/core/model/lent/lent-objects.ts'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import type { ObjectStore } from '../../../../src/ports/object-store.ts'
import { describeObjectStore } from '../../../contract/object-store.ts'
import { gitText } from '../../../github/git.ts'
import { startGitHub, type GitHub } from '../../../github/github.ts'
import { seed, storeOf } from '../../../support/github-workplace.ts'

describe.each(['', '/api'] as const)('under %j', (base) => {
  let github: GitHub
  let repos = 0
  beforeAll(async () => {
    github = await startGitHub({ base })
  })
  afterEach(() => expect(github.violations.splice(0)).toEqual([]))
  afterAll(() => github.close())

  function newRepo() {
    const repo = github.createRepo({ owner: 'someone', name: `repo-${++repos}` })
    seed(repo)
    return { repo, installation: github.install([repo]) }
  }

  describeObjectStore('GitHub', async () => {
    const { repo, installation } = newRepo()
    return {
      store: storeOf(github, installation, repo),
      reopen: () => storeOf(github, installation, repo),
      annotate: async (name, to) =>
        void gitText(repo.gitDir, [
          '-c',
          'user.name=T',
          '-c',
          'user.email=t@example.com',
          'tag',
          '-a',
          '-m',
          name,
          name,
          to,
        ]),
    }
  })

  if (base === '')
    describeObjectStore('GitHub, where every read goes to GitHub,', async () => {
      const { repo, installation } = newRepo()
      return { store: forgetful(() => storeOf(github, installation, repo)) }
    })
})

/** A store that remembers nothing: what one part has written another has to read from GitHub. */
function forgetful(open: () => ObjectStore): ObjectStore {
  const writer = open()
  // What is lent is in no repository, whoever reads it.
  const lent = new LentObjects()
  const reader = async () => {
    await writer.flush()
    return open()
  }
  return {
    readCommits: async (oids) => (await reader()).readCommits(oids),
    readTree: async (oid) => lent.tree(oid) ?? (await reader()).readTree(oid),
    readBlobs: async (oids) => new Map([...(await (await reader()).readBlobs(oids)), ...lent.blobs(oids)]),
    lend: (tree, blobs) => lent.lend(tree, blobs),
    writeBlobs: (blobs) => writer.writeBlobs(blobs),
    writeTree: (tree) => writer.writeTree(tree),
    writeCommit: (commit) => writer.writeCommit(commit),
    flush: () => writer.flush(),
    listRefs: async (prefix) => (await reader()).listRefs(prefix),
    defaultBranch: async () => (await reader()).defaultBranch(),
    checkedOut: async (ref) => (await reader()).checkedOut(ref),
    moveRef: async (move) => (await reader()).moveRef(move),
    resolve: async (revision) => (await reader()).resolve(revision),
    mergeBase: async (a, b) => (await reader()).mergeBase(a, b),
    log: async (range) => (await reader()).log(range),
    close: () => writer.close(),
  }
}
