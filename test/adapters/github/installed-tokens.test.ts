import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { githubHost } from '../../../src/adapters/github/github-host.ts'
import { memoryCache } from '../../../src/adapters/memory/memory-cache.ts'
import type { Host } from '../../../src/ports/host.ts'
import { tokensOf } from '../../github/actors.ts'
import { startGitHub, type GitHub } from '../../github/github.ts'
import type { Installation, Repo } from '../../github/world.ts'
import { impatient, seed } from '../../support/github-workplace.ts'

let github: GitHub
let repos: readonly Repo[]
let installation: Installation
let host: Host

beforeEach(async () => {
  github = await startGitHub()
  repos = ['one', 'two'].map((name) => github.createRepo({ owner: 'owner', name, private: true }))
  repos.forEach(seed)
  seed(github.createRepo({ owner: 'upstream', name: 'kubespray' }))
  installation = github.install(repos)
  host = githubHost({
    connection: { baseUrl: github.url, pace: impatient(github) },
    key: { appId: github.world.app.id, privateKey: github.world.app.privateKey },
    upstream: { owner: 'upstream', name: 'kubespray' },
    upstreamRefs: 'refs/multiarch/upstream/',
    shared: memoryCache(),
    cacheOf: () => memoryCache(),
  })
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

/** What the tokens so far are good for. */
const given = () =>
  tokensOf(github.world).map(({ repositories, permissions }) => ({
    repositories: [...repositories].map(({ name }) => name),
    permissions,
  }))

const LISTING = { repositories: ['one', 'two'], permissions: { metadata: 'read' } }

async function look(name: string): Promise<unknown> {
  return (await host.open({ owner: 'owner', name })).forge.repository.read()
}

test('work on a repository has a token for that one, with what the App asks for and no more', async () => {
  await host.installed()
  expect(await look('one')).toMatchObject({ defaultBranch: 'main' })
  expect(await look('two')).toMatchObject({ defaultBranch: 'main' })
  const manifest = parse(readFileSync(join(import.meta.dirname, '../../../app.yml'), 'utf8')) as {
    readonly default_permissions: Readonly<Record<string, string>>
  }
  const permissions = manifest.default_permissions
  expect(given()).toEqual([
    LISTING,
    { repositories: ['one'], permissions },
    { repositories: ['two'], permissions },
  ])
})

test('what an owner grants beside is used, what is granted beyond our needs is not', async () => {
  Object.assign(installation.permissions, { workflows: 'write', secrets: 'write', administration: 'write' })
  await look('one')
  expect(given().map(({ permissions }) => Object.keys(permissions).sort())).toEqual([
    ['checks', 'contents', 'issues', 'metadata', 'pull_requests', 'workflows'],
  ])
})

test('what is granted no more, or for reading alone, is not asked for', async () => {
  await host.installed()
  delete installation.permissions['checks']
  installation.permissions['issues'] = 'read'
  await look('one')
  expect(given().at(-1)?.permissions).toEqual({
    contents: 'write',
    issues: 'read',
    metadata: 'read',
    pull_requests: 'write',
  })
})

test('upstream is read with a token that writes nothing', async () => {
  await (await host.open({ owner: 'upstream', name: 'kubespray' })).forge.repository.read()
  await host.published('v2.9.0')
  expect(given()).toEqual([{ ...LISTING, permissions: { contents: 'read', metadata: 'read' } }])
})

test('a repository that was taken out of the installation is one that I am not installed on', async () => {
  await host.installed()
  installation.repositories.delete(repos[0] as Repo)
  await expect(look('one')).rejects.toMatchObject({ problems: [{ code: 'not-installed' }] })
  expect(await look('two')).toMatchObject({ defaultBranch: 'main' })
})
