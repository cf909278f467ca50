import { expect, test } from 'vitest'
import type { Job } from '../../../src/app/jobs/job.ts'
import { receive } from '../../../src/app/jobs/receive.ts'
import { recordingQueue } from '../../support/recording-queue.ts'

const NOW = Date.UTC(2026, 0, 1)
const clock = { now: () => NOW }
const push = { name: 'push', payload: { ref: 'refs/heads/main', repository: { full_name: 'Me/kubespray' } } }

function installation(repositories: number) {
  const list = Array.from({ length: repositories }, (_, index) => ({ full_name: `us/cluster-${index}` }))
  return { name: 'installation', payload: { action: 'created', repositories: list } }
}

test('an event becomes a job, with its key, its group and where it came from', async () => {
  const queue = recordingQueue<Job>()
  expect(await receive({ ...push, delivery: 'd-1' }, { queue, clock })).toEqual({ jobs: 1, queued: 1 })
  expect(queue.put).toEqual([
    {
      key: 'look:me/kubespray',
      group: 'me/kubespray',
      body: { kind: 'look', repository: { owner: 'Me', name: 'kubespray' } },
      delivery: 'd-1',
    },
  ])
})

test('the same delivery twice is one job', async () => {
  const queue = recordingQueue<Job>()
  await receive({ ...push, delivery: 'd-1' }, { queue, clock })
  expect(await receive({ ...push, delivery: 'd-1' }, { queue, clock })).toEqual({ jobs: 1, queued: 0 })
})

test('an event that asks for nothing is nothing', async () => {
  const queue = recordingQueue<Job>()
  expect(await receive({ name: 'star', payload: {}, delivery: 'd-1' }, { queue, clock })).toEqual({
    jobs: 0,
    queued: 0,
  })
})

test('a queue that is away is no success', async () => {
  const queue = recordingQueue<Job>()
  queue.broken = true
  await expect(receive({ ...push, delivery: 'd-1' }, { queue, clock })).rejects.toThrow()
})

test('a large installation is spread, a small one is looked at once', async () => {
  const queue = recordingQueue<Job>()
  await receive({ ...installation(3), delivery: 'd-1' }, { queue, clock })
  expect(queue.put.map(({ notBefore }) => notBefore)).toEqual([undefined, undefined, undefined])
  await receive({ ...installation(500), delivery: 'd-2' }, { queue, clock })
  const times = queue.put.slice(3).map(({ notBefore }) => (notBefore ?? 0) - NOW)
  expect(Math.min(...times)).toBeGreaterThanOrEqual(0)
  expect(new Set(times).size).toBe(500)
})
