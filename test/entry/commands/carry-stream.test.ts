import { PassThrough } from 'node:stream'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { carryStream } from '../../../src/entry/commands/carry-stream.ts'
import { memoryObjectStore } from '../../support/memory/memory-object-store.ts'
import type { ObjectStore } from '../../../src/ports/object-store.ts'
import { longText } from '../../support/carry.ts'
import { historyIn } from '../../support/history.ts'

interface Answer {
  readonly id?: string
  readonly verdict: string
  readonly tree?: string
  readonly error?: string
}

/** A running stream over a store with a patch `mine` on `v1`, and a `v2`. */
async function running() {
  const store = memoryObjectStore()
  const history = historyIn(store)
  const text = longText('alpha')
  const base = await history.commit('v1', { 'a.txt': text }, { ref: 'refs/tags/v1' })
  const mine = longText('alpha', { 2: 'a line of mine' })
  await history.commit('patch', { 'a.txt': mine }, { parents: [base], ref: 'refs/heads/mine' })
  const theirs = longText('alpha', { 10: 'a line of theirs' })
  await history.commit('v2', { 'a.txt': theirs }, { parents: [base], ref: 'refs/tags/v2' })
  const events: string[] = []
  const watched: ObjectStore = {
    ...store,
    writeTree: async (tree) => (events.push('written'), store.writeTree(tree)),
    flush: async () => void events.push('flushed'),
  }
  const input = new PassThrough()
  const output = new PassThrough()
  output.on('data', () => events.push('answered'))
  const ended = carryStream(watched, input, output)
  const lines = createInterface({ input: output })[Symbol.asyncIterator]()
  return {
    events,
    ended,
    write: (text: string): void => void input.write(text),
    ask: (id: string): void => void input.write(question(id)),
    end: (text = ''): void => void input.end(text),
    next: async (): Promise<Answer> => JSON.parse((await lines.next()).value as string) as Answer,
  }
}

function question(id: string, onto = 'v2'): string {
  return JSON.stringify({ id, base: 'v1', patch: 'mine', onto }) + '\n'
}

test('each question is answered before the next one comes, and before the input ends', async () => {
  const stream = await running()
  for (const id of ['first', 'second', 'third']) {
    stream.ask(id)
    expect(await stream.next()).toMatchObject({ id, verdict: 'clean' })
  }
  stream.end()
  await stream.ended
})

test('a question may be made of the answer to the one before', async () => {
  const stream = await running()
  stream.ask('first')
  const { tree } = await stream.next()
  stream.write(JSON.stringify({ id: 'second', base: 'v1', patch: 'mine', onto: tree }) + '\n')
  expect(await stream.next()).toMatchObject({ id: 'second', verdict: 'upstreamed', tree })
  stream.end()
  await stream.ended
})

test('no answer is given out before its objects are in the store', async () => {
  const stream = await running()
  stream.write(question('a') + question('b'))
  stream.end(question('c'))
  await stream.ended
  const answered = stream.events.indexOf('answered')
  expect(stream.events.filter((event) => event === 'written')).toHaveLength(3)
  expect(stream.events.slice(0, answered)).toContain('flushed')
  expect(stream.events.lastIndexOf('flushed')).toBeGreaterThan(stream.events.lastIndexOf('written'))
})

test('many questions at once are all answered, in order', async () => {
  const stream = await running()
  const ids = Array.from({ length: 150 }, (_, at) => `case ${at}`)
  stream.end(ids.map((id) => question(id)).join(''))
  for (const id of ids) expect(await stream.next()).toMatchObject({ id, verdict: 'clean' })
  await stream.ended
})

test('a question that comes in pieces, or without an end, is one', async () => {
  const stream = await running()
  const text = question('whole')
  stream.write(text.slice(0, 7))
  await new Promise((done) => setImmediate(done))
  stream.write(text.slice(7))
  expect(await stream.next()).toMatchObject({ id: 'whole', verdict: 'clean' })
  stream.end(question('last').trimEnd())
  expect(await stream.next()).toMatchObject({ id: 'last', verdict: 'clean' })
  await stream.ended
})

test.each([
  ['no JSON', 'what?\n', undefined, /JSON/],
  ['a side is missing', '{"id":"x","base":"v1","patch":"mine"}\n', 'x', /onto/],
  ['a name means nothing', question('x', 'v9'), 'x', /v9/],
])('a bad question fails alone: %s', async (_title, text, id, error) => {
  const stream = await running()
  stream.write(`\n${text}`)
  const answer = await stream.next()
  expect(answer).toMatchObject({ verdict: 'failed', error: expect.stringMatching(error) as string })
  expect(answer.id).toBe(id)
  stream.ask('after')
  expect(await stream.next()).toMatchObject({ id: 'after', verdict: 'clean' })
  stream.end()
  await stream.ended
})

test('an input without questions has no answers', async () => {
  const stream = await running()
  stream.end('\n\n')
  await stream.ended
  expect(stream.events).not.toContain('answered')
})
