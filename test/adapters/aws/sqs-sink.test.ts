import { afterEach, describe, expect, test } from 'vitest'
import { sqsSink } from '../../../src/adapters/aws/sqs-sink.ts'
import { allTaken, fakeAws, sentMessages, type AwsCallSeen } from '../../support/fake-aws.ts'
import { passingTime } from '../../support/passing-time.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

type Answer = { status: number; body: unknown }

/** A queue that answers the first requests as told, and takes everything after them. */
async function queue(...answers: readonly ((call: AwsCallSeen) => Answer)[]) {
  let at = 0
  const aws = await fakeAws((call) => answers[at++]?.(call) ?? { status: 200, body: allTaken(call) })
  ends.push(aws.close)
  const client = {
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    endpoint: aws.endpoint,
  }
  const time = passingTime()
  ends.push(time.end)
  const sink = sqsSink<string>(client, 'https://sqs/jobs.fifo')
  /** What became of each of so many jobs that are put in together. */
  const put = async (count: number, body = 'x') => {
    const jobs = Array.from({ length: count }, (_, index) =>
      sink.enqueue({ key: `look:us/r${index}`, group: `us/r${index}`, body }),
    )
    return time.waitFor(
      Promise.all(
        jobs.map((job) =>
          job.catch((error: unknown) => (error instanceof Error ? error.message : 'no error')),
        ),
      ),
    )
  }
  const sizes = () => aws.calls.map(({ body }) => (body['Entries'] as readonly unknown[]).length)
  return { aws, put, sizes }
}

const all = (count: number): readonly string[] => Array.from({ length: count }, () => 'queued')
const refused = (status: number, type: string) => (): Answer => ({
  status,
  body: { __type: type, message: 'no' },
})

/** Takes a batch without those of these numbers. */
const without =
  (numbers: readonly number[], failed: object | undefined) =>
  (call: AwsCallSeen): Answer => {
    const taken = allTaken(call) as { readonly Successful: readonly { readonly Id: string }[] }
    const isLeft = ({ Id }: { readonly Id: string }): boolean => numbers.includes(Number(Id))
    return {
      status: 200,
      body: {
        Successful: taken.Successful.filter((each) => !isLeft(each)),
        Failed: failed ? taken.Successful.filter(isLeft).map((each) => ({ ...each, ...failed })) : [],
      },
    }
  }

test.each([
  [1, [1]],
  [10, [10]],
  [23, [10, 10, 3]],
])('%i jobs that are put in together go ten at a time', async (count, batches) => {
  const { put, sizes } = await queue()
  expect(await put(count)).toEqual(all(count))
  expect(sizes().toSorted((one, other) => other - one)).toEqual(batches)
})

test('a batch is no larger than SQS takes', async () => {
  const { aws, put } = await queue()
  expect(await put(10, 'x'.repeat(60_000))).toEqual(all(10))
  for (const { body } of aws.calls) expect(JSON.stringify(body).length).toBeLessThan(256 * 1024)
  expect(sentMessages(aws.calls)).toHaveLength(10)
})

describe('what SQS has no room for is sent again', () => {
  test.each([
    ['ThrottlingException', refused(400, 'com.amazonaws.sqs#ThrottlingException')],
    ['RequestThrottled', refused(400, 'com.amazonaws.sqs#RequestThrottled')],
    ['OverLimit', refused(400, 'com.amazonaws.sqs#OverLimit')],
    ['KmsThrottled', refused(400, 'com.amazonaws.sqs#KmsThrottled')],
    ['429', refused(429, 'TooManyRequestsException')],
    ['503', refused(503, 'ServiceUnavailable')],
    ['an answer that is none', (): Answer => ({ status: 200, body: 'hello' })],
  ])('%s', async (_, answer) => {
    const { put, sizes } = await queue(answer, answer)
    expect(await put(3)).toEqual(all(3))
    expect(sizes()).toEqual([3, 3, 3])
  })

  test.each([
    ['an error of SQS’s', { Code: 'InternalError', SenderFault: false }],
    ['throttling, which SQS takes for ours', { Code: 'RequestThrottled', SenderFault: true }],
    ['no word', undefined],
  ])('alone out of a batch: %s', async (_, failed) => {
    const { aws, put, sizes } = await queue(without([2, 5], failed), without([1], failed))
    expect(await put(10)).toEqual(all(10))
    expect(sizes()).toEqual([10, 2, 1])
    // The same messages, by what SQS knows them by.
    const ids = sentMessages(aws.calls).map((each) => each['MessageDeduplicationId'])
    expect(new Set(ids).size).toBe(10)
    expect(ids.slice(10)).toEqual([ids[2], ids[5], ids[5]])
  })
})

describe('what SQS does not take is said of the job it was', () => {
  test('alone', async () => {
    const { put, sizes } = await queue(without([1], { Code: 'InvalidMessageContents', SenderFault: true }))
    expect(await put(3)).toEqual(['queued', 'SQS did not take a message: InvalidMessageContents', 'queued'])
    expect(sizes()).toEqual([3])
  })

  test('all of them where we may not, at once', async () => {
    const { put, sizes } = await queue(refused(400, 'com.amazonaws.sqs#AccessDeniedException'))
    expect(await put(2)).toEqual([
      expect.stringContaining('AccessDeniedException'),
      expect.stringContaining('AccessDeniedException'),
    ])
    expect(sizes()).toEqual([2])
  })

  test('all of them where it stays away', async () => {
    const away = Array.from({ length: 50 }, () => refused(503, 'ServiceUnavailable'))
    const { put, sizes } = await queue(...away)
    expect(await put(1)).toEqual([expect.stringContaining('503')])
    expect(sizes().length).toBeLessThan(10)
  })
})
