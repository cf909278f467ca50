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
${STYLE}
</style>
</head>
<body>
<h1>kubespray-multiarch</h1>
<p>This is the server of a GitHub App that carries Kubespray forks onto new releases. It shows counts and nothing else.</p>
<p class="health ${counts ? 'good' : 'bad'}">${counts ? 'Ready' : 'Not ready: the queue is away, or this process is stopping'}</p>
<table>
${cells}
</table>
</body>
</html>
`
}

/** Light or dark as the reader has it; the root carries that, or the page behind the text stays light. */
const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --page: #fff; --line: #d1d9e0; --good: #1a7f37; --bad: #b91c1c }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9aa4af; --page: #0d1117; --line: #30363d; --good: #4cc467; --bad: #ff7b72 } }
body { margin: 0 auto; padding: clamp(1rem, 5vw, 3rem) 1rem; max-width: 40rem; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
h1 { font-size: 1.6rem; margin: 0 0 0.75rem } p { color: var(--soft) }
.health { display: inline-block; padding: 0.15rem 0.8rem; border: 1px solid; border-radius: 2rem; font-weight: 600 } .good { color: var(--good) } .bad { color: var(--bad) }
table { width: 100%; border-collapse: collapse } th, td { padding: 0.45rem 0; border-top: 1px solid var(--line) }
th { text-align: left; font-weight: 400; padding-right: 1.5rem } td { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: anywhere }`.trim()

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
