import { awsFromEnv } from '../../adapters/aws/aws-client.ts'
import { sqsSink } from '../../adapters/aws/sqs-sink.ts'
import type { Job } from '../../app/jobs/job.ts'
import { receive as takeEvent } from '../../app/jobs/receive.ts'
import { jsonLog } from '../server/json-log.ts'
import { logNotAccepted } from '../server/log-not-accepted.ts'
import type { HttpAnswer, HttpEvent } from './http-event.ts'
import { readHttpEvent } from './read-http-event.ts'
import { logWarnings } from '../server/log-warnings.ts'
import { EnvReader, type Env } from '../server/env-reader.ts'
import { withSecrets } from './with-secrets.ts'
import { answerWebhook, type Door } from '../server/answer-webhook.ts'

/** Verifies a webhook, puts its jobs into SQS and answers. Loads nothing of GitHub's API, so that a cold start is short. */
export async function receive(event: HttpEvent): Promise<HttpAnswer> {
  const { method, ...request } = readHttpEvent(event)
  if (method !== 'POST') return answer(405, 'Only POST is answered here.')
  const { status, text } = await answerWebhook(request, await door())
  return answer(status, text)
}

let opened: Promise<Door> | undefined

/** Once a container; a failure is not kept. */
function door(): Promise<Door> {
  opened ??= openDoor(process.env).catch((error: unknown) => {
    opened = undefined
    throw error
  })
  return opened
}

async function openDoor(given: Env): Promise<Door> {
  const env = await withSecrets(given, ['WEBHOOK_SECRET'])
  const reader = new EnvReader(env)
  const secret = reader.text('WEBHOOK_SECRET')
  const queueUrl = reader.text('QUEUE_URL')
  if (secret === undefined || secret === 'development')
    throw new Error(
      'WEBHOOK_SECRET or WEBHOOK_SECRET_PARAMETER is not set: nothing is taken without a secret',
    )
  if (queueUrl === undefined) throw new Error('QUEUE_URL is not set')
  const log = jsonLog()
  logWarnings(log)
  const queue = sqsSink<Job>(awsFromEnv(env), queueUrl)
  return {
    secret,
    take: async (event) => {
      const { jobs } = await takeEvent(event, { queue, clock: Date })
      log.info('webhook', { delivery: event.delivery, event: event.name, action: event.payload.action, jobs })
      return jobs
    },
    onFailure: logNotAccepted(log),
  }
}

function answer(statusCode: number, text: string): HttpAnswer {
  return { statusCode, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${text}\n` }
}
