import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { githubForge } from '../../../../src/adapters/github/people/github-forge.ts'
import { repositoryApi } from '../../../../src/adapters/github/api/repository-api.ts'
import { describeForge } from '../../../contract/forge.ts'
import { startGitHub, type GitHub } from '../../../github/github.ts'
import type { Installation, Repo } from '../../../github/world.ts'
import { connectTo, seed, storeOf } from '../../../support/github-workplace.ts'

let github: GitHub
let repos = 0
// A second passes with every look at the clock: GitHub tells the time of a change in whole seconds.
let now = Date.UTC(2026, 0, 1)
beforeAll(async () => {
  github = await startGitHub({ now: () => (now += 1000) })
})
afterEach(() => expect(github.violations.splice(0)).toEqual([]))
afterAll(() => github.close())

describeForge('GitHub', async () => {
  const repo = github.createRepo({ owner: 'someone', name: `repo-${++repos}` })
  const closed = github.createRepo({ owner: 'someone', name: `closed-${repos}`, hasIssues: false })
  seed(repo)
  const installation = github.install([repo, closed])
  return {
    forge: forgeOf(installation, repo),
    withoutIssues: forgeOf(installation, closed),
    people: github.people(repo),
    objects: storeOf(github, installation, repo),
  }
})

function forgeOf(installation: Installation, repo: Repo) {
  const connected = connectTo(github, installation)
  return githubForge({
    api: repositoryApi(connected.api, { owner: repo.owner, name: repo.name }),
    login: `${github.world.app.slug}[bot]`,
    granted: async () => (await connected.grant()).permissions,
  })
}
