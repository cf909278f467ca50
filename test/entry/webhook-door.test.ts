import { expect, test } from 'vitest'
import { answerWebhook, MAX_WEBHOOK, type Door, type VerifiedEvent } from '../../src/entry/webhook-door.ts'
import { push, SECRET, sign, webhook, type Webhook } from '../support/webhook.ts'

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

test('a queue that is away is told as such, so that GitHub shows the delivery as failed', async () => {
  const to = door(true)
  expect(await send(GOOD, to)).toMatchObject({ status: 503, outcome: 'failed' })
  expect(to.failures).toHaveLength(1)
})
