import { appendFileSync, readFileSync } from 'node:fs'
import { GITHUB_PACE } from '../adapters/github/api.ts'
import { githubTokenHost } from '../adapters/github/token-host.ts'
import { memoryCache } from '../adapters/memory/cache.ts'
import { MemoryValueCache } from '../adapters/memory/value-cache.ts'
import { bot } from '../app/bot/bot.ts'
import { openSteps } from '../app/bot/follow-pull.ts'
import { groupOf, keyOf, type Job } from '../app/jobs/job.ts'
import { jobsFor, type Payload } from '../app/jobs/jobs-for.ts'
import { UPSTREAM_REFS } from '../app/fork/read-repository.ts'
import { runJob, type JobWorld } from '../app/jobs/run-job.ts'
import { forkEngine } from '../app/bot/fork-engine.ts'
import { Refusal, type Problem } from '../core/model/problem.ts'
import type { Log } from '../ports/ambient.ts'
import type { RepositoryName } from '../ports/forge.ts'
import { jsonLog } from './json-log.ts'

type Env = Readonly<Record<string, string | undefined>>

/** What a workflow run tells us. */
interface ActionSettings {
  readonly token: string
  readonly login: string
  readonly repository: RepositoryName
  readonly upstream: RepositoryName
  readonly apiUrl: string
  readonly event: { readonly name: string; readonly payload: Payload }
  readonly summaryFile: string | undefined
  readonly betweenWrites: number
}

/** Runs once, in a workflow: what its event asks for, or a look where it asks for nothing of its own. Returns the exit code. */
export async function runAction(env: Env, log: Log = jsonLog()): Promise<number> {
  const settings = readActionEnv(env)
  const world = openWorld(settings, log)
  const asked = jobsFor(settings.event)
  const jobs: readonly Job[] = isClockwork(settings.event.name)
    ? [{ kind: 'look', repository: settings.repository }]
    : asked
  let failed = 0
  for (const job of jobs) if (!(await runOne(job, world))) failed++
  await writeSummary(settings, world)
  return failed === 0 ? 0 : 1
}

function readActionEnv(env: Env): ActionSettings {
  const problems: Problem[] = []
  const need = (name: string, message: string): string => {
    const value = env[name]?.trim() ?? ''
    if (value === '') problems.push({ code: 'action-env', message })
    return value
  }
  const token = need(
    'INPUT_TOKEN',
    'The input `token` is empty; `${{ github.token }}` is what a workflow has.',
  )
  const repository = need('GITHUB_REPOSITORY', '`GITHUB_REPOSITORY` is not set: is this a workflow run?')
  if (problems.length > 0) throw new Refusal(problems)
  const path = env['GITHUB_EVENT_PATH']
  return {
    token,
    login: env['INPUT_LOGIN']?.trim() || 'github-actions[bot]',
    repository: nameOf(repository),
    upstream: nameOf(env['INPUT_UPSTREAM']?.trim() || 'kubernetes-sigs/kubespray'),
    apiUrl: env['GITHUB_API_URL'] ?? 'https://api.github.com',
    event: { name: env['GITHUB_EVENT_NAME'] ?? 'workflow_dispatch', payload: path ? readPayload(path) : {} },
    summaryFile: env['GITHUB_STEP_SUMMARY'],
    betweenWrites: Number(env['WRITE_PAUSE_MS'] ?? 1000),
  }
}

function readPayload(path: string): Payload {
  return JSON.parse(readFileSync(path, 'utf8')) as Payload
}

function nameOf(text: string): RepositoryName {
  const [owner, name, ...more] = text.split('/')
  if (owner && name && more.length === 0) return { owner, name }
  throw new Refusal({ code: 'action-env', message: `\`${text}\` is no repository; write \`owner/name\`.` })
}

function openWorld(
  { token, login, repository, upstream, apiUrl, betweenWrites }: ActionSettings,
  log: Log,
): JobWorld {
  const host = githubTokenHost({
    connection: { baseUrl: apiUrl, pace: { ...GITHUB_PACE, betweenWrites } },
    ...{ token, login, repository, upstream, upstreamRefs: UPSTREAM_REFS, cache: memoryCache() },
  })
  const engine = forkEngine({ upstream, cache: new MemoryValueCache() })
  return { host, useCases: bot({ engine, clock: Date, log, settled: memoryCache() }), log }
}

/** Runs that nobody's doing started. */
function isClockwork(event: string): boolean {
  return ['schedule', 'workflow_dispatch', 'repository_dispatch', 'workflow_call'].includes(event)
}

/** A workflow does not wait for a rate limit: its next run looks again. */
async function runOne(job: Job, world: JobWorld): Promise<boolean> {
  const key = keyOf(job)
  const signal = new AbortController().signal
  try {
    await runJob(
      { id: key, key, group: groupOf(job), body: job, attempt: 1, last: true, queuedAt: Date.now(), signal },
      world,
    )
    return true
  } catch {
    return false
  }
}

/** The open proposals, on the page of the workflow run; GitHub takes a megabyte. */
async function writeSummary({ summaryFile, repository }: ActionSettings, { host }: JobWorld): Promise<void> {
  if (!summaryFile) return
  const { forge } = await host.open(repository)
  const open = await openSteps(forge)
  const parts = open.map(({ number, title, body }) => `## #${number} ${title}\n\n${body}`)
  appendFileSync(summaryFile, `${parts.join('\n\n') || 'No step is open.'}\n`)
}
