import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { demoGitHub } from '../support/hosted-demo.ts'
import { connectTo, placeOf } from '../support/github-workplace.ts'
import { freePort, redisMissing, startRedis } from '../support/redis.ts'
import { pause, until } from '../support/until.ts'

const missing = redisMissing()
const ROOT = join(import.meta.dirname, '../..')

describe.skipIf(missing)(missing ?? 'one server and two workers, each a process of its own', () => {
  const ends: (() => unknown)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })

  async function open() {
    const redis = await startRedis()
    ends.push(() => redis.close())
    const demo = await demoGitHub()
    ends.push(demo.github.close)
    const { github } = demo
    const port = await freePort()
    const env = {
      ...process.env,
      APP_ID: String(github.world.app.id),
      PRIVATE_KEY: github.world.app.privateKey,
      WEBHOOK_SECRET: github.world.app.webhookSecret,
      GITHUB_API_URL: github.url,
      REDIS_URL: redis.url,
      ...{ PORT: String(port), HOST: '127.0.0.1', WRITE_PAUSE_MS: '0', LEASE_SECONDS: '1' },
    }
    const start = (command: string): ChildProcess => {
      const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'src/entry/cli.ts'), command], {
        ...{ cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] },
      })
      ends.push(() => child.kill('SIGKILL'))
      return child
    }
    start('serve')
    const url = `http://127.0.0.1:${port}`
    const ready = async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200
    await until(ready)
    github.webhooks.url = `${url}/api/github/webhooks`
    return { ...demo, redis, ready, url, start }
  }

  test('a worker killed in the middle of a step is taken over; one pull request comes of it', async () => {
    const { github, fork, people, start } = await open()
    const workers = [start('worker'), start('worker')]
    const installation = github.install([fork])
    const connected = connectTo(github, installation)
    // A new one for each look: a forge answers as it saw things first.
    const forge = () => placeOf(github, installation, fork, connected).forge
    // GitHub's limits hold for who looks on as well.
    const seldom = (holds: () => Promise<boolean>) => until(async () => (await pause(100), holds()))
    const [onboarding] = await opened('multiarch/onboarding')
    const before = github.requests.length
    await people.merge(onboarding?.number ?? 0)
    // In the middle: it has read, and is about to write.
    await until(() => github.requests.slice(before).some(({ kind }) => kind === 'git/create-commit'))
    // Whichever of the two it is: both die, and a third takes over.
    for (const worker of workers) worker.kill('SIGKILL')
    start('worker')
    const step = await opened('multiarch/kubespray-2.9.0')
    expect(step).toHaveLength(1)
    await seldom(
      async () =>
        (await forge().issues.ours('multiarch-dashboard'))?.body.includes(`#${step[0]?.number}`) ?? false,
    )
    expect(await forge().pullRequests.from('multiarch/kubespray-2.9.0')).toHaveLength(1)
    expect(github.violations).toEqual([])

    async function opened(branch: string) {
      await seldom(async () => (await forge().pullRequests.from(branch)).length > 0)
      return forge().pullRequests.from(branch)
    }
  })

  test('Redis gone: webhooks answer 503 and readiness says so; back, everything goes on', async () => {
    const { github, fork, people, redis, ready } = await open()
    await redis.kill()
    await until(async () => !(await ready()))
    github.install([fork])
    await people.openIssue('ada', { title: 'hello', body: '' })
    await github.webhooks.settled()
    expect(github.webhooks.deliveries.find(({ event }) => event === 'installation')?.status).toBe(503)
    await redis.start()
    await until(ready)
    github.webhooks.redeliver(github.webhooks.deliveries[0] as (typeof github.webhooks.deliveries)[number])
    await github.webhooks.settled()
    expect(github.webhooks.deliveries[0]?.status).toBe(202)
  })
})
