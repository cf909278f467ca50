import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface AwsCallSeen {
  readonly target: string
  readonly body: Readonly<Record<string, unknown>>
}

/** A service of AWS that notes what it is asked, and answers as told. */
export async function fakeAws(answer: (call: AwsCallSeen) => { status: number; body: unknown }) {
  const calls: AwsCallSeen[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>
      const call = { target: String(request.headers['x-amz-target']), body }
      const signed = /^AWS4-HMAC-SHA256 Credential=/.test(request.headers.authorization ?? '')
      calls.push(call)
      const { status, body: text } = signed ? answer(call) : { status: 403, body: {} }
      response.writeHead(status).end(JSON.stringify(text))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    calls,
    endpoint: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
