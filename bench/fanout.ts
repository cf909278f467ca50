import { parseArgs } from 'node:util'
import { memoryCache } from '../src/adapters/memory/cache.ts'
import { bot } from '../src/app/bot.ts'
import type { Job } from '../src/app/job.ts'
import { runJob } from '../src/app/run-job.ts'
import { sweep } from '../src/app/sweep.ts'
import type { Workplace } from '../src/ports/host.ts'
import type { NewJob } from '../src/ports/jobs.ts'
import { fakeEngine } from '../test/support/fake-engine.ts'
import { historyIn } from '../test/support/history.ts'
import { memoryHost } from '../test/support/memory-host.ts'

/**
 * Release day for many installations: `npx tsx bench/fanout.ts [--installations 100,1000,10000] [--behind 0.1]`. Every
 * installation is swept three times: first as new, then with nothing changed, then after a release that the share `behind`
 * of them is behind of (the others hold). Shown: when the looks are due, port calls by kind, time, and memory.
 *
 * The forges are in memory and the engine is the tests' small one, so this measures the bot and the queueing, not the
 * merge; what a step asks of GitHub is measured by bench/requests.ts.
 */
const { values } = parseArgs({
  options: {
    installations: { type: 'string', default: '100,1000,10000' },
    behind: { type: 'string', default: '0.1' },
  },
})

for (const installations of values.installations.split(',').map(Number))
  await simulate(installations, Number(values.behind))

async function simulate(installations: number, behind: number): Promise<void> {
  const host = memoryHost()
  const engine = fakeEngine('v2.29.0')
  const plain = engine.survey.bind(engine)
  const calls = new Map<string, number>()
  const log = { info: () => {}, error: (message: string) => console.error(message) }
  const useCases = bot({ engine, clock: Date, log, settled: memoryCache() })
  for (let index = 0; index < installations; index++) {
    const { objects } = host.add(`owner-${index}/kubespray`)
    const config = index < installations * behind ? 'follow: latest\n' : 'follow: v2.29\n'
    await historyIn(objects).commit(
      'fork',
      { RELEASE: 'v2.29.0', '.github/multiarch.yml': config },
      { ref: 'refs/heads/main' },
    )
  }
  const world = {
    host: {
      ...host,
      open: async (name: Parameters<typeof host.open>[0]) => counted(await host.open(name), calls),
    },
    useCases,
    log,
  }
  console.log(`\n${installations} installations`)
  await measure('new', world, calls)
  await measure('nothing changed', world, calls)
  engine.releases = ['v2.29.0', 'v2.30.0'] as never
  engine.survey = holding((work) => plain(work))
  await measure(`a release, ${behind * 100} % change`, world, calls)
  await measure('nothing changed again', world, calls)
}

/** Those that stay on v2.29 are not proposed v2.30. */
function holding(survey: ReturnType<typeof fakeEngine>['survey']): typeof survey {
  return async (work) => {
    const { next, ...found } = await survey(work)
    return { ...found, ...(next && !work.config.stayOn && { next }) }
  }
}

async function measure(
  name: string,
  world: Parameters<typeof runJob>[1],
  calls: Map<string, number>,
): Promise<void> {
  calls.clear()
  const jobs: NewJob<Job>[] = []
  const now = Date.now()
  const queue = { enqueue: async (job: NewJob<Job>) => (jobs.push(job), 'queued' as const) }
  await sweep({ ...world, queue, clock: { now: () => now } })
  const started = performance.now()
  const signal = new AbortController().signal
  for (const { key, group, body } of jobs) {
    await runJob({ id: key, key, group, body, attempt: 1, last: true, queuedAt: now, signal }, world)
  }
  const due = jobs.map(({ notBefore }) => (notBefore ?? now) - now)
  const most = Math.max(...perSecond(due))
  const writes = [...calls].filter(([kind]) => /\.(open|update|add|report|moveRef|writeCommit)$/.test(kind))
  const sum = (rows: readonly (readonly [string, number])[]) =>
    rows.reduce((total, [, count]) => total + count, 0)
  console.log(
    `${name}: ${((performance.now() - started) / jobs.length).toFixed(2)} ms and ${(sum([...calls]) / jobs.length).toFixed(1)} port calls each, ` +
      `${sum(writes)} writes (${writes.map(([kind, count]) => `${kind} ${count}`).join(', ') || 'none'}); ` +
      `spread over ${Math.round(Math.max(...due) / 1000)} s, at most ${most} in a second; ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
  )
}

function perSecond(due: readonly number[]): readonly number[] {
  const counts = new Map<number, number>()
  for (const each of due) counts.set(Math.floor(each / 1000), (counts.get(Math.floor(each / 1000)) ?? 0) + 1)
  return [...counts.values()]
}

function counted({ repository, objects, forge }: Workplace, calls: Map<string, number>): Workplace {
  const wrap = <T extends object>(port: T, path: string): T =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member === 'object' && member !== null) return wrap(member, String(name))
        if (typeof member !== 'function') return member
        return (...given: unknown[]): unknown => {
          const kind = `${path}.${String(name)}`
          calls.set(kind, (calls.get(kind) ?? 0) + 1)
          return (member as (...all: unknown[]) => unknown).apply(target, given)
        }
      },
    })
  return { repository, objects: wrap(objects, 'objects'), forge: wrap(forge, 'forge') }
}
