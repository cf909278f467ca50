import { describe, expect, test } from 'vitest'
import type { Job } from '../../../src/app/jobs/job.ts'
import { runJob } from '../../../src/app/jobs/run-job.ts'
import type { UseCases } from '../../../src/app/jobs/use-cases.ts'
import { Refusal } from '../../../src/core/model/problem.ts'
import type { RunningJob } from '../../../src/ports/job-queue.ts'
import { TryLater } from '../../../src/ports/try-later.ts'
import { memoryHost } from '../../support/memory-host.ts'
import { recordingQueue } from '../../support/recording-queue.ts'

const repository = { owner: 'me', name: 'kubespray' }

function world(fails?: Error) {
  const host = memoryHost()
  host.add('me/kubespray')
  const calls: string[] = []
  const lines: string[] = []
  const call =
    (name: string) =>
    async (_place: unknown, ...rest: readonly unknown[]): Promise<void> => {
      calls.push([name, ...rest.map((each) => JSON.stringify(each))].join(' '))
      if (fails && name !== 'apologize' && name !== 'tellUnclear') throw fails
    }
  const useCases: UseCases = {
    lookAfter: call('lookAfter'),
    lookIfChanged: call('lookIfChanged'),
    recheck: call('recheck'),
    answerComments: call('answerComments'),
    pressButton: call('pressButton'),
    answerDashboard: call('answerDashboard'),
    tellUnclear: call('tellUnclear'),
    apologize: call('apologize'),
  }
  const log = {
    info: (message: string) => void lines.push(message),
    error: (message: string) => void lines.push(message),
  }
  return { host, useCases, log, calls, lines }
}

function running(body: Job, last = false): RunningJob<Job> {
  const signal = new AbortController().signal
  return { id: '42', key: 'k', group: 'me/kubespray', body, attempt: 1, last, queuedAt: 0, signal }
}

test.each<[Job, string]>([
  [{ kind: 'look', repository }, 'lookAfter'],
  [{ kind: 'sweep', repository }, 'lookIfChanged'],
  [{ kind: 'recheck', repository, branch: 'multiarch/x' }, 'recheck "multiarch/x"'],
  [{ kind: 'comments', repository, number: 7 }, 'answerComments 7'],
  [
    { kind: 'button', repository, press: { branch: 'b', action: 'rebase', by: 'ada' } },
    'pressButton {"branch":"b","action":"rebase","by":"ada"}',
  ],
])('%o', async (job, call) => {
  const { calls, ...rest } = world()
  expect(await runJob(running(job), rest)).toEqual({ kind: 'done' })
  expect(calls).toEqual([call])
})

test('what a person can mend is the end of the job', async () => {
  const { lines, ...rest } = world(new Refusal({ code: 'no-base', message: 'I find no base.' }))
  expect(await runJob(running({ kind: 'look', repository }), rest)).toEqual({ kind: 'done' })
  expect(lines).toEqual(['job refused'])
})

test('a repository that is gone is the end of the job', async () => {
  const { lines, ...rest } = world()
  const gone = { owner: 'me', name: 'gone' }
  expect(await runJob(running({ kind: 'look', repository: gone }), rest)).toEqual({ kind: 'done' })
  expect(lines).toEqual(['job refused'])
})

test('a rate limit puts the job back until its reset', async () => {
  const rest = world(new TryLater('GitHub asks me to wait.', 1_800_000_000_000))
  expect(await runJob(running({ kind: 'look', repository }), rest)).toEqual({
    kind: 'later',
    notBefore: 1_800_000_000_000,
  })
})

describe('what time alone may not mend', () => {
  const unclear = { kind: 'not-understood', asked: 'POST /x', said: '418: tea for @ada' } as const
  const now = Date.UTC(2026, 0, 31, 9)
  const put = async (putBack: number, error = new TryLater('tea', now + 60_000, unclear)) => {
    const { calls, lines, ...rest } = world(error)
    const job = { ...running({ kind: 'look', repository }, true), putBack }
    const outcome = await runJob(job, { ...rest, clock: { now: () => now } })
    if (outcome.kind === 'done') throw new Error('done')
    return { minutes: (outcome.notBefore - now) / 60_000, calls: calls.slice(1), lines }
  }

  test('is tried again more slowly each time, in the end once an hour, and is no failure', async () => {
    const minutes: number[] = []
    for (let putBack = 0; putBack < 9; putBack++) {
      const { minutes: after, lines } = await put(putBack)
      minutes.push(after)
      expect(lines).toEqual(['job put back'])
    }
    expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
  })

  test('is told from the second time on, with when it is tried again', async () => {
    expect((await put(0)).calls).toEqual([])
    expect((await put(1)).calls).toEqual([`tellUnclear ${JSON.stringify(unclear)} ${now + 120_000}`])
  })

  test('a time that GitHub names is kept to, and told to nobody', async () => {
    const limited = new TryLater('a limit', now + 1_200_000)
    expect(await put(5, limited)).toMatchObject({ minutes: 20, calls: [] })
  })
})

test('a defect is logged and tried again, and only the last attempt apologizes', async () => {
  const { calls, lines, ...rest } = world(new Error('undefined is not a function'))
  const job: Job = { kind: 'comments', repository, number: 7 }
  await expect(runJob(running(job), rest)).rejects.toThrow('undefined')
  expect(lines).toEqual(['job failed'])
  expect(calls).toEqual(['answerComments 7'])
  await expect(runJob(running(job, true), rest)).rejects.toThrow('undefined')
  expect(calls.slice(1)).toEqual(['answerComments 7', 'apologize {"number":7} "42"'])
})

describe('a kind that this version does not know', () => {
  const strange = { kind: 'pray', repository } as unknown as Job
  const day = 24 * 3600_000

  test.each([0, 6])('is kept for one that does, after %s days', async (days) => {
    const { calls, lines, ...rest } = world()
    const clock = { now: () => 10 * day }
    const job = { ...running(strange, true), queuedAt: (10 - days) * day }
    expect(await runJob(job, { ...rest, clock })).toEqual({ kind: 'later', notBefore: 10 * day + 60_000 })
    expect(calls).toEqual([])
    expect(lines).toEqual(['job kept for a version that knows it'])
  })

  test('is given up after a week, and with that kept among the failed', async () => {
    const { calls, lines, ...rest } = world()
    const job = { ...running(strange), queuedAt: day }
    await expect(runJob(job, { ...rest, clock: { now: () => 9 * day } })).rejects.toThrow(
      'no version of mine',
    )
    expect(calls).toEqual([])
  })

  test.each(['constructor', '__proto__', 'toString'])('%s is none', async (kind) => {
    const { calls, lines, ...rest } = world()
    const outcome = await runJob(running({ kind, repository } as unknown as Job), rest)
    expect(outcome.kind).toBe('later')
    expect(calls).toEqual([])
  })
})

describe('an installation that woke up', () => {
  const job: Job = { kind: 'installation', repository: { owner: 'me', name: '*' }, installation: 5 }

  test('has each of its repositories looked at', async () => {
    const { calls, lines, ...rest } = world()
    rest.host.add('me/other')
    const queue = recordingQueue<Job>()
    expect(await runJob(running(job), { ...rest, queue })).toEqual({ kind: 'done' })
    expect(queue.put.map(({ key }) => key)).toEqual(['look:me/kubespray', 'look:me/other'])
    expect(calls).toEqual([])
  })

  test('without a queue to put that into, at once', async () => {
    const { calls, lines, ...rest } = world()
    expect(await runJob(running(job), rest)).toEqual({ kind: 'done' })
    expect(calls).toEqual(['lookAfter'])
  })
})
