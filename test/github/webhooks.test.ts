import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectTo, seed } from '../support/github-workplace.ts'
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
