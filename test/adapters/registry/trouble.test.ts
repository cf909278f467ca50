import { expect, test } from 'vitest'
import { freePort } from '../../support/redis.ts'
import { json, LIST, registryWith, serve } from '../../support/registry-server.ts'

const FOUND = { kind: 'found', architectures: ['arm64'] }

test('a registry that wants a token is given one that strangers get, once for all tags of a repository', async () => {
  const { host, asked } = await serve((request, response) => {
    if (request.url?.startsWith('/token')) return json(response, 200, { token: 'for-anybody' })
    if (request.headers.authorization === 'Bearer for-anybody') return json(response, 200, LIST)
    const realm = `Bearer realm="http://${host}/token",service="here",scope="repository:a/b:pull"`
    response.writeHead(401, { 'www-authenticate': realm }).end()
  })
  const registry = registryWith({ named: [host] })
  expect((await registry.ask([`${host}/a/b:v1`])).get(`${host}/a/b:v1`)).toEqual(FOUND)
  expect((await registry.ask([`${host}/a/b:v2`])).get(`${host}/a/b:v2`)).toEqual(FOUND)
  expect(asked).toEqual([
    '/v2/a/b/manifests/v1',
    '/token?service=here&scope=repository%3Aa%2Fb%3Apull',
    '/v2/a/b/manifests/v1',
    '/v2/a/b/manifests/v2',
  ])
})

test.each([
  [
    'wants an account of its own kind',
    401,
    { 'www-authenticate': 'Basic realm="here"' },
    'asks for an account',
  ],
  [
    'sends strangers nowhere',
    401,
    { 'www-authenticate': 'Bearer realm="not an address"' },
    'asks for an account',
  ],
  ['forbids', 403, {}, 'asks for an account'],
  ['has had enough', 429, {}, 'has had enough questions from here for now'],
  ['is broken', 500, {}, 'answers 500'],
  ['is a teapot', 418, {}, 'answers 418'],
] as const)('a registry that %s tells nothing, and that is said', async (_, status, headers, why) => {
  const { host } = await serve((_request, response) => response.writeHead(status, headers).end())
  const image = `${host}/a:v1`
  expect((await registryWith({ named: [host] }).ask([image])).get(image)).toEqual({
    kind: 'unknown',
    why: `\`${host}\` ${why}`,
  })
})

test.each([
  ['no JSON', '<html>'],
  ['a list of nothing', '{"manifests":[]}'],
  ['neither list nor image', '{"a":1}'],
  ['a configuration that is none', '{"config":{"digest":"../../etc/passwd"}}'],
])('%s names no architecture', async (_, body) => {
  const { host } = await serve((_request, response) => response.writeHead(200).end(body))
  const image = `${host}/a:v1`
  const why = `\`${host}\` has \`a\` in a form that names no architecture`
  expect((await registryWith({ named: [host] }).ask([image])).get(image)).toEqual({ kind: 'unknown', why })
})

test('the first form of manifests names the architecture itself', async () => {
  const { host } = await serve((_request, response) =>
    json(response, 200, { schemaVersion: 1, architecture: 'arm64' }),
  )
  expect((await registryWith({ named: [host] }).ask([`${host}/a:v1`])).get(`${host}/a:v1`)).toEqual(FOUND)
})

test('a registry that never answers is left after its time', async () => {
  const { host } = await serve(() => undefined)
  const why = `\`${host}\` did not answer within 0 seconds`
  expect(
    (await registryWith({ named: [host], limits: { timeout: 50 } }).ask([`${host}/a:v1`])).get(
      `${host}/a:v1`,
    ),
  ).toEqual({
    kind: 'unknown',
    why,
  })
})

test('an answer without end is left as well', async () => {
  const { host } = await serve((_request, response) => response.writeHead(200).end('x'.repeat(5000)))
  const answer = (await registryWith({ named: [host], limits: { most: 1000 } }).ask([`${host}/a:v1`])).get(
    `${host}/a:v1`,
  )
  expect(answer).toEqual({ kind: 'unknown', why: `\`${host}\` gives an answer that is too long to be one` })
})

test('a registry that cannot be reached is not asked for each of its images', async () => {
  const host = `127.0.0.1:${await freePort()}`
  const images = Array.from({ length: 40 }, (_, number) => `${host}/a:v${number}`)
  const answers = await registryWith({ named: [host] }).ask(images)
  expect(new Set([...answers.values()].map((each) => JSON.stringify(each)))).toEqual(
    new Set([JSON.stringify({ kind: 'unknown', why: `\`${host}\` cannot be reached (ECONNREFUSED)` })]),
  )

  const broken = await serve((_request, response) => response.writeHead(503).end())
  await registryWith({ named: [broken.host] }).ask(images.map((each) => each.replace(host, broken.host)))
  expect(broken.asked.length).toBeLessThan(10)
})

test('a tag is asked for again after a day, a digest never', async () => {
  const { host, asked } = await serve((_request, response) => json(response, 200, LIST))
  let now = 0
  const registry = registryWith({ named: [host], now: () => now })
  const images = [`${host}/a:v1`, `${host}/a@sha256:${'a'.repeat(64)}`]
  await registry.ask(images)
  await registry.ask(images)
  expect(asked).toHaveLength(2)
  now = 25 * 60 * 60 * 1000
  await registry.ask(images)
  expect(asked.slice(2)).toEqual(['/v2/a/manifests/v1'])
})

test('what is absent is asked for again: it may be pushed any minute', async () => {
  const { host, asked } = await serve((_request, response) => response.writeHead(404).end())
  const registry = registryWith({ named: [host] })
  await registry.ask([`${host}/a:v1`])
  expect((await registry.ask([`${host}/a:v1`])).get(`${host}/a:v1`)).toEqual({ kind: 'absent' })
  expect(asked).toHaveLength(2)
})
