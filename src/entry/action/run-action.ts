import { readFileSync } from 'node:fs'
import { webAddress } from '../../adapters/github/api/web-address.ts'
import { GITHUB_PACE } from '../../adapters/github/api/pace.ts'
import { GitHubFailure } from '../../adapters/github/api/failure-of.ts'
import { githubTokenHost } from '../../adapters/github/github-token-host.ts'
import { memoryCache } from '../../adapters/memory/memory-cache.ts'
import { MemoryValueCache } from '../../adapters/memory/memory-value-cache.ts'
import { bot, lookNoted } from '../../app/bot/bot.ts'
import { forkEngine } from '../../app/engine/fork-engine.ts'
import { repositoryNote } from '../../app/bot/repository-note.ts'
import { UPSTREAM_REFS } from '../../app/repository/read-repository.ts'
import { isSubscribed, jobsFor, type Payload } from '../../app/jobs/jobs-for.ts'
import type { Job } from '../../app/jobs/job.ts'
import type { JobWorld } from '../../app/jobs/run-job.ts'
import * as say from '../../core/explain/texts/render-run.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import type { Log } from '../../ports/clock.ts'
import type { RepositoryName } from '../../ports/forge.ts'
import type { Workplace } from '../../ports/host.ts'
import { EnvReader, type Env } from '../server/env-reader.ts'
import { jsonLog } from '../server/json-log.ts'
import { readPayload } from '../server/read-payload.ts'
import { say as print } from '../print/say.ts'
import { runPatiently, type Ended } from './run-patiently.ts'
import { version } from '../print/version.ts'
import { writeSummary } from './write-summary.ts'
import { defined } from '../../core/model/defined.ts'

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

interface ActionParts {
  readonly log?: Log
  /** Writes a line of the workflow's log as its commands want it, `::warning::…`. */
  readonly tell?: (line: string) => void
  readonly pause?: (milliseconds: number) => Promise<void>
}

/**
 * Runs once, in a workflow: what its event asks for, or a look where it asks for nothing of its own. Returns the exit code. Refuses
 * inputs that are wrong, a token that GitHub does not take among them.
 */
export async function runAction(env: Env, log: Log = jsonLog(), parts: ActionParts = {}): Promise<number> {
  const { tell = (line: string) => print(`${line}\n`), pause = GITHUB_PACE.pause } = parts
  const settings = readActionEnv(env)
  const world = openWorld(settings, log)
  const ended: Ended[] = []
  for (const job of jobsOf(settings)) ended.push(await unlessToken(runPatiently(job, world, pause)))
  const left = ended.filter((each) => each.kind === 'left')
  const refused = ended.flatMap((each) => (each.kind === 'refused' ? each.problems : []))
  for (const { until, why } of left) tell(command('warning', say.leftOver(until, why)))
  for (const { message } of refused) tell(command('error', message))
  if (ended.some(({ kind }) => kind === 'failed')) tell(command('error', say.broke()))
  await unlessToken(writeSummary(settings, world, left.length > 0))
  if (ended.some(({ kind }) => kind === 'failed')) return 1
  return refused.length > 0 ? 2 : 0
}

/** A line of a workflow's log that the page of the run shows. */
export function command(kind: 'warning' | 'error', text: string): string {
  return `::${kind}::${text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}`
}

function jobsOf({ event, repository }: ActionSettings): readonly Job[] {
  // Whoever starts it by hand wants a look, whatever has changed.
  if (event.name === 'workflow_dispatch') return [{ kind: 'look', repository }]
  return isClockwork(event.name) ? [{ kind: 'sweep', repository }] : jobsFor(event)
}

/** GitHub's 401 says of a token that was given to us what no trying again mends. */
async function unlessToken<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof GitHubFailure && error.status === 401)) throw error
    throw new Refusal({ code: 'action-token', message: say.badToken() })
  }
}

function readActionEnv(env: Env): ActionSettings {
  const problems: Problem[] = []
  const reader = new EnvReader(env, problems)
  const need = (name: string, message: string): string => {
    const value = reader.text(name)
    if (value === undefined) problems.push({ code: 'action-env', message })
    return value ?? ''
  }
  const token = need(
    'INPUT_TOKEN',
    'The input `token` is empty; `${{ github.token }}` is what a workflow has.',
  )
  const repository = need('GITHUB_REPOSITORY', '`GITHUB_REPOSITORY` is not set: is this a workflow run?')
  const betweenWrites = reader.number('WRITE_PAUSE_MS', { least: 0, most: 60_000, otherwise: 1000 })
  if (problems.length > 0) throw new Refusal(problems)
  const name = reader.text('GITHUB_EVENT_NAME') ?? 'workflow_dispatch'
  return {
    token,
    login: reader.text('INPUT_LOGIN') ?? 'github-actions[bot]',
    repository: nameOf(repository),
    upstream: nameOf(reader.text('INPUT_UPSTREAM') ?? 'kubernetes-sigs/kubespray'),
    apiUrl: reader.text('GITHUB_API_URL') ?? 'https://api.github.com',
    event: { name, payload: readEvent(name, reader.text('GITHUB_EVENT_PATH')) },
    summaryFile: reader.text('GITHUB_STEP_SUMMARY'),
    betweenWrites,
  }
}

/** What started the run, read as at any other door. Of an event that asks for nothing nothing is read. */
function readEvent(name: string, path: string | undefined): Payload {
  if (path === undefined || !isSubscribed(name)) return {}
  const reading = readPayload(name, parseFile(path))
  if (reading.kind === 'payload') return reading.payload
  throw new Refusal({ code: 'action-event', message: reading.why })
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw new Refusal({ code: 'action-event', message: say.noEvent(path) })
  }
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
    token,
    login,
    repository,
    upstream,
    upstreamRefs: UPSTREAM_REFS,
    cache: memoryCache(),
  })
  const engine = forkEngine({
    upstream,
    web: webAddress(apiUrl),
    published: host.published,
    cache: new MemoryValueCache(),
  })
  const anew = () => host.open(repository)
  const told = versionIfTold()
  const settled = repositoryNote({ open: anew, clock: Date, version: told ?? `unknown-${Date.now()}` })
  const botWorld = { engine, clock: Date, log, settled, wholeLookEvery: WEEK, ...defined({ version: told }) }
  const useCases = { ...bot(botWorld), lookIfChanged: (place: Workplace) => lookNoted(place, botWorld, anew) }
  return { host, useCases, log }
}

/** A bundle may lie anywhere; without a version each run looks for itself. */
function versionIfTold(): string | undefined {
  try {
    return version()
  } catch {
    return undefined
  }
}

/** A run by the clock costs minutes, and the clock of most comes once a day. */
const WEEK = 7 * 24 * 3600_000

/** Runs that nobody's doing started. */
function isClockwork(event: string): boolean {
  return ['schedule', 'workflow_dispatch', 'repository_dispatch', 'workflow_call'].includes(event)
}
