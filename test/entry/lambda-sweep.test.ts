import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LambdaContext, SqsEvent } from '../../src/entry/lambda/http-event.ts'
import { allTaken, fakeAws, sentMessages } from '../support/fake-aws.ts'
import { demoGitHub } from '../support/hosted-demo.ts'

function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/lambda', name), 'utf8')) as T
}

const ends: (() => unknown)[] = []
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.resetModules()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  for (const end of ends.splice(0)) await end()
})

/** The functions as they are deployed: a queue, a place for the key, and GitHub. */
async function deployed() {
  const demo = await demoGitHub()
  const { github } = demo
  const aws = await fakeAws((call) => ({
    status: 200,
    body:
      call.target === 'AmazonSSM.GetParameter'
        ? { Parameter: { Value: github.world.app.privateKey } }
        : allTaken(call),
  }))
  ends.push(github.close, aws.close)
  const env = {
    ...{ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'key' },
    ...{ AWS_ENDPOINT_URL: aws.endpoint, QUEUE_URL: `${aws.endpoint}123456789012/jobs.fifo` },
    ...{ APP_ID: String(github.world.app.id), PRIVATE_KEY_PARAMETER: '/multiarch/private-key' },
    ...{ GITHUB_API_URL: github.url, WRITE_PAUSE_MS: '0', AT_ONCE: '5' },
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const sent = () => sentMessages(aws.calls)
  return { ...demo, aws, sent, lambda: await import('../../src/entry/lambda.ts') }
}

/** What SQS hands to the function behind the queue. */
function received(body: Readonly<Record<string, unknown>> = {}): SqsEvent {
  const [record] = fixture<SqsEvent>('sqs.json').Records
  if (!record) throw new Error('the recorded event holds no message')
  const attributes = { ...record.attributes, MessageGroupId: body['MessageGroupId'] as string }
  return { Records: [{ ...record, body: body['MessageBody'] as string, attributes }] }
}

const context: LambdaContext = { awsRequestId: 'r', getRemainingTimeInMillis: () => 900_000 }

test('the schedule puts in a look at every installation, and the queue’s function does it', async () => {
  const { github, fork, sent, lambda, aws } = await deployed()
  github.install([fork])
  // What the schedule says is not read; that it came is all.
  const sweep = lambda.sweep as (event: unknown) => Promise<unknown>
  expect(await sweep(fixture('schedule.json'))).toEqual({ repositories: 1 })
  expect(sent().map((message) => JSON.parse(message['MessageBody'] as string) as unknown)).toMatchObject([
    { key: 'sweep:ada/kubespray', group: 'ada/kubespray' },
  ])
  expect(await lambda.work(received(sent()[0]), context)).toEqual({ batchItemFailures: [] })
  const opened = [...fork.threads.values()].map(({ pull }) => pull?.head.branch)
  expect(opened).toEqual(['multiarch/onboarding'])
  // The key is read once for all.
  expect(aws.calls.filter(({ target }) => target === 'AmazonSSM.GetParameter')).toHaveLength(1)
  expect(github.violations).toEqual([])
})

test('a message whose job GitHub puts off is hidden until then and comes back', async () => {
  const { github, fork, sent, lambda, aws } = await deployed()
  github.install([fork])
  await lambda.sweep()
  github.fail({ kind: 'pulls/create', status: 403, headers: { 'retry-after': '120' } })
  const event = received(sent()[0])
  const id = event.Records[0]?.messageId
  expect(await lambda.work(event, context)).toEqual({ batchItemFailures: [{ itemIdentifier: id }] })
  const hidden = aws.calls.find(({ target }) => target === 'AmazonSQS.ChangeMessageVisibility')
  expect(hidden?.body['VisibilityTimeout']).toBeGreaterThan(100)
  expect(await lambda.work(event, context)).toEqual({ batchItemFailures: [] })
})
