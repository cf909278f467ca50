import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { CarryBatch, type CarryCase } from '../../app/carry/carry-batch.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { jsonText } from '../print/say.ts'

/** Answers that may wait for each other, so that their objects are written by one process. */
const HELD_AT_MOST = 64

/**
 * `multiarch carry --batch`: one JSON object a line in, one answer a line out, each as soon as its objects are in the
 * store. Questions are read ahead; objects are written once for all answers that are ready when no question waits.
 */
export async function carryStream(store: ObjectStore, input: Readable, output: Writable): Promise<void> {
  const batch = new CarryBatch(store)
  const waiting: string[] = []
  let ended = false
  let wake = (): void => {}
  const lines = createInterface({ input, crlfDelay: Infinity })
  lines.on('line', (line) => {
    waiting.push(line)
    wake()
  })
  lines.on('close', () => {
    ended = true
    wake()
  })
  let held: string[] = []
  const release = async (): Promise<void> => {
    await store.flush()
    if (held.length) output.write(held.join(''))
    held = []
  }
  for (;;) {
    const line = waiting.shift()
    if (line !== undefined) {
      if (line.trim() !== '') held.push(jsonText(await answerLine(batch, line)) + '\n')
      // Let the reader see what has come in before deciding that nothing waits.
      if (waiting.length === 0) await new Promise((done) => setImmediate(done))
      if (waiting.length === 0 || held.length >= HELD_AT_MOST) await release()
    } else if (ended) {
      return
    } else {
      await new Promise<void>((done) => (wake = done))
    }
  }
}

async function answerLine(batch: CarryBatch, line: string): Promise<Record<string, unknown>> {
  let id: unknown
  try {
    const one = JSON.parse(line) as Partial<CarryCase>
    id = one.id
    for (const key of ['base', 'patch', 'onto'] as const) {
      if (typeof one[key] !== 'string') return { id, verdict: 'failed', error: `\`${key}\` is missing` }
    }
    return await batch.answer(one as CarryCase)
  } catch (error) {
    return { id, verdict: 'failed', error: error instanceof Error ? error.message : String(error) }
  }
}
