import { afterEach, describe, expect, test } from 'vitest'
import type {
  JobHandler,
  JobQueue,
  QueueWorker,
  RetryPolicy,
  RunningJob,
  Trouble,
} from '../../src/ports/job-queue.ts'
import { pause, until } from '../support/until.ts'

type Body = { readonly say: string }

/** Opens an empty queue that retries as told. */
type OpenQueue = (retry: RetryPolicy) => Promise<JobQueue<Body>>

const QUICK: RetryPolicy = { attempts: 3, pause: () => 20 }

/** The promises of `ports/job-queue.ts`, for every queue. */
export function describeJobQueue(name: string, open: OpenQueue): void {
  describe(name, () => {
    const ends: (() => Promise<void>)[] = []
    const troubles: Trouble[] = []

    afterEach(async () => {
      for (const end of ends.splice(0).reverse()) await end()
      troubles.splice(0)
    })

    async function openQueue(retry = QUICK): Promise<JobQueue<Body>> {
      const queue = await open(retry)
      ends.push(() => queue.close())
      return queue
    }

    function work(queue: JobQueue<Body>, handler: JobHandler<Body>, atOnce = 4): QueueWorker {
      const worker = queue.work(handler, { atOnce, onTrouble: (what) => troubles.push(what) })
      ends.push(() => worker.stop(1000))
      return worker
    }

    /** A handler that notes what it ran, and holds each job until let go. */
    function held() {
      const ran: RunningJob<Body>[] = []
      const gates: (() => void)[] = []
      const handler: JobHandler<Body> = async (job) => {
        ran.push(job)
        await new Promise<void>((resolve) => gates.push(resolve))
        return { kind: 'done' }
      }
      return { ran, handler, letGo: () => gates.splice(0).forEach((open) => open()) }
    }

    function noting() {
      const ran: RunningJob<Body>[] = []
      const handler: JobHandler<Body> = async (job) => {
        ran.push(job)
        return { kind: 'done' }
      }
      return { ran, handler }
    }

    const job = (key: string, group = key) => ({ key: `say:${key}`, group, body: { say: key } })

    test('runs a job with what was put in', async () => {
      const queue = await openQueue()
      const { ran, handler } = noting()
      work(queue, handler)
      expect(await queue.enqueue({ ...job('hello', 'a/b'), delivery: 'd-1' })).toBe('queued')
      await until(() => ran.length === 1)
      expect(ran[0]).toMatchObject({ key: 'say:hello', group: 'a/b', body: { say: 'hello' }, attempt: 1 })
      expect(ran[0]).toMatchObject({ delivery: 'd-1', last: false })
      await until(async () => (await queue.counts()).lastDay.done === 1)
      expect(await queue.counts()).toMatchObject({
        waiting: 0,
        running: 0,
        delayed: 0,
        failed: 0,
        oldestWaiting: 0,
      })
    })

    test('keeps jobs until somebody works', async () => {
      const queue = await openQueue()
      await queue.enqueue(job('early'))
      expect(await queue.counts()).toMatchObject({ waiting: 1, running: 0 })
      const { ran, handler } = noting()
      work(queue, handler)
      await until(() => ran.length === 1)
    })

    test('jobs of one key that wait are one', async () => {
      const queue = await openQueue()
      expect(await queue.enqueue(job('same'))).toBe('queued')
      expect(await queue.enqueue(job('same'))).toBe('known')
      expect(await queue.enqueue({ ...job('same'), delivery: 'd-1' })).toBe('known')
      expect(await queue.counts()).toMatchObject({ waiting: 1 })
    })

    test('a job put in while its twin runs is run once after it', async () => {
      const queue = await openQueue()
      const { ran, handler, letGo } = held()
      work(queue, handler)
      await queue.enqueue(job('again'))
      await until(() => ran.length === 1)
      await queue.enqueue(job('again'))
      await queue.enqueue(job('again'))
      await pause(50)
      expect(ran).toHaveLength(1)
      letGo()
      await until(() => ran.length === 2)
      letGo()
      await until(async () => (await queue.counts()).lastDay.done === 2)
      await pause(50)
      expect(ran).toHaveLength(2)
    })

    test('a delivery puts a job in once, even after it was done', async () => {
      const queue = await openQueue()
      const { ran, handler } = noting()
      work(queue, handler)
      await queue.enqueue({ ...job('one'), delivery: 'd-1' })
      await until(async () => (await queue.counts()).lastDay.done === 1)
      expect(await queue.enqueue({ ...job('one'), delivery: 'd-1' })).toBe('known')
      expect(await queue.enqueue({ ...job('two'), delivery: 'd-1' })).toBe('queued')
      expect(await queue.enqueue({ ...job('one'), delivery: 'd-2' })).toBe('queued')
      await until(() => ran.length === 3)
    })

    test('jobs of one group never overlap; those of others do', async () => {
      const queue = await openQueue()
      const { ran, handler, letGo } = held()
      work(queue, handler)
      work(queue, handler)
      await queue.enqueue(job('first', 'a/b'))
      await queue.enqueue(job('second', 'a/b'))
      await queue.enqueue(job('third', 'a/b'))
      await queue.enqueue(job('other', 'c/d'))
      await until(() => ran.length === 2)
      await pause(100)
      expect(ran.map(({ group }) => group).sort()).toEqual(['a/b', 'c/d'])
      letGo()
      await until(() => ran.length === 3)
      await pause(50)
      expect(ran).toHaveLength(3)
      letGo()
      await until(() => ran.length === 4)
      letGo()
      expect(ran.map(({ key }) => key).sort()).toEqual(['say:first', 'say:other', 'say:second', 'say:third'])
    })

    test('no more jobs run at once than the worker was told', async () => {
      const queue = await openQueue()
      const { ran, handler, letGo } = held()
      work(queue, handler, 2)
      for (const key of ['a', 'b', 'c']) await queue.enqueue(job(key))
      await until(() => ran.length === 2)
      await pause(50)
      expect(ran).toHaveLength(2)
      letGo()
      await until(() => ran.length === 3)
      letGo()
    })

    test('a job that throws is tried again', async () => {
      const queue = await openQueue()
      const attempts: number[] = []
      work(queue, async ({ attempt }) => {
        attempts.push(attempt)
        if (attempt < 3) throw new Error('not yet')
        return { kind: 'done' }
      })
      await queue.enqueue(job('stubborn'))
      await until(async () => (await queue.counts()).lastDay.done === 1)
      expect(attempts).toEqual([1, 2, 3])
      expect(troubles).toEqual([])
    })

    test('a job that always throws is given up and kept', async () => {
      const queue = await openQueue()
      const attempts: [number, boolean][] = []
      work(queue, async ({ attempt, last }) => {
        attempts.push([attempt, last])
        throw new Error('never')
      })
      await queue.enqueue(job('hopeless', 'a/b'))
      await until(async () => (await queue.counts()).failed === 1)
      expect(attempts).toEqual([
        [1, false],
        [2, false],
        [3, true],
      ])
      expect(await queue.failures(10)).toMatchObject([
        { key: 'say:hopeless', group: 'a/b', attempts: 3, reason: 'never' },
      ])
      await until(() => troubles.length === 1)
      expect(troubles).toMatchObject([{ kind: 'given-up', key: 'say:hopeless', group: 'a/b' }])
      // A failed job is no waiting twin.
      expect(await queue.enqueue(job('hopeless', 'a/b'))).toBe('queued')
    })

    test('a job may be put back until a time, which is no failed attempt', async () => {
      const queue = await openQueue()
      const attempts: number[] = []
      const putBacks: unknown[] = []
      work(queue, async ({ attempt, putBack }) => {
        attempts.push(attempt)
        putBacks.push(putBack ?? 0)
        return attempts.length < 6 ? { kind: 'later', notBefore: Date.now() + 20 } : { kind: 'done' }
      })
      await queue.enqueue(job('limited'))
      await until(async () => (await queue.counts()).lastDay.done === 1)
      expect(attempts).toEqual([1, 1, 1, 1, 1, 1])
      // By which patience grows.
      expect(putBacks).toEqual([0, 1, 2, 3, 4, 5])
    })

    test('a job is not run before its time, and who asks without a time hurries it', async () => {
      const queue = await openQueue()
      const ran: { readonly key: string; readonly at: number }[] = []
      work(queue, async ({ key }) => {
        ran.push({ key, at: Date.now() })
        return { kind: 'done' }
      })
      const soon = Date.now() + 150
      await queue.enqueue({ ...job('soon'), notBefore: soon })
      await queue.enqueue({ ...job('tomorrow'), notBefore: Date.now() + 86_400_000 })
      expect((await queue.counts()).delayed).toBeGreaterThanOrEqual(1)
      await until(() => ran.length === 1)
      expect(ran[0]?.key).toBe('say:soon')
      // Timers may be early by a fraction of a millisecond.
      expect(ran[0]?.at).toBeGreaterThanOrEqual(soon - 1)
      expect(await queue.enqueue(job('tomorrow'))).toBe('known')
      await until(() => ran.length === 2)
      expect(await queue.counts()).toMatchObject({ delayed: 0 })
    })

    test('a worker that stops finishes what runs and takes nothing new', async () => {
      const queue = await openQueue()
      const { ran, handler, letGo } = held()
      const worker = work(queue, handler)
      await queue.enqueue(job('running'))
      await until(() => ran.length === 1)
      const stopped = worker.stop(10_000)
      await queue.enqueue(job('later'))
      await pause(50)
      letGo()
      await stopped
      expect(ran).toHaveLength(1)
      expect(await queue.counts()).toMatchObject({ waiting: 1, running: 0 })
    })

    test('a job that does not end in time is told so', async () => {
      const queue = await openQueue()
      let [begun, told] = [false, false]
      const worker = work(queue, async ({ signal }) => {
        begun = true
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        told = true
        return { kind: 'done' }
      })
      await queue.enqueue(job('endless'))
      await until(() => begun)
      await worker.stop(20)
      await until(() => told)
    })

    test('a job that never ends does not keep its worker from stopping', async () => {
      const queue = await openQueue()
      let begun = false
      const worker = work(queue, () => {
        begun = true
        return new Promise(() => {})
      })
      await queue.enqueue(job('deaf'))
      await until(() => begun)
      await worker.stop(20)
    })

    test('says that it is ready', async () => {
      expect(await (await openQueue()).ready()).toBe(true)
    })
  })
}
