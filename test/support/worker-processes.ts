import { spawn, type ChildProcess } from 'node:child_process'
import { demoGitHub } from './hosted-demo.ts'
import { freePort, startRedis } from './redis.ts'
import { until } from './until.ts'

/** The demo on a GitHub of our own with Redis and `multiarch serve`, each a process of its own, and workers as told. */
export async function serverAndWorkers(cli: string, { lease = 1 }: { readonly lease?: number } = {}) {
  const ends: (() => unknown)[] = []
  const redis = await startRedis()
  ends.push(() => redis.close())
  const demo = await demoGitHub()
  ends.push(demo.github.close)
  const { github, fork } = demo
  const port = await freePort()
  const env = {
    ...process.env,
    APP_ID: String(github.world.app.id),
    PRIVATE_KEY: github.world.app.privateKey,
    WEBHOOK_SECRET: github.world.app.webhookSecret,
    GITHUB_API_URL: github.url,
    REDIS_URL: redis.url,
    ...{ PORT: String(port), HOST: '127.0.0.1', WRITE_PAUSE_MS: '0', LEASE_SECONDS: String(lease) },
  }
  const start = (command: string, more: Readonly<Record<string, string>> = {}): ChildProcess => {
    const child = spawn(process.execPath, [cli, command], {
      ...{ env: { ...env, ...more }, stdio: ['ignore', 'ignore', 'inherit'] },
    })
    ends.push(() => child.kill('SIGKILL'))
    return child
  }
  start('serve')
  const url = `http://127.0.0.1:${port}`
  const ready = async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200
  await until(ready)
  github.webhooks.url = `${url}/api/github/webhooks`

  // Asked of the stand-in itself: over the API so many questions would use up the installation's limits.
  const pullsFrom = (branch: string) =>
    [...fork.threads.values()].filter(({ pull }) => pull?.head.branch === branch)
  return {
    ...{ ...demo, redis, ready, start, pullsFrom },
    /** Waits for the pull requests from a branch. */
    opened: async (branch: string) => {
      await until(() => pullsFrom(branch).length > 0)
      return pullsFrom(branch)
    },
    /** Waits until the dashboard says this. */
    dashboardSays: (text: string) =>
      until(() => [...fork.threads.values()].some(({ pull, body }) => !pull && body.includes(text))),
    close: async () => {
      for (const end of ends.splice(0).reverse()) await end()
    },
  }
}
