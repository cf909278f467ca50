import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { describedApp, prefilledAddress } from '../../src/entry/setup/app-manifest.ts'
import { writeEnv } from '../../src/entry/setup/write-env.ts'
import { startGitHub, type GitHub } from '../github/github.ts'
import { startSetup } from '../support/set-up.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function gitHub(base: '' | '/api' = ''): Promise<GitHub> {
  const github = await startGitHub({ base })
  ends.push(github.close)
  return github
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'multiarch-setup-'))
}

describe('registered in a click', () => {
  test.each([
    ['', [], '/settings/apps/new'],
    ['', ['--org', 'acme'], '/organizations/acme/settings/apps/new'],
    ['/api', ['--org', 'acme'], '/organizations/acme/settings/apps/new'],
  ] as const)('at %j with %j', async (base, args, path) => {
    const github = await gitHub(base)
    const run = await startSetup(github, { args: [...args, '--url', 'https://bot.example/multiarch/'] })
    const { form, manifest } = await run.form()
    expect(form.origin).toBe(new URL(github.url).origin)
    expect(form.pathname).toBe(path)
    expect(manifest).toMatchObject({
      public: false,
      hook_attributes: { url: 'https://bot.example/multiarch/api/github/webhooks', active: true },
      default_permissions: describedApp().default_permissions,
      default_events: describedApp().default_events,
    })
    const sent = await run.agree()
    expect(sent.status).toBe(303)
    expect(sent.headers.get('location')).toMatch(/\/apps\/kubespray-multiarch-\w+\/installations\/new$/)
    const { code, out, err } = await run.done
    expect([code, err]).toEqual([0, ''])
    const text = readFileSync(run.file, 'utf8')
    const { id, privateKey, webhookSecret } = github.world.app
    expect(webhookSecret).toMatch(/^[0-9a-f]{40}$/)
    expect(text).toBe(
      [
        `APP_ID=${id}`,
        `PRIVATE_KEY=${Buffer.from(privateKey).toString('base64')}`,
        `WEBHOOK_SECRET=${webhookSecret}`,
        `GITHUB_API_URL=${github.url}\n`,
      ].join('\n'),
    )
    expect(statSync(run.file).mode & 0o777).toBe(0o600)
    expect(out).toContain('multiarch serve')
    for (const secret of [webhookSecret, Buffer.from(privateKey).toString('base64'), 'BEGIN'])
      expect(out).not.toContain(secret)
    await expect(fetch(run.address)).rejects.toThrow()
    expect(github.violations).toEqual([])
  })

  test.each([
    ['env', 'multiarch sweep'],
    ['lambda', 'aws ssm put-parameter --type SecureString --name /multiarch/private-key'],
    ['kubernetes', 'kubectl --namespace multiarch create secret generic multiarch --from-env-file='],
  ])(
    'without an address of its own, %s: the lines to go on with, and no secret among them',
    async (form, line) => {
      const github = await gitHub()
      const run = await startSetup(github, { args: ['--for', form] })
      const { manifest } = await run.form()
      expect(manifest).toMatchObject({ hook_attributes: { active: false } })
      await run.agree()
      const { code, out } = await run.done
      expect(code).toBe(0)
      expect(out).toContain(line)
      const secret = /^WEBHOOK_SECRET=([0-9a-f]{64})$/m.exec(readFileSync(run.file, 'utf8'))?.[1]
      expect(secret).toBeDefined()
      expect(out).not.toContain(secret)
    },
  )

  test('what stands in the file stays, and nobody else can read it from then on', async () => {
    const file = join(folder(), '.env')
    writeFileSync(file, 'PORT=4000\n# APP_ID=1\nLOG=info')
    chmodSync(file, 0o644)
    const run = await startSetup(await gitHub(), { file })
    await run.agree()
    expect((await run.done).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toMatch(/^PORT=4000\n# APP_ID=1\nLOG=info\nAPP_ID=4242\n/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('settings that came meanwhile stay, and the new ones go beside them', async () => {
    const run = await startSetup(await gitHub())
    writeFileSync(run.file, 'APP_ID=7\n')
    await run.agree()
    const { code, out } = await run.done
    expect(code).toBe(0)
    expect(readFileSync(run.file, 'utf8')).toBe('APP_ID=7\n')
    const other = /`([^`]+\.env\.kubespray-multiarch-\w+)`/.exec(out.replaceAll('\n', ' '))?.[1] ?? ''
    expect(readFileSync(other, 'utf8')).toContain('APP_ID=4242\n')
  })
})

describe('what is refused in one sentence, with nothing written', () => {
  test.each(['APP_ID=1', 'export PRIVATE_KEY_PATH=key.pem', 'A=1\n  WEBHOOK_SECRET = x'])(
    'a file that holds %j',
    async (text) => {
      const file = join(folder(), '.env')
      writeFileSync(file, text)
      const { code, err } = await (await startSetup(await gitHub(), { file, opens: false })).done
      expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
      expect(err).toContain(file)
      expect(readFileSync(file, 'utf8')).toBe(text)
    },
  )

  test('a port that is taken', async () => {
    const other = createServer()
    await new Promise<void>((open) => other.listen(0, '127.0.0.1', open))
    ends.push(() => new Promise((closed) => void other.close(() => closed())))
    const { port } = other.address() as AddressInfo
    const run = await startSetup(await gitHub(), { args: ['--port', String(port)], opens: false })
    const { code, err } = await run.done
    expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
    expect(err).toContain(`port ${port}`)
  })

  test.each([
    ['a code that is too old', { status: 404, body: { message: 'Not Found' } }, 'it counts once'],
    ['a code that GitHub does not like', { status: 422, body: { message: 'Invalid' } }, 'it counts once'],
    ['a connection that ends', { shape: 'cut-connection' }, 'did not hand out'],
    ['an answer without a key', { status: 201, body: { id: 1 } }, 'did not hand out'],
    ['an answer that asks to wait', { shape: 'rest-secondary-limit' }, 'did not hand out'],
  ] as const)('%s', async (_, fault, says) => {
    const github = await gitHub()
    const run = await startSetup(github)
    github.fail({ kind: 'apps/create-from-manifest', times: 9, ...fault })
    expect((await run.agree()).status).toBe(502)
    const { code, err } = await run.done
    expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
    expect(err).toContain(says)
    expect(readdirSync(join(run.file, '..'))).toEqual([])
  })

  test('nobody comes', async () => {
    const run = await startSetup(await gitHub(), { longest: 50 })
    const { code, err } = await run.done
    expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
    expect(err).toContain('nothing was written')
    await expect(fetch(run.address)).rejects.toThrow()
    expect(readdirSync(join(run.file, '..'))).toEqual([])
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('%s', async (signal) => {
    const run = await startSetup(await gitHub())
    const before = process.listenerCount(signal)
    process.emit(signal)
    const { code, err } = await run.done
    expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
    expect(err).toContain('nothing was written')
    expect(process.listenerCount(signal)).toBe(before - 1)
    expect(readdirSync(join(run.file, '..'))).toEqual([])
  })

  test('a file that cannot be written once the key is there: where another key is made', async () => {
    const github = await gitHub()
    const run = await startSetup(github)
    mkdirSync(run.file)
    expect((await run.agree()).status).toBe(502)
    const { code, err } = await run.done
    expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
    expect(err).toMatch(/generate another on http:\S+\/settings\/apps\/kubespray-multiarch-\w+/)
  })
})

describe('a server for one browser', () => {
  test('it listens on this machine alone, and says nothing to who does not know the address', async () => {
    const run = await startSetup(await gitHub())
    const { origin, hostname } = new URL(run.address)
    expect(hostname).toBe('127.0.0.1')
    for (const path of ['/', '/x', '/favicon.ico']) expect((await fetch(`${origin}${path}`)).status).toBe(404)
    expect((await fetch(run.address, { method: 'POST' })).status).toBe(405)
    const page = await fetch(run.address)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.headers.get('cache-control')).toBe('no-store')
    await run.agree()
    await run.done
  })

  test.each([
    ['another state', '?code=abc&state=wrong'],
    ['no state', '?code=abc'],
    ['no code', '?state={state}'],
    ['a code that is none', '?code=a%2Fb&state={state}'],
  ])('an answer with %s is not taken, and the right one still is', async (_, query) => {
    const github = await gitHub()
    const run = await startSetup(github)
    const { form } = await run.form()
    const { origin } = new URL(run.address)
    const state = form.searchParams.get('state') ?? ''
    expect((await fetch(`${origin}/created${query.replace('{state}', state)}`)).status).toBe(400)
    expect(github.requests).toEqual([])
    await run.agree()
    expect((await run.done).code).toBe(0)
  })
})

test('a value that a shell would run is quoted', () => {
  const file = join(folder(), '.env')
  writeEnv(file, { A: 'plain+/=', B: "a $(b) 'c'" }, `${file}-2`)
  expect(readFileSync(file, 'utf8')).toBe("A=plain+/=\nB='a $(b) '\\''c'\\'''\n")
  const run = spawnSync('sh', ['-c', `. '${file}'; printf %s "$B"`], { encoding: 'utf8' })
  expect(run.stdout).toBe("a $(b) 'c'")
})

test('a file is written whole or not at all', () => {
  const at = folder()
  mkdirSync(join(at, '.env'))
  expect(() => writeEnv(join(at, '.env'), { APP_ID: '1' }, join(at, 'other'))).toThrow()
  expect(readdirSync(at)).toEqual(['.env'])
})

test('the address in the documents fills in what app.yml says', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/deployment.md'), 'utf8')
  const app = describedApp()
  expect(page).toContain(`(${prefilledAddress(app)})`)
  const query = new URL(prefilledAddress(app)).searchParams
  expect(query.getAll('events[]')).toEqual(app.default_events)
  for (const [name, level] of Object.entries(app.default_permissions)) expect(query.get(name)).toBe(level)
})
