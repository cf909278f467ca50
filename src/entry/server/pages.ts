import type { Job } from '../../app/jobs/job.ts'
import type { JobCounts, JobQueue } from '../../ports/job-queue.ts'
import { PLAIN, type Page } from './http-server.ts'
import type { Metrics } from './metrics.ts'
import { version } from '../print/version.ts'

interface PageFacts {
  readonly queue: JobQueue<Job>
  readonly metrics: Metrics
  readonly startedAt: number
  readonly isStopping: () => boolean
}

/** What the server shows beside its door. */
export function pages(facts: PageFacts): Readonly<Record<string, () => Promise<Page>>> {
  const { queue, metrics, isStopping } = facts
  const isReady = async (): Promise<boolean> => !isStopping() && (await queue.ready())
  return {
    '/': async () => {
      const ready = await isReady()
      const counts = ready ? await queue.counts() : undefined
      return { status: 200, type: 'text/html; charset=utf-8', text: frontPage(facts, counts) }
    },
    // Alive: this process answers. Whether it can do its work is another question.
    '/healthz': () => Promise.resolve({ status: 200, type: PLAIN, text: 'ok\n' }),
    '/readyz': async () =>
      (await isReady())
        ? { status: 200, type: PLAIN, text: 'ready\n' }
        : { status: 503, type: PLAIN, text: isStopping() ? 'stopping\n' : 'the queue is away\n' },
    '/metrics': async () => ({
      status: 200,
      type: metrics.registry.contentType,
      text: await metrics.registry.metrics(),
    }),
  }
}

function frontPage({ startedAt }: PageFacts, counts: JobCounts | undefined): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Version', version()],
    ['Running for', duration(Date.now() - startedAt)],
    ['Health', counts ? 'ready' : 'not ready: the queue is away, or this process is stopping'],
    ...(counts ? countRows(counts) : []),
  ]
  const cells = rows
    .map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`)
    .join('\n')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>kubespray-multiarch</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark }
th { text-align: left; font-weight: 500; padding-right: 2rem } td { font-variant-numeric: tabular-nums }
</style>
</head>
<body>
<h1>kubespray-multiarch</h1>
<p>This is the server of a GitHub App that carries Kubespray forks onto new releases. It shows counts and nothing else.</p>
<table>
${cells}
</table>
</body>
</html>
`
}

function countRows({
  waiting,
  running,
  delayed,
  failed,
  lastDay,
}: JobCounts): readonly (readonly [string, string])[] {
  return [
    ['Jobs done in the last day', String(lastDay.done)],
    ['Jobs given up in the last day', String(lastDay.failed)],
    ['Jobs running', String(running)],
    ['Jobs waiting', String(waiting)],
    ['Jobs waiting for their time', String(delayed)],
    ['Failed jobs kept', String(failed)],
  ]
}

function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000)
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  return days > 0 ? `${days} d ${hours} h` : `${hours} h ${minutes % 60} min`
}
