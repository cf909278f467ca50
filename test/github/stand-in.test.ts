import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectAsApp } from '../../src/adapters/github/api/connection.ts'
import { apiOf, connectTo, impatient, seed } from '../support/github-workplace.ts'
import { askApi } from './ask.ts'
import { gitText } from './git.ts'
import { startGitHub, type GitHub } from './github.ts'
import type { Installation, Repo } from './world.ts'

let github: GitHub
let repo: Repo
let installation: Installation

beforeEach(async () => {
  github = await startGitHub()
  repo = github.createRepo({ owner: 'someone', name: 'kubespray' })
  seed(repo)
  installation = github.install([repo])
})
afterEach(() => github.close())

const tip = () => gitText(repo.gitDir, ['rev-parse', 'refs/heads/main'])

const ask = (path: string, options?: Parameters<typeof askApi>[1]) => askApi(github.url + path, options)

describe('who may do what', () => {
  test('what the manifest does not ask for is refused, what it asks for is not', async () => {
    const { token } = await connectTo(github, installation).grant()
    const run = { name: 'x', head_sha: tip() }
    expect(
      (await ask('/repos/someone/kubespray/check-runs', { token, method: 'POST', body: run })).status,
    ).toBe(201)
    delete installation.permissions.checks
    const less = (await connectTo(github, installation).grant()).token
    const refused = await ask('/repos/someone/kubespray/check-runs', {
      token: less,
      method: 'POST',
      body: run,
    })
    expect(refused.status).toBe(403)
    expect(refused.body.message).toBe('Resource not accessible by integration')
  })

  test('a token is cut down to what was asked for, and cannot be more than was granted', async () => {
    const { id: appId, privateKey } = github.world.app
    const app = connectAsApp({ baseUrl: github.url, pace: impatient(github) }, { appId, privateKey })
    const route = `POST /app/installations/${installation.id}/access_tokens`
    const { data } = await app.request<{ token: string }>(route, { permissions: { issues: 'write' } })
    const issue = { token: data.token, method: 'POST', body: { title: 'x' } }
    expect((await ask('/repos/someone/kubespray/issues', issue)).status).toBe(201)
    const blob = { token: data.token, method: 'POST', body: { content: 'x' } }
    expect((await ask('/repos/someone/kubespray/git/blobs', blob)).status).toBe(403)
    await expect(app.request(route, { permissions: { secrets: 'write' } })).rejects.toThrow(/not granted/)
  })

  test('what is private is seen by its own people only', async () => {
    const { token } = await connectTo(github, installation).grant()
    const other = github.createRepo({ owner: 'other', name: 'secret', private: true })
    seed(other)
    expect((await ask('/repos/other/secret', { token })).status).toBe(404)
    expect((await ask('/repos/other/secret')).status).toBe(404)
    expect((await ask('/repos/other/secret', { token: 'ghp_other' })).status).toBe(200)
  })

  test('a token that is none, has ended or belongs to a suspended installation', async () => {
    expect((await ask('/repos/someone/kubespray', { token: 'ghs_made-up' })).status).toBe(401)
    expect((await ask('/app', { token: 'a.b.c' })).status).toBe(401)
    const { token } = await connectTo(github, installation).grant()
    installation.suspended = true
    expect((await ask('/repos/someone/kubespray', { token })).status).toBe(403)
  })

  test('people write with write access only', async () => {
    await github.people(repo).grant('reader', 'read')
    const body = { ref: 'refs/heads/new', sha: tip() }
    const post = (token: string) => ask('/repos/someone/kubespray/git/refs', { token, method: 'POST', body })
    expect((await post('ghp_reader')).status).toBe(403)
    expect((await post('ghp_someone')).status).toBe(201)
  })
})

describe('how lists and reads behave', () => {
  test('an ETag that still holds is a 304 and costs nothing', async () => {
    const first = await ask('/repos/someone/kubespray', { token: 'ghp_someone' })
    const etag = first.headers.get('etag') as string
    const again = await ask('/repos/someone/kubespray', {
      token: 'ghp_someone',
      headers: { 'if-none-match': etag },
    })
    expect(again.status).toBe(304)
    expect(again.headers.get('x-ratelimit-used')).toBe(first.headers.get('x-ratelimit-used'))
    repo.archived = true
    expect(
      (await ask('/repos/someone/kubespray', { token: 'ghp_someone', headers: { 'if-none-match': etag } }))
        .status,
    ).toBe(200)
  })

  test('pages link to each other', async () => {
    const people = github.people(repo)
    for (let i = 0; i < 5; i++) await people.openIssue('someone', { title: `issue ${i}`, body: '' })
    const second = await ask('/repos/someone/kubespray/issues?per_page=2&page=2')
    expect(second.body).toHaveLength(2)
    expect(second.headers.get('link')).toMatch(
      /page=1>; rel="prev".*page=3>; rel="next".*page=3>; rel="last"/,
    )
    expect((await ask('/repos/someone/kubespray/issues?per_page=2&page=3')).headers.get('link')).not.toMatch(
      /"next"/,
    )
  })

  test('what is asked for wrongly is a 422, what is not there a 404', async () => {
    const { token } = await connectTo(github, installation).grant()
    const missing = '1'.repeat(40)
    const commit = { message: 'x', tree: missing }
    expect(
      (await ask('/repos/someone/kubespray/git/commits', { token, method: 'POST', body: commit })).body
        .message,
    ).toBe('Tree SHA does not exist')
    expect((await ask(`/repos/someone/kubespray/git/blobs/${missing}`)).status).toBe(404)
    expect(
      (await ask('/repos/someone/kubespray/git/refs', { token, method: 'POST', body: { ref: 5 } })).status,
    ).toBe(422)
    expect((await ask('/no/such/route')).status).toBe(404)
  })

  test('GraphQL refuses what GitHub’s schema does not have', async () => {
    const api = apiOf(github, installation, repo)
    await expect(api.select('noSuchField')).rejects.toThrow(/noSuchField.*Repository/)
    await expect(api.select('object(sha: "x") { oid }')).rejects.toThrow(/doesn't accept argument 'sha'/)
    await expect(api.select('object(expression: "main")')).rejects.toThrow(/must have selections/)
    await expect(api.select('refs(first: 1) { nodes { name } }')).rejects.toThrow(
      /missing required arguments: refPrefix/,
    )
  })
})

describe('limits', () => {
  test.each([
    ['points', { points: 10 }, 11],
    ['content', { contentMinute: 3 }, 4],
  ])('too many %s at once wait a while', async (kind, settings, count) => {
    github.limit(settings)
    const body = { title: 'x' }
    const one = () =>
      kind === 'content'
        ? ask('/repos/someone/kubespray/issues', { token: 'ghp_someone', method: 'POST', body })
        : ask('/repos/someone/kubespray', { token: 'ghp_someone' })
    const answers = []
    for (let i = 0; i < count; i++) answers.push(await one())
    expect(answers.map(({ status }) => status).filter((status) => status === 403)).toHaveLength(1)
    expect(answers.at(-1)?.headers.get('retry-after')).toBe('60')
  })

  test('the hour’s requests end', async () => {
    github.limit({ primary: 2 })
    const one = () => ask('/repos/someone/kubespray', { token: 'ghp_someone' })
    await one()
    await one()
    const third = await one()
    expect(third.status).toBe(403)
    expect(third.headers.get('x-ratelimit-remaining')).toBe('0')
  })
})
