import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EVENTS } from '../../../src/app/jobs/jobs-for.ts'
import { QueueAway } from '../../../src/app/jobs/put-jobs.ts'
import {
  answerWebhook,
  MAX_WEBHOOK,
  type Door,
  type VerifiedEvent,
} from '../../../src/entry/server/answer-webhook.ts'
import { push, SECRET, sign, webhook, type Webhook } from '../../support/webhook.ts'

function door(fails = false): Door & { readonly taken: VerifiedEvent[]; readonly failures: unknown[] } {
  const taken: VerifiedEvent[] = []
  const failures: unknown[] = []
  return {
    secret: SECRET,
    taken,
    failures,
    take: (event) => {
      taken.push(event)
      return fails ? Promise.reject(new Error('away')) : Promise.resolve(1)
    },
    onFailure: (error) => failures.push(error),
  }
}

function send(
  { headers, body }: Webhook | { headers: Record<string, string>; body: string | Buffer },
  to: Door,
) {
  return answerWebhook({ header: (name) => headers[name], body: Buffer.from(body) }, to)
}

const GOOD = webhook('push', push('me/kubespray'), 'd-1')

test('a webhook GitHub signed is taken', async () => {
  const to = door()
  expect(await send(GOOD, to)).toMatchObject({ status: 202, outcome: 'accepted' })
  expect(to.taken).toMatchObject([{ name: 'push', delivery: 'd-1', payload: { ref: 'refs/heads/main' } }])
})

test.each<[string, Webhook, number]>([
  ['no signature', { ...GOOD, headers: { ...GOOD.headers, 'x-hub-signature-256': '' } }, 401],
  [
    'only the old SHA-1 signature',
    { ...GOOD, headers: { ...GOOD.headers, 'x-hub-signature-256': '', 'x-hub-signature': 'sha1=aa' } },
    401,
  ],
  [
    'a signature of another secret',
    { ...GOOD, headers: { ...GOOD.headers, 'x-hub-signature-256': sign(GOOD.body, 'wrong') } },
    401,
  ],
  ['a signature of another body', { ...GOOD, body: GOOD.body.replace('me/', 'mallory/') }, 401],
  [
    'a signature that is none',
    { ...GOOD, headers: { ...GOOD.headers, 'x-hub-signature-256': 'sha256=zz' } },
    401,
  ],
  ['no event', { ...GOOD, headers: { ...GOOD.headers, 'x-github-event': '' } }, 400],
  ['no delivery', { ...GOOD, headers: { ...GOOD.headers, 'x-github-delivery': '' } }, 400],
  [
    'a form',
    { ...GOOD, headers: { ...GOOD.headers, 'content-type': 'application/x-www-form-urlencoded' } },
    415,
  ],
  ['no JSON', webhook('push', 'payload=x'), 400],
  ['JSON that is no object', webhook('push', '[1]'), 400],
])('%s is refused and not taken', async (_, sent, status) => {
  const to = door()
  expect(await send(sent, to)).toMatchObject({ status, outcome: 'refused' })
  expect(to.taken).toEqual([])
})

test('more than GitHub sends is refused, by its header or by its size', async () => {
  const claimed = { ...GOOD, headers: { ...GOOD.headers, 'content-length': String(MAX_WEBHOOK + 1) } }
  expect(await send(claimed, door())).toMatchObject({ status: 413 })
  const large = webhook('push', 'x'.repeat(MAX_WEBHOOK + 1))
  expect(await send(large, door())).toMatchObject({ status: 413 })
})

test('25 MB with a good signature are read', async () => {
  const payload = { ...push('me/kubespray'), filler: 'x'.repeat(MAX_WEBHOOK - 1000) }
  expect(await send(webhook('push', payload), door())).toMatchObject({ status: 202 })
})

describe('a payload that is no payload of that event is refused as such, and the log hears why', () => {
  const full = { full_name: 'me/kubespray' }
  test.each<[string, unknown, string]>([
    ['push', { ref: 7, repository: full }, 'at `ref`: expected string, received number.'],
    ['push', { ref: 'refs/heads/main', repository: { full_name: 9 } }, 'at `repository.full_name`'],
    ['push', { ref: 'refs/heads/main', repository: 'me/kubespray' }, 'at `repository`'],
    ['installation', { action: 'created', repositories: {} }, 'at `repositories`: expected array'],
    ['installation', { action: 'created', repositories: [7] }, 'at `repositories.0`'],
    ['installation_repositories', { action: 'added', repositories_added: 'all' }, 'at `repositories_added`'],
    ['issue_comment', { action: 'created', issue: { number: '7' } }, 'at `issue.number`'],
    ['issue_comment', { action: 'created', issue: { number: 1.5 } }, 'at `issue.number`'],
    ['issue_comment', { action: 'created', comment: { body: ['/multiarch plan'] } }, 'at `comment.body`'],
    ['issues', { action: 'edited', sender: { login: {} } }, 'at `sender.login`'],
    [
      'check_run',
      { action: 'rerequested', check_run: { pull_requests: {} } },
      'at `check_run.pull_requests`',
    ],
    [
      'check_suite',
      { action: 'rerequested', check_suite: { head_branch: 1 } },
      'at `check_suite.head_branch`',
    ],
    ['pull_request', { action: ['closed'] }, 'at `action`'],
  ])('%s %j', async (name, payload, why) => {
    const to = door()
    const answer = await send(webhook(name, payload), to)
    expect(answer).toMatchObject({ status: 422, outcome: 'refused', event: name })
    expect(answer.text).toContain(`I cannot read this \`${name}\` ${why}`)
    expect(to.taken).toEqual([])
    expect(to.failures).toEqual([answer.text])
  })

  test('what GitHub leaves out, or says is not there, is no fault', async () => {
    for (const payload of [{}, { action: null, issue: null, repository: null, sender: null }])
      for (const name of EVENTS) expect((await send(webhook(name, payload), door())).status).toBe(202)
  })

  test('and so is none of GitHub’s own sample payloads', async () => {
    const folder = join(import.meta.dirname, '../../../fixtures/webhooks')
    for (const file of readdirSync(folder).filter((each) => each.endsWith('.json'))) {
      const text = readFileSync(join(folder, file), 'utf8')
      for (const name of EVENTS.filter((each) => file.startsWith(each)))
        expect((await send(webhook(name, text), door())).status, file).toBe(202)
    }
  })
})

test.each(['constructor', '__proto__', 'hasOwnProperty', 'star', 'no such event'])(
  'the event %j asks for nothing',
  async (name) => {
    const to = door()
    const answer = await send(webhook(name, { action: 'created', ref: 7 }), to)
    expect(answer).toMatchObject({ status: 202, outcome: 'ignored', event: 'other' })
    expect(to.taken).toEqual([])
  },
)

test('our own defect is not the queue’s', async () => {
  const to = { ...door(), take: () => Promise.reject(new TypeError('x is not iterable')) }
  expect(await send(GOOD, to)).toMatchObject({ status: 500, outcome: 'broken' })
  const away = { ...door(), take: () => Promise.reject(new QueueAway(new TypeError('fetch failed'))) }
  expect(await send(GOOD, away)).toMatchObject({ status: 503, outcome: 'failed' })
})

test('a queue that is away is told as such, so that GitHub shows the delivery as failed', async () => {
  const to = door(true)
  expect(await send(GOOD, to)).toMatchObject({ status: 503, outcome: 'failed' })
  expect(to.failures).toHaveLength(1)
})
