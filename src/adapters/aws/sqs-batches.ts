import type { Clock } from '../../ports/clock.ts'
import { callAws, isPassing, isThrottle, type AwsClient } from './aws-client.ts'

/** A message of a FIFO queue, in SQS's own words. */
interface SqsMessage {
  readonly MessageBody: string
  readonly MessageGroupId: string
  readonly MessageDeduplicationId: string
}

interface Waiting {
  readonly message: SqsMessage
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

interface BatchAnswer {
  readonly Successful?: readonly { readonly Id?: string }[]
  readonly Failed?: readonly {
    readonly Id?: string
    readonly Code?: string
    readonly SenderFault?: boolean
  }[]
}

interface SqsBatchOptions {
  readonly clock?: Clock
  readonly pause?: (milliseconds: number) => Promise<unknown>
}

/** What SQS takes in one request; together the messages may be of 256 KiB, with their names and ids. */
const MOST = 10
const MOST_BYTES = 200 * 1024

/** Requests on their way at a time: an installation may be on thousands of repositories. */
const AT_ONCE = 8

/** GitHub waits ten seconds for an answer, and the function has nine. */
const PATIENCE = 5000
const FIRST_PAUSE = 100

/**
 * Puts messages into a queue, those that are asked for in one go ten at a time. What SQS has no room for at the moment is sent again, also
 * alone out of a batch; sent twice it is once, by its deduplication id.
 */
export class SqsBatches {
  readonly #client: AwsClient
  readonly #queueUrl: string
  readonly #clock: Clock
  readonly #pause: (milliseconds: number) => Promise<unknown>
  #waiting: Waiting[] = []

  constructor(client: AwsClient, queueUrl: string, { clock = Date, pause = sleep }: SqsBatchOptions = {}) {
    this.#client = client
    this.#queueUrl = queueUrl
    this.#clock = clock
    this.#pause = pause
  }

  /** Resolves once SQS has the message, and rejects where it does not take it. */
  send(message: SqsMessage): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ message, resolve, reject })
      if (this.#waiting.length === 1) queueMicrotask(() => void this.#flush())
    })
  }

  async #flush(): Promise<void> {
    const batches = batchesOf(this.#waiting)[Symbol.iterator]()
    this.#waiting = []
    const sendOn = async (): Promise<void> => {
      for (const batch of batches) await this.#sendAll(batch)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, sendOn))
  }

  async #sendAll(batch: readonly Waiting[]): Promise<void> {
    const patience = this.#clock.now() + PATIENCE
    let left = batch
    for (let pause = FIRST_PAUSE; left.length > 0; pause *= 2) {
      const isLast = this.#clock.now() + pause > patience
      left = await this.#sendOnce(left, isLast)
      // Spread, so that what was refused together does not come back together.
      if (left.length > 0) await this.#pause(pause * (0.5 + Math.random() / 2))
    }
  }

  /** Sends a batch, and says what of it is to be sent again. */
  async #sendOnce(batch: readonly Waiting[], isLast: boolean): Promise<readonly Waiting[]> {
    const answer = await this.#ask(batch).catch((error: unknown) => error as Error)
    if (answer instanceof Error) {
      if (!isLast && isPassing(answer)) return batch
      batch.forEach(({ reject }) => reject(answer))
      return []
    }
    const taken = new Set(answer.Successful?.map(({ Id }) => Id))
    const again: Waiting[] = []
    for (const [index, each] of batch.entries()) {
      const id = String(index)
      const failed = answer.Failed?.find(({ Id }) => Id === id)
      if (taken.has(id)) each.resolve()
      else if (isLast || (failed?.SenderFault === true && !isThrottle(failed.Code)))
        each.reject(new Error(`SQS did not take a message: ${failed?.Code ?? 'it did not say why'}`))
      else again.push(each)
    }
    return again
  }

  #ask(batch: readonly Waiting[]): Promise<BatchAnswer> {
    return callAws<BatchAnswer>(this.#client, {
      service: 'sqs',
      target: 'AmazonSQS.SendMessageBatch',
      json: '1.0',
      body: {
        QueueUrl: this.#queueUrl,
        Entries: batch.map(({ message }, index) => ({ Id: String(index), ...message })),
      },
    })
  }
}

function* batchesOf(waiting: readonly Waiting[]): Generator<readonly Waiting[]> {
  let batch: Waiting[] = []
  let bytes = 0
  for (const each of waiting) {
    const size = Buffer.byteLength(each.message.MessageBody)
    if (batch.length === MOST || (batch.length > 0 && bytes + size > MOST_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(each)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

function sleep(milliseconds: number): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
