import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectAsApp } from '../../src/adapters/github/connect.ts'
import { apiOf, connectTo, impatient, seed } from '../support/github-workplace.ts'
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

async function ask(
  path: string,
  options: { token?: string; method?: string; body?: unknown; headers?: Record<string, string> } = {},
) {
  const answer = await fetch(github.url + path, {
    method: options.method ?? 'GET',
    headers: { ...(options.token && { authorization: `token ${options.token}` }), ...options.headers },
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    headers: answer.headers,
    body: (text ? JSON.parse(text) : undefined) as Record<string, unknown>,
  }
}

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

describe('webhooks', () => {
  let receiver: Server
  let received: { headers: IncomingHttpHeaders; body: string }[]
  beforeEach(async () => {
    received = []
    receiver = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        received.push({ headers: request.headers, body })
        response.writeHead(202).end()
      })
    })
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
    github.webhooks.url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  })
  afterEach(() => new Promise((done) => receiver.close(done)))

  test('are signed, name their event and come in order', async () => {
    const people = github.people(repo)
    const number = await people.openIssue('someone', { title: 'A question', body: 'Why?' })
    await people.comment('someone', number, '/multiarch help')
    await github.webhooks.settled()
    expect(received.map(({ headers }) => headers['x-github-event'])).toEqual(['issues', 'issue_comment'])
    for (const { headers, body } of received) {
      const signature = createHmac('sha256', github.world.app.webhookSecret).update(body).digest('hex')
      expect(headers['x-hub-signature-256']).toBe(`sha256=${signature}`)
    }
    expect(JSON.parse(received[1]?.body ?? '')).toMatchObject({
      action: 'created',
      comment: { body: '/multiarch help', user: { login: 'someone', type: 'User' } },
      issue: { number },
      repository: { full_name: 'someone/kubespray' },
      installation: { id: installation.id },
      sender: { login: 'someone' },
    })
  })

  test('tell of a push and of the pull request that follows the branch', async () => {
    const commit = (message: string) =>
      gitText(repo.gitDir, [
        '-c',
        'user.name=T',
        '-c',
        'user.email=t@example.com',
        'commit-tree',
        'refs/heads/main^{tree}',
        '-p',
        'refs/heads/main',
        '-m',
        message,
      ])
    const first = commit('first')
    const post = { token: 'ghp_someone', method: 'POST', body: { ref: 'refs/heads/topic', sha: first } }
    await ask('/repos/someone/kubespray/git/refs', post)
    await github
      .people(repo)
      .openPullRequest('someone', { title: 'Topic', body: '', branch: 'topic', onto: 'main' })
    const second = commit('second')
    const patch = { token: 'ghp_someone', method: 'PATCH', body: { sha: second, force: true } }
    await ask('/repos/someone/kubespray/git/refs/heads/topic', patch)
    await github.webhooks.settled()
    const events = received.map(({ headers, body }) => [
      headers['x-github-event'],
      (JSON.parse(body) as { action?: string }).action,
    ])
    expect(events).toEqual([
      ['push', undefined],
      ['pull_request', 'opened'],
      ['push', undefined],
      ['pull_request', 'synchronize'],
    ])
    expect(JSON.parse(received[2]?.body ?? '')).toMatchObject({ before: first, after: second, forced: true })
  })

  test('tell of buttons, of ticked boxes and of what becomes of the installation', async () => {
    const { token } = await connectTo(github, installation).grant()
    const actions = [{ identifier: 'recheck', label: 'Recheck', description: 'Judge it again' }]
    const run = { name: 'multiarch', head_sha: tip(), actions }
    await ask('/repos/someone/kubespray/check-runs', { token, method: 'POST', body: run })
    const people = github.people(repo)
    await people.press('someone', { at: tip(), name: 'multiarch', button: 'recheck' })
    await people.press('someone', { at: tip(), name: 'multiarch' })
    await expect(people.press('someone', { at: tip(), name: 'multiarch', button: 'other' })).rejects.toThrow()
    const number = await people.openIssue('someone', { title: 'Dashboard', body: '- [ ] rebase' })
    await people.editAs('someone', number, '- [x] rebase')
    github.suspend(installation, 'suspend')
    github.suspend(installation, 'unsuspend')
    github.uninstall(installation)
    await github.webhooks.settled()
    const events = received.map(({ headers, body }) => [
      headers['x-github-event'],
      (JSON.parse(body) as { action?: string }).action,
    ])
    expect(events).toEqual([
      ['check_run', 'requested_action'],
      ['check_run', 'rerequested'],
      ['issues', 'opened'],
      ['issues', 'edited'],
      ['installation', 'suspend'],
      ['installation', 'unsuspend'],
      ['installation', 'deleted'],
    ])
    expect(JSON.parse(received[3]?.body ?? '')).toMatchObject({ changes: { body: { from: '- [ ] rebase' } } })
  })

  test('are lost for good when they are lost, and keep their id when sent again', async () => {
    const people = github.people(repo)
    github.webhooks.lose = 1
    await people.openIssue('someone', { title: 'Lost', body: '' })
    await github.webhooks.settled()
    expect(received).toEqual([])
    const [, lost] = github.webhooks.deliveries
    if (lost) github.webhooks.redeliver(lost)
    await github.webhooks.settled()
    expect(received.map(({ headers }) => headers['x-github-delivery'])).toEqual([lost?.id])
  })

  test('go only to whom the repository is installed for', async () => {
    const other = github.createRepo({ owner: 'other', name: 'kubespray' })
    await github.people(other).openIssue('other', { title: 'Elsewhere', body: '' })
    await github.webhooks.settled()
    expect(received).toEqual([])
  })
})
