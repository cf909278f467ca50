import type { IncomingMessage } from 'node:http'
import { Failure } from './call.ts'
import type { Json } from './description.ts'

/** The whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** A body as JSON; what is none is refused as GitHub does. */
export function readJson(raw: Buffer): Json {
  try {
    return JSON.parse(raw.toString('utf8')) as Json
  } catch {
    throw new Failure(400, 'Problems parsing JSON')
  }
}
