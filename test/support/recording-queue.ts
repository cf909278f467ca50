import type { JobSink, NewJob } from '../../src/ports/job-queue.ts'

/** Notes what is put in; rejects where told to. */
export function recordingQueue<T>(): JobSink<T> & { readonly put: NewJob<T>[]; broken: boolean } {
  const put: NewJob<T>[] = []
  return {
    put,
    broken: false,
    enqueue(job) {
      if (this.broken) return Promise.reject(new Error('the queue is away'))
      const known = put.some(({ key, delivery }) => key === job.key && delivery === job.delivery)
      if (!known) put.push(job)
      return Promise.resolve(known ? 'known' : 'queued')
    },
  }
}
