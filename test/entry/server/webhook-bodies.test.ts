import { createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { WebhookBodies, type ReadBody } from '../../../src/entry/server/webhook-bodies.ts'
import { MAX_WEBHOOK } from '../../../src/entry/server/answer-webhook.ts'
import { SECRET } from '../../support/webhook.ts'

/** Somebody who sends: what is written comes in, and `read` is what the door makes of it. */
function sender(bodies: WebhookBodies, says?: number) {
  const stream = new PassThrough({ highWaterMark: 1 << 26 })
  const headers = says === undefined ? {} : { 'content-length': String(says) }
  const read = bodies.read(Object.assign(stream, { headers }) as unknown as IncomingMessage)
  let ended: ReadBody | undefined
  void read.then((outcome) => (ended = outcome))
  return {
    read,
    send: async (bytes: number) => {
      stream.write(Buffer.alloc(bytes, 'x'))
      await new Promise((resolve) => setImmediate(resolve))
    },
    end: () => stream.end(),
    goAway: () => stream.destroy(),
    outcome: async () => {
      await new Promise((resolve) => setImmediate(resolve))
      return ended?.kind
    },
  }
}

const LIMITS = { together: 10_000, large: 2_000, largeAtOnce: 2 }

test('a body is read whole, with its signature under our secret', async () => {
  const one = sender(new WebhookBodies(SECRET))
  await one.send(1000)
  await one.send(500)
  one.end()
  const read = await one.read
  expect(read).toMatchObject({ kind: 'body', body: Buffer.alloc(1500, 'x') })
  if (read.kind === 'body')
    expect(read.signature).toEqual(createHmac('sha256', SECRET).update(read.body).digest())
})

test('beyond the sum the one that holds the most gives way, and small ones come through', async () => {
  const bodies = new WebhookBodies(SECRET, LIMITS)
  const slow = sender(bodies)
  await slow.send(1_900)
  const others = [sender(bodies), sender(bodies), sender(bodies), sender(bodies), sender(bodies)]
  for (const other of others) await other.send(1_500)
  const small = sender(bodies, 300)
  await small.send(300)
  small.end()
  expect(await small.outcome()).toBe('body')
  expect(await slow.outcome()).toBe('too-much')
  expect(await Promise.all(others.map((each) => each.outcome()))).toEqual(others.map(() => undefined))
})

test('large ones are read a few at once, whether they say so or not; a place that is free again is taken', async () => {
  const bodies = new WebhookBodies(SECRET, LIMITS)
  const [said, grown] = [sender(bodies, 3_000), sender(bodies)]
  await grown.send(2_500)
  expect(await sender(bodies, 2_001).outcome()).toBe('too-much')
  const third = sender(bodies)
  await third.send(1_000)
  expect(await third.outcome()).toBeUndefined()
  await third.send(1_500)
  expect(await third.outcome()).toBe('too-much')
  said.goAway()
  expect(await said.outcome()).toBe('gone')
  const fourth = sender(bodies, 2_500)
  await fourth.send(2_500)
  fourth.end()
  expect(await fourth.outcome()).toBe('body')
})

test('a byte at a time costs more than its bytes', async () => {
  const bodies = new WebhookBodies(SECRET, LIMITS)
  const drip = sender(bodies)
  for (let sent = 0; sent < 60; sent++) await drip.send(1)
  expect(await drip.outcome()).toBe('too-much')
})

test('what ends frees what it held: a thousand bodies come one after the other', async () => {
  const bodies = new WebhookBodies(SECRET, LIMITS)
  for (let index = 0; index < 1000; index++) {
    const each = sender(bodies)
    await each.send(1_000)
    if (index % 2 === 0) each.end()
    else each.goAway()
    expect((await each.read).kind).toBe(index % 2 === 0 ? 'body' : 'gone')
  }
})

test('more than GitHub sends is not read to its end', async () => {
  const one = sender(new WebhookBodies(SECRET))
  await one.send(MAX_WEBHOOK)
  await one.send(1)
  expect(await one.outcome()).toBe('too-large')
})
