import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { UseCases } from '../../src/app/jobs/use-cases.ts'
import type { HttpEvent, SqsEvent, SqsRecord } from '../../src/entry/lambda/http-event.ts'
import { workThrough, type WorkWorld } from '../../src/entry/lambda/work.ts'
import { TryLater } from '../../src/ports/try-later.ts'
import { allTaken, fakeAws, sentMessages } from '../support/fake-aws.ts'
import { memoryHost } from '../support/memory-host.ts'
import { passingTime } from '../support/passing-time.ts'
import { push, SECRET, sign } from '../support/webhook.ts'

function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/lambda', name), 'utf8')) as T
}

/** A header's name as the event has it: each form of event has its own. */
function named(headers: object, name: string): string {
  return Object.keys(headers).find((each) => each.toLowerCase() === name) ?? name
}

function signed(name: string, secret = SECRET): HttpEvent {
  const event = fixture<HttpEvent>(name)
  const body = JSON.stringify(push('me/kubespray'))
  const signature = named(event.headers ?? {}, 'x-hub-signature-256')
  return {
    ...event,
    headers: { ...event.headers, [signature]: sign(body, secret) },
    body: event.isBase64Encoded ? Buffer.from(body).toString('base64') : body,
  }
}

describe('receive', () => {
  let aws: Awaited<ReturnType<typeof fakeAws>>
  let status = 200

  beforeEach(async () => {
    status = 200
    aws = await fakeAws((call) =>
      call.target === 'AmazonSSM.GetParameter'
        ? { status, body: { Parameter: { Value: SECRET } } }
        : { status, body: allTaken(call) },
    )
    vi.stubEnv('AWS_REGION', 'eu-central-1')
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'key')
    vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint)
    vi.stubEnv('QUEUE_URL', 'https://sqs.eu-central-1.amazonaws.com/123456789012/jobs.fifo')
    vi.stubEnv('WEBHOOK_SECRET_PARAMETER', '/multiarch/webhook-secret')
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    vi.resetModules()
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
    await aws.close()
  })

  const load = async () => (await import('../../src/entry/lambda.ts')).receive

  test.each(['http-api.json', 'function-url.json', 'rest-api.json'])(
    'takes a webhook from %s',
    async (name) => {
      const receive = await load()
      expect((await receive(signed(name))).statusCode).toBe(202)
      expect(aws.calls.map(({ target }) => target)).toEqual([
        'AmazonSSM.GetParameter',
        'AmazonSQS.SendMessageBatch',
      ])
      const [body = {}] = sentMessages(aws.calls)
      expect(JSON.parse(body['MessageBody'] as string)).toMatchObject({
        key: 'look:me/kubespray',
        group: 'me/kubespray',
      })
      expect(body['MessageGroupId']).toMatch(/^[0-9a-f]{64}$/)
      expect(body).not.toHaveProperty('DelaySeconds')
    },
  )

  test('the same delivery has the same id for SQS, another has another', async () => {
    const receive = await load()
    const event = signed('http-api.json')
    await receive(event)
    await receive(event)
    await receive({ ...event, headers: { ...event.headers, 'x-github-delivery': 'another' } })
    const ids = sentMessages(aws.calls).map((each) => each['MessageDeduplicationId'])
    expect(ids[0]).toBe(ids[1])
    expect(ids[2]).not.toBe(ids[0])
  })

  test('refuses a forged one, and what is no POST', async () => {
    const receive = await load()
    expect((await receive(signed('http-api.json', 'wrong'))).statusCode).toBe(401)
    const get = { ...signed('http-api.json'), requestContext: { http: { method: 'GET' } } }
    expect((await receive(get)).statusCode).toBe(405)
    expect(sentMessages(aws.calls)).toEqual([])
  })

  test('headers of one name are read by their first value, a body in base64 as its bytes, and what is no request is none', async () => {
    const receive = await load()
    const { headers = null, ...event } = signed('rest-api.json')
    const many = Object.fromEntries(
      Object.entries(headers ?? {}).map(([name, value]) => [name, [value ?? '']]),
    )
    expect((await receive({ ...event, headers: null, multiValueHeaders: many })).statusCode).toBe(202)
    const body = Buffer.from(event.body ?? '').toString('base64')
    expect((await receive({ ...event, ...{ headers, body, isBase64Encoded: true } })).statusCode).toBe(202)
    expect((await receive({ ...event, ...{ headers, httpMethod: 'GET' } })).statusCode).toBe(405)
    expect((await receive({ ...event, ...{ headers, body: null } })).statusCode).toBe(401)
    expect((await receive({})).statusCode).toBe(405)
  })

  test('answers 503 where SQS is away, after a few tries', async () => {
    const receive = await load()
    await receive(signed('http-api.json'))
    status = 500
    const time = passingTime()
    try {
      expect((await time.waitFor(receive(signed('http-api.json')))).statusCode).toBe(503)
      expect(aws.calls.length).toBeLessThan(10)
    } finally {
      time.end()
    }
  })

  test.each([1000, 1500])('an installation on %i repositories is taken ten jobs at a time', async (count) => {
    const receive = await load()
    const repositories = Array.from({ length: count }, (_, index) => ({ full_name: `us/r${index}` }))
    const body = JSON.stringify({
      action: 'created',
      installation: { id: 1 },
      repositories,
      sender: { login: 'ada' },
    })
    const event = signed('http-api.json')
    const headers = {
      ...event.headers,
      'x-github-event': 'installation',
      'x-hub-signature-256': sign(body, SECRET),
    }
    const answer = await receive({ ...event, headers, body })
    expect([answer.statusCode, answer.body]).toEqual([202, `Jobs: ${count}.\n`])
    expect(new Set(sentMessages(aws.calls).map((each) => each['MessageDeduplicationId'])).size).toBe(count)
    expect(aws.calls.filter(({ target }) => target === 'AmazonSQS.SendMessageBatch')).toHaveLength(count / 10)
    expect(aws.mostConnections()).toBeLessThanOrEqual(8)
  })

  test('does not start without a secret', async () => {
    vi.stubEnv('WEBHOOK_SECRET_PARAMETER', '')
    const receive = await load()
    await expect(receive(signed('http-api.json'))).rejects.toThrow('WEBHOOK_SECRET')
  })
})

describe('work', () => {
  function world(fails: Partial<Record<string, Error>> = {}) {
    const host = memoryHost()
    host.add('me/kubespray')
    host.add('us/cluster')
    const ran: string[] = []
    const hidden: string[] = []
    const errors: string[] = []
    const run = (kind: string) => async (place: { repository: { name: string } }) => {
      const what = `${kind} ${place.repository.name}`
      ran.push(what)
      const failure = fails[what]
      if (failure) throw failure
    }
    const useCases = {
      lookAfter: run('look'),
      recheck: run('recheck'),
      answerComments: run('comments'),
      pressButton: run('button'),
      answerDashboard: run('dashboard'),
      tellUnclear: run('tellUnclear'),
      apologize: run('apologize'),
    } as unknown as UseCases
    const workWorld: WorkWorld = {
      ...{
        host,
        useCases,
        log: { info: () => {}, error: (message: string) => void errors.push(message) },
        maxReceives: 8,
        clock: { now: () => 1000 },
      },
      hide: async ({ messageId }: SqsRecord, until) => void hidden.push(`${messageId} ${until}`),
    }
    return { workWorld, ran, hidden, errors }
  }

  const event = fixture<SqsEvent>('sqs.json')
  const context = (left = 300_000) => ({ awsRequestId: 'r', getRemainingTimeInMillis: () => left })
  const failed = (...ids: readonly string[]) => ({
    batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
  })

  test('runs a batch in order', async () => {
    const { workWorld, ran } = world()
    expect(await workThrough(event, context(), workWorld)).toEqual(failed())
    expect(ran).toEqual(['look kubespray', 'comments kubespray', 'look cluster'])
  })

  test('what failed goes back with what follows in its group; other groups go on', async () => {
    const { workWorld, ran, hidden, errors } = world({ 'look kubespray': new Error('broken') })
    expect(await workThrough(event, context(), workWorld)).toEqual(failed('m-1', 'm-2'))
    expect(ran).toEqual(['look kubespray', 'look cluster'])
    expect(hidden).toEqual(['m-1 16000', 'm-2 1000'])
    // One line a try, by which an alarm may count.
    expect(errors).toEqual(['job failed'])
  })

  test('the last time a message is received, its people are told', async () => {
    const { workWorld, ran } = world({ 'look cluster': new Error('broken') })
    expect(await workThrough(event, context(), workWorld)).toEqual(failed('m-3'))
    expect(ran.at(-1)).toBe('apologize cluster')
  })

  test('a rate limit hides the message until its reset', async () => {
    const { workWorld, hidden } = world({ 'look cluster': new TryLater('wait', 1_800_000_000_000) })
    expect(await workThrough(event, context(), workWorld)).toEqual(failed('m-3'))
    expect(hidden).toEqual(['m-3 1800000000000'])
  })

  test('a job is not begun that could not be finished', async () => {
    const { workWorld, ran } = world()
    expect(await workThrough(event, context(30_000), workWorld)).toEqual(failed('m-1', 'm-2', 'm-3'))
    expect(ran).toEqual([])
  })

  test('a message that is no job of ours does not stop the others', async () => {
    const { workWorld, ran, errors } = world()
    const odd = { ...(event.Records[2] as SqsRecord), messageId: 'odd', body: 'hello' }
    const answer = await workThrough({ Records: [odd, event.Records[0] as SqsRecord] }, context(), workWorld)
    expect(answer).toEqual(failed('odd'))
    expect(errors).toEqual(['message not done'])
    expect(ran).toEqual(['look kubespray'])
  })
})
