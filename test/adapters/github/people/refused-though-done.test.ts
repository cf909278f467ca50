import { afterAll, beforeAll, expect, test } from 'vitest'
import { repositoryApi } from '../../../../src/adapters/github/api/repository-api.ts'
import { githubForge } from '../../../../src/adapters/github/people/github-forge.ts'
import type { Forge } from '../../../../src/ports/forge.ts'
import { startGitHub, type GitHub } from '../../../github/github.ts'
import { readRefs, writeObject } from '../../../github/git.ts'
import { writeRefs } from '../../../github/write-refs.ts'
import { connectTo, seed } from '../../../support/github-workplace.ts'

let github: GitHub
beforeAll(async () => {
  github = await startGitHub()
})
afterAll(() => github.close())

const TEXT = { title: 'A board', body: 'Hello.', label: 'board' }
const PULL = { title: 'Mine', body: '', branch: 'mine', onto: 'main', draft: false }

interface Write {
  /** GitHub's name of what is refused. */
  readonly kind: string
  before?(this: void, forge: Forge): Promise<unknown>
  write(this: void, forge: Forge): Promise<unknown>
  /** What is asked for before it, and after it. */
  read(this: void, forge: Forge): Promise<unknown>
}

const WRITES: readonly Write[] = [
  {
    kind: 'issues/create',
    write: ({ issues }) => issues.open(TEXT),
    read: async ({ issues }) => (await issues.ours('board'))?.body,
  },
  {
    kind: 'issues/update',
    before: ({ issues }) => issues.open(TEXT),
    write: async ({ issues }) =>
      issues.update((await issues.ours('board'))?.number ?? 0, { body: 'Another.' }),
    read: async ({ issues }) => (await issues.ours('board'))?.body,
  },
  {
    kind: 'pulls/update',
    before: ({ pullRequests }) => pullRequests.open(PULL),
    write: async ({ pullRequests }) => {
      const [pull] = await pullRequests.openUnder('')
      await pullRequests.update(pull?.number ?? 0, { state: 'closed' })
    },
    read: async ({ pullRequests }) => (await pullRequests.openUnder('')).length,
  },
]

test.each(WRITES)(
  'what $kind did though it was refused is seen by whoever asks next in the same job',
  async ({ kind, before, write, read }) => {
    const repo = github.createRepo({ owner: 'someone', name: kind.replace('/', '-') })
    seed(repo)
    const tree = writeObject(repo.gitDir, 'tree', new Uint8Array())
    const by = 'Test Person <person@example.com> 1600000001 +0000'
    const text = `tree ${tree}\nparent ${readRefs(repo.gitDir).get('refs/heads/main')}\nauthor ${by}\ncommitter ${by}\n\nMine\n`
    const mine = writeObject(repo.gitDir, 'commit', Buffer.from(text))
    writeRefs(repo.gitDir, new Map([['refs/heads/mine', mine]]))
    const { api } = connectTo(github, github.install([repo]))
    const forge = githubForge({
      api: repositoryApi(api, { owner: repo.owner, name: repo.name }),
      login: `${github.world.app.slug}[bot]`,
      granted: () => Promise.resolve({}),
    })
    await before?.(forge)
    const then = await read(forge)
    github.fail({ kind, shape: 'archived', when: 'after' })
    await expect(write(forge)).rejects.toThrow()
    expect(await read(forge)).not.toEqual(then)
  },
)
