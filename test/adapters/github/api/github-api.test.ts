import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { githubApi, type GitHubApi } from '../../../../src/adapters/github/api/github-api.ts'
import { GitObjectStore } from '../../../../src/adapters/git/git-object-store.ts'
import { startGitHub, type GitHub } from '../../../github/github.ts'
import type { Installation, Repo } from '../../../github/world.ts'
import { historyIn } from '../../../support/history.ts'
import { apiOf, connectTo, seed, storeOf } from '../../../support/github-workplace.ts'

describe('over the stand-in', () => {
  let github: GitHub
  let repo: Repo
  let installation: Installation
  beforeEach(async () => {
    github = await startGitHub()
    repo = github.createRepo({ owner: 'someone', name: 'kubespray' })
    seed(repo)
    installation = github.install([repo])
  })
  afterEach(async () => {
    expect(github.violations).toEqual([])
    await github.close()
  })
  const count = (kind: string) => github.requests.filter((each) => each.kind === kind).length

  test('what is asked for in one turn is one query, also of several repositories', async () => {
    const { api } = connectTo(github, installation)
    const other = github.createRepo({ owner: 'other', name: 'kubespray' })
    seed(other)
    const ids = await Promise.all(
      [repo, other, repo].map(({ owner, name }) => api.select<{ id: string }>({ owner, name }, 'id')),
    )
    expect(ids.map((each) => each?.id)).toEqual([`R_${repo.id}`, `R_${other.id}`, `R_${repo.id}`])
    expect(count('graphql query')).toBe(1)
  })

  test('one that fails does not take the others with it', async () => {
    const { api } = connectTo(github, installation)
    const asked = [repo, { owner: 'nobody', name: 'nothing' }].map(({ owner, name }) =>
      api.select({ owner, name }, 'id'),
    )
    const [there, gone] = await Promise.allSettled(asked)
    expect(there).toMatchObject({ status: 'fulfilled', value: { id: `R_${repo.id}` } })
    expect(gone).toMatchObject({ status: 'rejected', reason: { status: 404 } })
  })

  test('however many ask for the first token at once, one is fetched', async () => {
    const api = apiOf(github, installation, repo)
    await Promise.all([api.request('GET '), api.request('GET /branches/main'), api.select('id')])
    expect(count('apps/create-installation-access-token')).toBe(1)
  })

  test('a range against many tags takes a handful of requests, not one a tag', async () => {
    const git = new GitObjectStore({ gitDir: repo.gitDir })
    const history = historyIn(git)
    let main = await history.commit('start', { a: '0\n' })
    const tags = []
    for (let release = 1; release <= 30; release++) {
      main = await history.commit(`release ${release}`, { a: `${release}\n` }, { parents: [main] })
      const fix = await history.commit(`fix ${release}`, { b: `${release}\n` }, { parents: [main] })
      await history.point(`refs/tags/v1.${release}.1`, fix)
      tags.push(fix)
    }
    await history.point('refs/heads/main', main)
    const own = await history.commit(
      'own',
      { c: 'c\n' },
      { parents: [tags[9] ?? main], ref: 'refs/heads/ours' },
    )
    await git.close()
    github.requests.splice(0)
    const log = await storeOf(github, installation, repo).log({ to: own, not: [main, ...tags] })
    expect(log.map(({ message }) => message)).toEqual(['own'])
    expect(github.requests.length).toBeLessThanOrEqual(9)
  })
})

test('writes go one after the other with a pause between them, reads do not wait', async () => {
  let now = 0
  const log: string[] = []
  const octokit = {
    request: async (route: string) => {
      log.push(`${route} at ${now}`)
      return { status: 200, data: { id: 1 }, headers: {} }
    },
    graphql: async () => ({}),
  }
  const pace = { now: () => now, pause: async (wait: number) => void (now += wait), betweenWrites: 1_000 }
  const api: GitHubApi = githubApi(octokit as unknown as Parameters<typeof githubApi>[0], { pace })
  await Promise.all([api.request('POST /a'), api.request('POST /b'), api.request('GET /c')])
  expect(log).toEqual(['GET /c at 0', 'POST /a at 0', 'POST /b at 1000'])
})
