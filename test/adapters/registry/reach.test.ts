import { describe, expect, test } from 'vitest'
import { isPublicAddress } from '../../../src/adapters/registry/is-public-address.ts'
import type { Resolve } from '../../../src/adapters/registry/request-once.ts'
import { registryWith, json, serve, LIST } from '../../support/registry-server.ts'

const PRIVATE = [
  ['this machine', ['127.0.0.1', '127.9.9.9', '0.0.0.0', '::1', '::', '::127.0.0.1', '::7f00:1']],
  [
    'a private network',
    ['10.0.0.1', '172.16.0.1', '172.31.255.254', '192.168.1.1', 'fc00::1', 'fd00:ec2::254'],
  ],
  ['a link', ['169.254.169.254', '169.254.170.2', 'fe80::1', 'fec0::1']],
  ['a carrier', ['100.64.0.1', '100.127.255.254']],
  [
    'nobody',
    ['192.0.2.1', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '2001:db8::1', 'ff02::1'],
  ],
  [
    'one of these in disguise',
    [
      '::ffff:10.0.0.1',
      '::ffff:7f00:1',
      '64:ff9b::a9fe:a9fe',
      '64:ff9b:1::a00:1',
      '2002:7f00:1::',
      '2001:0:1::1',
    ],
  ],
  ['no address', ['', 'localhost', '0x7f.1', '::ffff:999.0.0.1', 'fe80::1%eth0']],
] as const

test.each(PRIVATE)('an address of %s is nobody’s on the internet', (_, addresses) => {
  expect(addresses.filter(isPublicAddress)).toEqual([])
})

test('addresses of the internet are', () => {
  const some = [
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ]
  expect(some.filter((each) => !isPublicAddress(each))).toEqual([])
})

/** What stands in a private network, behind every kind of answer that leads there. */
describe('nothing inside of a network is asked unless somebody named it', () => {
  async function inside() {
    return serve((_request, response) => json(response, 200, LIST))
  }
  const toInside: Resolve = (_, done) => done(null, [{ address: '127.0.0.1', family: 4 }])

  test('not by the name of an image', async () => {
    const { host, asked } = await inside()
    const port = host.split(':')[1]
    for (const registry of [host, `localhost:${port}`, `127.1:${port}`, `2130706433:${port}`]) {
      const image = `${registry}/a:v1`
      const answer = (await registryWith({}).ask([image])).get(image)
      expect(answer).toEqual({
        kind: 'unknown',
        why: expect.stringContaining('inside of a private network') as string,
      })
    }
    expect(asked).toEqual([])
  })

  test('not where a name of the internet stands for such an address at the moment of connecting', async () => {
    const { host, asked } = await inside()
    const name = host.replace('127.0.0.1', 'registry.example')
    const answer = (await registryWith({ resolve: toInside }).ask([`${name}/a:v1`])).get(`${name}/a:v1`)
    expect(answer).toEqual({
      kind: 'unknown',
      why: `\`${name}\` stands at \`127.0.0.1\`, inside of a private network, where I ask only what you name (\`--registry ${name}\`)`,
    })
    expect(asked).toEqual([])
  })

  test('nor where all of several addresses of a name are such', async () => {
    const { host, asked } = await inside()
    const image = `${host.replace('127.0.0.1', 'registry.example')}/a:v1`
    const resolve: Resolve = (_, done) =>
      done(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ])
    expect((await registryWith({ resolve }).ask([image])).get(image)).toMatchObject({ kind: 'unknown' })
    expect(asked).toEqual([])
  })

  test.each([
    ['301', 301],
    ['302', 302],
    ['303', 303],
    ['307', 307],
    ['308', 308],
  ])('not where a registry sends the question on (%s)', async (_, status) => {
    const within = await inside()
    const { host } = await serve((_request, response) =>
      response.writeHead(status, { location: `http://${within.host}/latest/meta-data` }).end(),
    )
    const image = `${host}/a:v1`
    const answer = (await registryWith({ named: [host] }).ask([image])).get(image)
    expect(answer).toEqual({
      kind: 'unknown',
      why: `\`${host}\` sends me to \`${within.host}\`, which stands at \`127.0.0.1\`, inside of a private network, where I ask only what you name (\`--registry ${within.host}\`)`,
    })
    expect(within.asked).toEqual([])
    expect((await registryWith({ named: [host, within.host] }).ask([image])).get(image)).toEqual({
      kind: 'found',
      architectures: ['arm64'],
    })
  })

  test('not where a registry says that tokens are to be had', async () => {
    const within = await inside()
    const { host } = await serve((_request, response) =>
      response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${within.host}/token"` }).end(),
    )
    const answer = (await registryWith({ named: [host] }).ask([`${host}/a:v1`])).get(`${host}/a:v1`)
    expect(answer).toEqual({
      kind: 'unknown',
      why: expect.stringContaining(`sends me to \`${within.host}\``) as string,
    })
    expect(within.asked).toEqual([])
  })
})

test('a token is for the registry that was asked, and not for whom it sends us to', async () => {
  const seen: (string | undefined)[] = []
  const storage = await serve((request, response) => {
    seen.push(request.headers.authorization)
    json(response, 200, LIST)
  })
  const { host } = await serve((request, response) => {
    if (request.url === '/token') return json(response, 200, { token: 'for-anybody' })
    if (request.headers.authorization === undefined)
      return response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${host}/token"` }).end()
    return response.writeHead(307, { location: `http://${storage.host}/blob` }).end()
  })
  const answer = await registryWith({ named: [host, storage.host] }).ask([`${host}/a:v1`])
  expect(answer.get(`${host}/a:v1`)).toMatchObject({ kind: 'found' })
  expect(seen).toEqual([undefined])
})

test.each([
  ['without end', (host: string) => `http://${host}/again`, 'sends me on without end'],
  ['to a file', () => 'file:///etc/passwd', 'sends me on to where I do not go'],
  ['to no address', () => 'http://', 'sends me on to where I do not go'],
])('a registry that sends us on %s is left', async (_, to, why) => {
  const { host, asked } = await serve((_request, response) =>
    response.writeHead(302, { location: to(host) }).end(),
  )
  const answer = (await registryWith({ named: [host] }).ask([`${host}/a:v1`])).get(`${host}/a:v1`)
  expect(answer).toEqual({ kind: 'unknown', why: `\`${host}\` ${why}` })
  expect(asked.length).toBeLessThan(10)
})

test('a name whose host nobody can ask is no name of an image', async () => {
  const images = ['a.b:99999/x:v1', '1.2.3.999/x:v1', 'xn--a.b/x:v1']
  expect([...(await registryWith({}).ask(images)).values()].map(({ kind }) => kind)).toEqual(
    images.map(() => 'unknown'),
  )
})
