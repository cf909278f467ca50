import type { WebhookRequest } from '../server/answer-webhook.ts'
import type { HttpEvent } from './http-event.ts'

/** A request, whatever brought it to the function; the method is `undefined` where nothing says it. */
export function readHttpEvent(event: HttpEvent): WebhookRequest & { readonly method: string | undefined } {
  const headers = new Map<string, string>()
  for (const [name, values] of Object.entries(event.multiValueHeaders ?? {}))
    if (values?.[0] !== undefined) headers.set(name.toLowerCase(), values[0])
  for (const [name, value] of Object.entries(event.headers ?? {}))
    if (value !== undefined) headers.set(name.toLowerCase(), value)
  return {
    method: event.requestContext?.http?.method ?? event.httpMethod,
    header: (name) => headers.get(name),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  }
}
