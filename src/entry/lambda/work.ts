import { memoryBudget } from '../../adapters/memory/memory-budget.ts'
import { awsFromEnv, type AwsClient } from '../../adapters/aws/aws-client.ts'
import { hideMessage, sqsSink, type SqsJob } from '../../adapters/aws/sqs-sink.ts'
import type { Job } from '../../app/jobs/job.ts'
import { runJob, type JobWorld } from '../../app/jobs/run-job.ts'
import { sweep as sweepAll } from '../../app/jobs/sweep.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Allowance } from '../../ports/budget.ts'
import type { RunningJob } from '../../ports/job-queue.ts'
import { EnvReader } from '../server/env-reader.ts'
import { readEnv } from '../server/read-env.ts'
import { jsonLog } from '../server/json-log.ts'
import type { LambdaContext, SqsAnswer, SqsEvent, SqsRecord } from './http-event.ts'
import { logWarnings } from '../server/log-warnings.ts'
import { withSecrets } from './with-secrets.ts'
import { CONTENT, openHost } from '../server/open-host.ts'

/** A job that begins with less time than this left would be cut off in the middle; it goes back instead. */
const LEAST_TIME = 60_000

export interface WorkWorld extends JobWorld {
  readonly clock: Clock
  /** How often a message is received before it goes to the dead letters. */
  readonly maxReceives: number
  /** Puts a message out of sight until then (milliseconds since 1970), and with it its group. */
  hide(record: SqsRecord, until: number): Promise<void>
}

/** Runs the jobs of a batch, one after the other; those that failed go back to the queue, with what follows them in their group. */
export async function workThrough(
  event: SqsEvent,
  context: LambdaContext,
  world: WorkWorld,
): Promise<SqsAnswer> {
  const failed: SqsRecord[] = []
  const blocked = new Set<string>()
  for (const record of event.Records) {
    const group = record.attributes.MessageGroupId ?? record.messageId
    const canRun = context.getRemainingTimeInMillis() > LEAST_TIME && !blocked.has(group)
    const until = canRun ? await runRecord(record, world) : world.clock.now()
    if (until === undefined) continue
    blocked.add(group)
    failed.push(record)
    // Without a word it would stay out of sight as long as a function may run.
    await world.hide(record, until).catch((error: unknown) => note(record, error, world))
  }
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
}

/** When to try again; `undefined` where the job is done. */
async function runRecord(record: SqsRecord, world: WorkWorld): Promise<number | undefined> {
  const again = () => world.clock.now() + pauseAfter(Number(record.attributes.ApproximateReceiveCount))
  const job = readJob(record, world)
  if (!job) return again()
  try {
    const outcome = await runJob(job, world)
    return outcome.kind === 'done' ? undefined : outcome.notBefore
  } catch {
    // `runJob` has logged it, under the message's id.
    return again()
  }
}

/** The job of a message, which may hold none of ours. */
function readJob(record: SqsRecord, world: WorkWorld): RunningJob<Job> | undefined {
  try {
    return runningJob(record, world.maxReceives)
  } catch (error) {
    note(record, error, world)
    return undefined
  }
}

/** From 15 seconds to a quarter of an hour. */
function pauseAfter(attempt: number): number {
  return Math.min(15_000 * 2 ** (attempt - 1), 900_000)
}

/** What happens around a job; a defect of the job itself is logged by `runJob`. */
function note({ messageId }: SqsRecord, error: unknown, { log }: WorkWorld): void {
  log.error('message not done', { messageId, error: String(error) })
}

function runningJob({ messageId, body, attributes }: SqsRecord, maxReceives: number): RunningJob<Job> {
  const job = JSON.parse(body) as SqsJob<Job>
  const attempt = Number(attributes.ApproximateReceiveCount)
  const signal = new AbortController().signal
  return { ...job, id: messageId, attempt, putBack: attempt - 1, last: attempt >= maxReceives, signal }
}

/** The function behind the queue. */
export async function work(event: SqsEvent, context: LambdaContext): Promise<SqsAnswer> {
  const { host, useCases, log, aws, queueUrl, maxReceives } = await world()
  return workThrough(event, context, {
    host,
    useCases,
    log,
    queue: sqsSink<Job>(aws, queueUrl),
    clock: Date,
    maxReceives,
    hide: ({ receiptHandle }, until) =>
      hideMessage(aws, { queueUrl, receiptHandle, seconds: (until - Date.now()) / 1000 }),
  })
}

/** The function behind the schedule. */
export async function sweep(): Promise<{ readonly repositories: number }> {
  const { host, log, aws, queueUrl } = await world()
  return { repositories: await sweepAll({ host, queue: sqsSink<Job>(aws, queueUrl), clock: Date, log }) }
}

/** Each of the containers that run at once has its share of what an installation may create: they do not know of each other. */
function share(containers: number): readonly Allowance[] {
  return CONTENT.map(({ most, within }) => ({ most: Math.max(1, Math.floor(most / containers)), within }))
}

interface LambdaWorld extends JobWorld {
  readonly aws: AwsClient
  readonly queueUrl: string
  readonly maxReceives: number
}

let opened: Promise<LambdaWorld> | undefined

/** Once a container; a failure is not kept. */
function world(): Promise<LambdaWorld> {
  opened ??= openWorld().catch((error: unknown) => {
    opened = undefined
    throw error
  })
  return opened
}

async function openWorld(): Promise<LambdaWorld> {
  const env = await withSecrets(process.env, ['PRIVATE_KEY', 'APP_ID'])
  const queueUrl = new EnvReader(env).text('QUEUE_URL')
  if (queueUrl === undefined) throw new Error('QUEUE_URL is not set')
  const log = jsonLog()
  logWarnings(log)
  const settings = readEnv(env, 'sweep')
  const opened = openHost(settings, { log, content: memoryBudget(share(settings.containers)) })
  return { ...opened, log, aws: awsFromEnv(env), queueUrl, maxReceives: settings.maxReceives }
}
