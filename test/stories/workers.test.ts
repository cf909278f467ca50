import { createServer, type AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { bundledCli } from '../support/bundled-cli.ts'
import { redisMissing } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { serverAndWorkers } from '../support/worker-processes.ts'

const missing = redisMissing()

describe.skipIf(missing)(missing ?? 'one server and workers, each a process of its own', () => {
  const ends: (() => unknown)[] = []
  let cli: Awaited<ReturnType<typeof bundledCli>>
  beforeAll(async () => {
    cli = await bundledCli()
  })
  afterAll(() => cli.remove())
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })

  async function open() {
    const world = await serverAndWorkers(cli.path)
    ends.push(world.close)
    return world
  }

  test('a worker killed in the middle of a step is taken over; one pull request comes of it', async () => {
    const { github, fork, people, start, opened, pullsFrom, dashboardSays } = await open()
    const workers = [start('worker'), start('worker')]
    github.install([fork])
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
    await dashboardSays(`#${step[0]?.number}`)
    expect(pullsFrom('multiarch/kubespray-2.9.0')).toHaveLength(1)
    expect(github.violations).toEqual([])
  })

  test('a worker dies by every write that anybody can see: nothing is lost and nothing is there twice', async () => {
    const { github, fork, people, start, opened, dashboardSays } = await open()
    await people.grant('ada', 'admin')
    const deaths: string[] = []
    let worker = start('worker')
    // The write is done and its answer is on the way: the process dies, and another takes its place.
    const note = github.requests.push.bind(github.requests)
    github.requests.push = (...requests) => {
      for (const { kind, status } of requests) {
        // A reaction that was there already is 200.
        const isNew = kind.startsWith('reactions/') ? status === 201 : status < 300
        if (!VISIBLE.test(kind) || !isNew) continue
        deaths.push(kind)
        worker.kill('SIGKILL')
        worker = start('worker')
      }
      return note(...requests)
    }
    github.install([fork])
    const [onboarding] = await opened('multiarch/onboarding')
    await people.merge(onboarding?.number ?? 0)
    const [step] = await opened('multiarch/kubespray-2.9.0')
    await dashboardSays(`#${step?.number}`)
    await people.comment('ada', step?.number ?? 0, '/multiarch plan')
    const answers = () => [...fork.comments.values()].filter(({ author }) => author.endsWith('[bot]'))
    await until(() => answers().length > 0)
    // Whatever is left of the last job: a worker that is let live has nothing to add.
    github.requests.push = note
    await people.comment('ada', step?.number ?? 0, '/multiarch explain 1')
    await until(() => answers().length > 1)

    const threads = [...fork.threads.values()].map(({ pull, state }) => [pull?.head.branch, state])
    expect(threads).toEqual(
      [
        ['multiarch/onboarding', 'closed'],
        [undefined, 'open'],
        ['multiarch/kubespray-2.9.0', 'open'],
      ].sort(byBranch),
    )
    expect(answers().map(({ body }) => body.includes('1. Kubespray'))).toEqual([true, false])
    expect(new Set(fork.checks.map(({ name, headSha }) => `${name} ${headSha}`)).size).toBe(
      fork.checks.length,
    )
    // Ref and pull request of the onboarding; ref, pull request, label, check and dashboard of the step; reaction and answer.
    expect(deaths.length).toBeGreaterThanOrEqual(9)
    expect(github.violations).toEqual([])
  }, 180_000)

  test('two workers whom GitHub refuses every few calls, before and after what was asked: everything is there, and once', async () => {
    const { github, fork, people, start, opened, pullsFrom, dashboardSays } = await open()
    await people.grant('ada', 'admin')
    start('worker')
    start('worker')
    const secondary = { message: 'You have exceeded a secondary rate limit. Please wait.' }
    const refusals = [
      { status: 403, body: secondary, headers: { 'retry-after': '1' } },
      { status: 429, body: secondary, headers: { 'retry-after': '1' } },
      {
        status: 403,
        body: { message: 'API rate limit exceeded for installation.' },
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000)) },
      },
    ]
    for (let at = 0; at < 12; at++)
      github.fail({ ...refusals[at % 3], skip: 4 + at * 7, when: at % 2 ? 'after' : 'before' })
    github.install([fork])
    const [onboarding] = await opened('multiarch/onboarding')
    await people.merge(onboarding?.number ?? 0)
    const [step] = await opened('multiarch/kubespray-2.9.0')
    await dashboardSays(`#${step?.number}`)
    await people.comment('ada', step?.number ?? 0, '/multiarch plan')
    await people.comment('ada', step?.number ?? 0, '/multiarch explain 1')
    const answers = () => [...fork.comments.values()].filter(({ author }) => author.endsWith('[bot]'))
    await until(() => answers().length > 1)
    expect(github.clearFaults().filter(({ times }) => times > 0).length).toBeLessThan(6)
    // Whatever was put off is done: a worker that is let be has nothing to add.
    await people.comment('ada', step?.number ?? 0, '/multiarch help')
    await until(() => answers().length > 2)
    expect(answers()).toHaveLength(3)
    expect(pullsFrom('multiarch/onboarding')).toHaveLength(1)
    expect(pullsFrom('multiarch/kubespray-2.9.0')).toHaveLength(1)
    expect([...fork.threads.values()].filter(({ pull }) => !pull)).toHaveLength(1)
    expect(new Set(fork.checks.map(({ name, headSha }) => `${name} ${headSha}`)).size).toBe(
      fork.checks.length,
    )
    expect(github.violations).toEqual([])
  }, 120_000)

  test('asked to stop in the middle of a job that hangs, a worker goes once its grace is over; another does the job', async () => {
    const { github, fork, start, opened } = await open()
    const deaf = await deafServer()
    ends.push(deaf.close)
    const hanging = start('worker', { GITHUB_API_URL: deaf.url, GRACE_SECONDS: '0' })
    const gone = new Promise((resolve) => hanging.once('exit', (code, signal) => resolve(code ?? signal)))
    github.install([fork])
    await until(() => deaf.asked())
    hanging.kill('SIGTERM')
    expect(await gone).toBe(0)
    start('worker')
    await opened('multiarch/onboarding')
    expect(github.violations).toEqual([])
  })

  test('Redis gone: webhooks answer 503 and readiness says so; back, everything goes on', async () => {
    const { github, fork, people, redis, ready, start, opened } = await open()
    // Accepted, and nobody there to do it yet.
    github.install([fork])
    await github.webhooks.settled()
    expect(github.webhooks.deliveries.map(({ status }) => status)).toEqual([202])
    await redis.kill()
    await until(async () => !(await ready()))
    await people.openIssue('ada', { title: 'hello', body: '' })
    const { number } = [...fork.threads.values()][0] as { number: number }
    await people.comment('ada', number, '/multiarch help')
    await github.webhooks.settled()
    const refused = github.webhooks.deliveries.at(-1) as (typeof github.webhooks.deliveries)[number]
    expect(refused).toMatchObject({ event: 'issue_comment', status: 503 })
    await redis.start()
    await until(ready)
    github.webhooks.redeliver(refused)
    await github.webhooks.settled()
    expect(refused.status).toBe(202)
    start('worker')
    // What was accepted before Redis went away.
    await opened('multiarch/onboarding')
  })
})

/** What somebody sees or hears of; objects of git are seen by nobody until a ref points to them. */
const VISIBLE =
  /^(graphql mutation|pulls\/(create|update|request)|issues\/(create|update|add)|checks\/(create|update)|reactions\/create)/

function byBranch(a: readonly unknown[], b: readonly unknown[]): number {
  return Number(a[0] === undefined) - Number(b[0] === undefined)
}

/** Takes every connection and never says a word. */
async function deafServer() {
  let asked = false
  const server = createServer((socket) => void socket.on('data', () => (asked = true)).on('error', () => {}))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked: () => asked, close: () => void server.close() }
}
