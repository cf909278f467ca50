import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface AwsCallSeen {
  readonly target: string
  readonly body: Readonly<Record<string, unknown>>
}

/** The messages that were put into a queue. */
export function sentMessages(calls: readonly AwsCallSeen[]): readonly Readonly<Record<string, unknown>>[] {
  return calls
    .filter(({ target }) => target === 'AmazonSQS.SendMessageBatch')
    .flatMap(({ body }) => body['Entries'] as readonly Record<string, unknown>[])
}

/** What SQS answers where it takes a whole batch; anything else is answered emptily. */
export function allTaken({ body }: AwsCallSeen): object {
  const entries = (body['Entries'] ?? []) as readonly { readonly Id: string }[]
  return { Successful: entries.map(({ Id }) => ({ Id })), Failed: [] }
}

/** A service of AWS that notes what it is asked, and answers as told. */
export async function fakeAws(answer: (call: AwsCallSeen) => { status: number; body: unknown }) {
  const calls: AwsCallSeen[] = []
  let connections = 0
  let most = 0
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
  server.on('connection', (socket) => {
    most = Math.max(most, ++connections)
    socket.on('close', () => connections--)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    calls,
    /** How many connections were open at one time. */
    mostConnections: () => most,
    endpoint: `http://127.0.0.1:${port}/`,
    close: () => {
      const closed = new Promise((resolve) => server.close(resolve))
      // Whoever keeps its connections would keep the server.
      server.closeAllConnections()
      return closed
    },
  }
}
