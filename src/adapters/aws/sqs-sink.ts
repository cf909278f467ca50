import { createHash } from 'node:crypto'
import { defined } from '../../core/model/defined.ts'
import type { Clock } from '../../ports/clock.ts'
import type { JobSink, NewJob } from '../../ports/job-queue.ts'
import { callAws, type AwsClient } from './aws-client.ts'
import { SqsBatches } from './sqs-batches.ts'

/** A job as it stands in a message. */
export interface SqsJob<T> {
  readonly key: string
  readonly group: string
  readonly body: T
  /** Milliseconds since 1970. */
  readonly queuedAt: number
  readonly delivery?: string
}

/**
 * The sending end of a FIFO queue. The group is the repository, so that two jobs of one never overlap. The deduplication
 * id is the key *and* the delivery: SQS drops an id it saw in the last five minutes even when that job is done, and a
 * second push within five minutes is a new event. A time is not kept, because SQS delays no single message of a FIFO
 * queue; the concurrency of the function spreads the work instead.
 */
export function sqsSink<T>(client: AwsClient, queueUrl: string, clock: Clock = Date): JobSink<T> {
  const batches = new SqsBatches(client, queueUrl, { clock })
  return {
    async enqueue(job) {
      const { key, group, body, delivery } = job
      const message: SqsJob<T> = {
        key,
        group,
        body,
        queuedAt: clock.now(),
        ...defined({ delivery }),
      }
      await batches.send({
        MessageBody: JSON.stringify(message),
        MessageGroupId: digest(job.group),
        MessageDeduplicationId: digest(onceId(job, clock.now())),
      })
      return 'queued'
    },
  }
}

/** Puts a message out of sight until a time; SQS allows twelve hours at most. */
export async function hideMessage(
  client: AwsClient,
  { queueUrl, receiptHandle, seconds }: { queueUrl: string; receiptHandle: string; seconds: number },
): Promise<void> {
  await callAws(client, {
    service: 'sqs',
    target: 'AmazonSQS.ChangeMessageVisibility',
    json: '1.0',
    body: {
      QueueUrl: queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: Math.min(43_200, Math.max(1, Math.ceil(seconds))),
    },
  })
}

/** Without a delivery (a sweep) the same job is one within a minute. */
function onceId(job: NewJob<unknown>, now: number): string {
  return `${job.key} ${job.delivery ?? Math.floor(now / 60_000)}`
}

/** Names of repositories may be longer than the 128 characters SQS takes. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
