import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Refusal } from '../../../src/core/model/problem.ts'
import { readEnv, type Role } from '../../../src/entry/server/read-env.ts'
import { testKey } from '../../support/test-key.ts'

const KEY = testKey()
const GOOD = { APP_ID: '123', PRIVATE_KEY: KEY, WEBHOOK_SECRET: 'correct horse' }

function problems(env: Record<string, string | undefined>, role: Role = 'serve'): readonly string[] {
  try {
    readEnv(env, role)
    return []
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.problems.map(({ code }) => code)
  }
}

test('three settings are enough, the rest has defaults', () => {
  expect(readEnv(GOOD, 'serve')).toEqual({
    app: { id: 123, privateKey: KEY },
    webhookSecret: 'correct horse',
    apiUrl: 'https://api.github.com',
    redisUrl: undefined,
    port: 3000,
    host: '0.0.0.0',
    metricsPort: undefined,
    upstream: { owner: 'kubernetes-sigs', name: 'kubespray' },
    jobsAtOnce: 4,
    sweepEvery: 3_600_000,
    watchEvery: 300_000,
    grace: 25_000,
    lease: 30_000,
    betweenWrites: 1000,
    logOnly: false,
    maxReceives: 8,
    containers: 1,
  })
})

test('an empty environment names everything that is missing, at once', () => {
  expect(problems({})).toEqual(['env-app-id', 'env-private-key', 'env-webhook-secret'])
  expect(problems({}, 'work')).toEqual(['env-app-id', 'env-private-key', 'env-redis-url'])
  expect(problems({}, 'sweep')).toEqual(['env-app-id', 'env-private-key'])
  expect(problems({}, 'receive')).toEqual(['env-webhook-secret'])
})

test.each([
  ['the default everybody knows', { WEBHOOK_SECRET: 'development' }, ['env-webhook-secret']],
  ['an empty secret', { WEBHOOK_SECRET: '  ' }, ['env-webhook-secret']],
  ['an id that is none', { APP_ID: 'my-app' }, ['env-app-id']],
  ['a key that is none', { PRIVATE_KEY: 'hello' }, ['env-private-key']],
  [
    'a key file that is not there',
    { PRIVATE_KEY: '', PRIVATE_KEY_PATH: '/nowhere/key.pem' },
    ['env-private-key-path'],
  ],
  ['a yes that is none', { LOG_ONLY: 'yes' }, ['env-log-only']],
  ['a port out of range', { PORT: '70000' }, ['env-port']],
  ['a port for pages that is none', { METRICS_PORT: 'http' }, ['env-metrics-port']],
  ['a number that is none', { JOBS_AT_ONCE: '4x' }, ['env-jobs-at-once']],
  ['another protocol', { REDIS_URL: 'http://localhost' }, ['env-redis-url']],
  ['a URL instead of a host', { GHE_HOST: 'https://github.example.org' }, ['env-ghe-host']],
  ['an upstream that is a URL', { MULTIARCH_UPSTREAM: 'https://x/y/z' }, ['env-multiarch-upstream']],
])('%s is refused', (_, change, expected) => {
  expect(problems({ ...GOOD, ...change })).toEqual(expected)
})

test('the key may come in any of the forms that platforms allow', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'multiarch-key-')), 'key.pem')
  writeFileSync(file, KEY)
  for (const given of [
    { PRIVATE_KEY: KEY.replaceAll('\n', '\\n') },
    { PRIVATE_KEY: Buffer.from(KEY).toString('base64') },
    { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: file },
  ])
    expect(readEnv({ ...GOOD, ...given }, 'serve').app?.privateKey).toBe(KEY)
})

test('GitHub Enterprise Server is named by its host or its API', () => {
  expect(readEnv({ ...GOOD, GHE_HOST: 'github.example.org' }, 'serve').apiUrl).toBe(
    'https://github.example.org/api/v3',
  )
  expect(readEnv({ ...GOOD, GITHUB_API_URL: 'http://127.0.0.1:4000/api/v3/' }, 'serve').apiUrl).toBe(
    'http://127.0.0.1:4000/api/v3',
  )
})

test('no problem repeats a secret', () => {
  try {
    readEnv({ ...GOOD, REDIS_URL: 'http://:hunter2@localhost', PRIVATE_KEY: 'hunter2' }, 'serve')
  } catch (error) {
    expect((error as Refusal).message).not.toContain('hunter2')
  }
  expect.assertions(1)
})
