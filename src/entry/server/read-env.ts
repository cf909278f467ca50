import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import type { RepositoryName } from '../../ports/forge.ts'
import { EnvReader, type Env } from './env-reader.ts'
import { withoutEnd } from '../../core/text/split-spans.ts'

/** What a process is for; a receiver alone needs no key, a worker no webhook secret. */
export type Role = 'serve' | 'work' | 'sweep' | 'receive'

/** The environment, read and checked. */
export interface Settings {
  readonly app: { readonly id: number; readonly privateKey: string } | undefined
  readonly webhookSecret: string | undefined
  /** Where GitHub's REST API is; another one with GitHub Enterprise Server. */
  readonly apiUrl: string
  readonly redisUrl: string | undefined
  readonly port: number
  readonly host: string
  /** Where a worker shows its pages; it has none without. */
  readonly metricsPort: number | undefined
  /** Upstream for the watch on releases; each fork's config may name another for itself. */
  readonly upstream: RepositoryName
  /** Jobs that run at once in a process. */
  readonly jobsAtOnce: number
  /** Milliseconds between two sweeps of everything, and between two looks for releases. */
  readonly sweepEvery: number
  readonly watchEvery: number
  /** Milliseconds that running jobs are given when the process is asked to stop. */
  readonly grace: number
  /** Milliseconds after which a worker on Redis that no longer says it lives is taken for dead. */
  readonly lease: number
  /** Milliseconds between two writes to GitHub, which asks for a second. */
  readonly betweenWrites: number
  /** Whether everything is looked at and nothing is written. */
  readonly logOnly: boolean
  /** On Lambda: how often SQS hands out a message, and how many containers work at once. */
  readonly maxReceives: number
  readonly containers: number
}

/** Reads the environment for a role. Refuses with every problem there is, at once. */
export function readEnv(env: Env, role: Role): Settings {
  const problems: Problem[] = []
  const reader = new EnvReader(env, problems)
  const settings: Settings = {
    app: role === 'receive' ? undefined : readApp(reader),
    webhookSecret: role === 'serve' || role === 'receive' ? readSecret(reader) : undefined,
    apiUrl: readApiUrl(reader),
    redisUrl: reader.url('REDIS_URL', ['redis:', 'rediss:']) ?? needRedis(reader, role),
    port: reader.number('PORT', { least: 0, most: 65_535, otherwise: 3000 }),
    host: reader.text('HOST') ?? '0.0.0.0',
    metricsPort:
      reader.text('METRICS_PORT') === undefined
        ? undefined
        : reader.number('METRICS_PORT', { least: 0, most: 65_535, otherwise: 0 }),
    upstream: readUpstream(reader),
    jobsAtOnce: reader.number('JOBS_AT_ONCE', { least: 1, most: 100, otherwise: 4 }),
    sweepEvery: reader.number('SWEEP_MINUTES', { least: 5, most: 1440, otherwise: 60 }) * 60_000,
    watchEvery: reader.number('WATCH_MINUTES', { least: 1, most: 1440, otherwise: 5 }) * 60_000,
    grace: reader.number('GRACE_SECONDS', { least: 0, most: 3600, otherwise: 25 }) * 1000,
    lease: reader.number('LEASE_SECONDS', { least: 1, most: 3600, otherwise: 30 }) * 1000,
    betweenWrites: reader.number('WRITE_PAUSE_MS', { least: 0, most: 60_000, otherwise: 1000 }),
    logOnly: reader.yes('LOG_ONLY'),
    maxReceives: reader.number('MAX_RECEIVES', { least: 1, most: 1000, otherwise: 8 }),
    containers: reader.number('AT_ONCE', { least: 1, most: 1000, otherwise: 1 }),
  }
  if (problems.length > 0) throw new Refusal(problems)
  return settings
}

/** Where GitHub's REST API is, by the environment alone. Refuses an address that is none. */
export function apiAddress(env: Env): string {
  const problems: Problem[] = []
  const address = readApiUrl(new EnvReader(env, problems))
  if (problems.length > 0) throw new Refusal(problems)
  return address
}

function readApp(reader: EnvReader): Settings['app'] {
  const id = reader.text('APP_ID')
  if (id === undefined)
    reader.problem('APP_ID', '`APP_ID` is not set; it stands on the settings page of your GitHub App.')
  else if (!/^\d+$/.test(id))
    reader.problem('APP_ID', '`APP_ID` must be a number; it stands on the settings page of your GitHub App.')
  const privateKey = readPrivateKey(reader)
  return id !== undefined && privateKey !== undefined ? { id: Number(id), privateKey } : undefined
}

/** As PEM, as PEM with `\n` written out, as base64 of PEM, or as the path of a file: people's platforms allow one or another. */
function readPrivateKey(reader: EnvReader): string | undefined {
  const path = reader.text('PRIVATE_KEY_PATH')
  const given = reader.text('PRIVATE_KEY') ?? (path === undefined ? undefined : readFile(path, reader))
  if (given === undefined) {
    if (path === undefined)
      reader.problem(
        'PRIVATE_KEY',
        'Neither `PRIVATE_KEY` nor `PRIVATE_KEY_PATH` is set; generate a key on the settings page of your GitHub App.',
      )
    return undefined
  }
  const unfolded = given.replaceAll('\\n', '\n')
  const pem = unfolded.includes('-----BEGIN') ? unfolded : Buffer.from(given, 'base64').toString()
  try {
    createPrivateKey(pem)
    return pem.trim()
  } catch {
    return reader.problem(
      'PRIVATE_KEY',
      'The private key is no PEM I can read; paste the whole file GitHub gave you, or its base64.',
    )
  }
}

function readFile(path: string, reader: EnvReader): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown'
    return reader.problem(
      'PRIVATE_KEY_PATH',
      `I cannot read the file \`${path}\` of \`PRIVATE_KEY_PATH\` (${why}).`,
    )
  }
}

/** Without a secret anybody could send us events in GitHub's name. */
function readSecret(reader: EnvReader): string | undefined {
  const secret = reader.text('WEBHOOK_SECRET')
  if (secret === undefined)
    return reader.problem(
      'WEBHOOK_SECRET',
      '`WEBHOOK_SECRET` is not set, and I do not start without it: anybody could send me events in GitHub’s name. Set the one that stands in the settings of your GitHub App.',
    )
  // What Probot takes where none is set, so it is everybody's.
  if (secret === 'development')
    return reader.problem(
      'WEBHOOK_SECRET',
      '`WEBHOOK_SECRET` is `development`, which is Probot’s well-known default; choose another, in the settings of your GitHub App too.',
    )
  return secret
}

function readApiUrl(reader: EnvReader): string {
  const given = reader.url('GITHUB_API_URL', ['https:', 'http:'])
  if (given !== undefined) return withoutEnd(given, '/')
  const enterprise = reader.text('GHE_HOST')
  if (enterprise === undefined) return 'https://api.github.com'
  if (/^[A-Za-z0-9.-]+(:\d+)?$/.test(enterprise)) return `https://${enterprise}/api/v3`
  reader.problem(
    'GHE_HOST',
    `\`GHE_HOST\` is \`${enterprise}\`; it must be a host name, such as \`github.example.org\`.`,
  )
  return ''
}

function needRedis(reader: EnvReader, role: Role): undefined {
  if (role !== 'work' || reader.text('REDIS_URL') !== undefined) return undefined
  return reader.problem(
    'REDIS_URL',
    '`REDIS_URL` is not set; a worker takes its jobs from Redis. Without Redis, `multiarch serve` works by itself.',
  )
}

function readUpstream(reader: EnvReader): RepositoryName {
  const text = reader.text('MULTIARCH_UPSTREAM') ?? 'kubernetes-sigs/kubespray'
  const [owner, name, ...more] = text.split('/')
  if (owner && name && more.length === 0) return { owner, name }
  reader.problem(
    'MULTIARCH_UPSTREAM',
    `\`MULTIARCH_UPSTREAM\` is \`${text}\`; it must be a repository, \`owner/name\`.`,
  )
  return { owner: '', name: '' }
}
