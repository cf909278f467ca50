import { awsFromEnv, type AwsClient } from '../adapters/aws/request.ts'
import { hideMessage, sqsSink, type SqsJob } from '../adapters/aws/sqs.ts'
import type { Job } from '../app/job.ts'
import { runJob, type JobWorld } from '../app/run-job.ts'
import { sweep as sweepAll } from '../app/sweep.ts'
import type { RunningJob } from '../ports/jobs.ts'
import { readEnv } from './env.ts'
import { jsonLog } from './json-log.ts'
import type { LambdaContext, SqsAnswer, SqsEvent, SqsRecord } from './lambda-events.ts'
import { withSecrets } from './lambda-secrets.ts'
import { openHost } from './open-host.ts'

/** A job that begins with less time than this left would be cut off in the middle; it goes back instead. */
const LEAST_TIME = 60_000

export interface WorkWorld extends JobWorld {
  /** How often a message is received before it goes to the dead letters. */
  readonly maxReceives: number
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
    const enough = context.getRemainingTimeInMillis() > LEAST_TIME
    if (enough && !blocked.has(group) && (await runRecord(record, world))) continue
    blocked.add(group)
    failed.push(record)
  }
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
}

async function runRecord(record: SqsRecord, world: WorkWorld): Promise<boolean> {
  try {
    const outcome = await runJob(runningJob(record, world.maxReceives), world)
    if (outcome.kind === 'done') return true
    await world.hide(record, outcome.notBefore)
  } catch (error) {
    // A defect of a job is logged by runJob; this is for what happened around it.
    world.log.error('message not done', { message: record.messageId, error: String(error) })
  }
  return false
}

function runningJob({ messageId, body, attributes }: SqsRecord, maxReceives: number): RunningJob<Job> {
  const job = JSON.parse(body) as SqsJob<Job>
  const attempt = Number(attributes.ApproximateReceiveCount)
  const signal = new AbortController().signal
  return { ...job, id: messageId, attempt, last: attempt >= maxReceives, signal }
}

/** The function behind the queue. */
export async function work(event: SqsEvent, context: LambdaContext): Promise<SqsAnswer> {
  const { host, useCases, log, aws, queueUrl } = await world()
  return workThrough(event, context, {
    ...{ host, useCases, log },
    maxReceives: Number(process.env['MAX_RECEIVES'] ?? 8),
    hide: ({ receiptHandle }, until) =>
      hideMessage(aws, { queueUrl, receiptHandle, seconds: (until - Date.now()) / 1000 }),
  })
}

/** The function behind the schedule. */
export async function sweep(): Promise<{ readonly repositories: number }> {
  const { host, log, aws, queueUrl } = await world()
  return { repositories: await sweepAll({ host, queue: sqsSink<Job>(aws, queueUrl), clock: Date, log }) }
}

interface LambdaWorld extends JobWorld {
  readonly aws: AwsClient
  readonly queueUrl: string
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
  const queueUrl = env['QUEUE_URL']
  if (!queueUrl) throw new Error('QUEUE_URL is not set')
  const log = jsonLog()
  const opened = openHost(readEnv(env, 'sweep'), { log })
  return { ...opened, log, aws: awsFromEnv(env), queueUrl }
}
