import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EnvReader } from '../../../src/entry/server/env-reader.ts'
import { readEnv } from '../../../src/entry/server/read-env.ts'
import { withSecrets } from '../../../src/entry/lambda/with-secrets.ts'
import { testKey } from '../../support/test-key.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** The settings that the documents list. */
const DOCUMENTED = [
  ...readFileSync(join(ROOT, 'docs/deployment.md'), 'utf8').matchAll(/^\| (`[A-Z_`, or]+`) \|/gm),
].flatMap(([, cell = '']) => [...cell.matchAll(/[A-Z][A-Z_]+/g)].map(([name]) => name))

describe('an empty variable is one that is not set', () => {
  test('the table of settings is read', () => {
    expect(DOCUMENTED).toEqual(
      expect.arrayContaining(['APP_ID', 'METRICS_PORT', 'GITHUB_API_URL', 'LEASE_SECONDS']),
    )
  })

  test.each([...DOCUMENTED, 'MAX_RECEIVES', 'AT_ONCE'])('%s', (name) => {
    const good = { APP_ID: '123', PRIVATE_KEY: testKey(), WEBHOOK_SECRET: 'correct horse' }
    const read = (env: Readonly<Record<string, string | undefined>>): unknown => {
      try {
        return readEnv({ ...good, ...env }, 'serve')
      } catch (error) {
        return String(error)
      }
    }
    for (const empty of ['', '  ', '\n']) expect(read({ [name]: empty })).toEqual(read({ [name]: undefined }))
  })

  test('a secret, and where it lies', async () => {
    expect(await withSecrets({ APP_ID: ' ', APP_ID_PARAMETER: '' }, ['APP_ID'])).toMatchObject({
      APP_ID: undefined,
    })
  })

  test('a value is read without the blanks around it', () => {
    expect(new EnvReader({ A: ' a b\n' }).text('A')).toBe('a b')
  })

  test('nowhere a default takes the place of what is unset and not of what is empty', () => {
    const files = execFileSync('git', ['ls-files', 'src', 'scripts', 'deploy', 'Dockerfile'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    for (const file of files.trim().split('\n')) {
      const text = readFileSync(join(ROOT, file), 'utf8')
      const bad = [
        ...text.matchAll(/\benv(?:\.[A-Z_]+|\[['"`][A-Z_]+['"`]\])(?:\?\.trim\(\))?\s*\?\?[^\n]*/g),
      ].map(([found]) => found)
      expect([file, bad]).toEqual([file, []])
    }
  })
})

test('the health check of the image looks where the process listens', async () => {
  const [, words = ''] =
    /HEALTHCHECK [^[]*(\[.*\])/s.exec(
      readFileSync(join(ROOT, 'Dockerfile'), 'utf8').replaceAll('\\\n', ''),
    ) ?? []
  const [node, ...args] = JSON.parse(words.split('\n')[0] ?? '') as string[]
  expect(node).toBe('node')
  const server = createServer((request, response) =>
    response.writeHead(request.url === '/healthz' ? 200 : 404).end(),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = String((server.address() as AddressInfo).port)
  const check = (env: Readonly<Record<string, string>>): Promise<number | null> =>
    new Promise((resolve) => spawn(process.execPath, args, { env, stdio: 'ignore' }).once('close', resolve))
  const codes = await Promise.all([
    check({ METRICS_PORT: port }),
    check({ METRICS_PORT: '', PORT: port }),
    check({ PORT: port }),
    check({ METRICS_PORT: '1', PORT: port }),
  ])
  server.close()
  expect(codes).toEqual([0, 0, 0, 1])
})

test('the image carries no maps of sources', () => {
  const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
  expect(dockerfile).toContain("find dist node_modules -name '*.map' -delete")
})
