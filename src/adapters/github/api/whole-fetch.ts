/**
 * Asks, and reads the whole answer before it hands it on: a body that breaks off is a failure of the request, where Octokit would take
 * what came of it for the answer. Nothing is waited for longer than `limit` milliseconds. What only reads and meets a connection
 * that was cut is asked once more at once: that is how servers end connections that were idle.
 */
export function wholeFetch(limit: number): typeof fetch {
  return async (url, init = {}) => {
    const ends = AbortSignal.timeout(limit)
    try {
      return await readWhole(url, { ...init, signal: ends })
    } catch (error) {
      if (!isRead(init) || ends.aborted) throw error
      return await readWhole(url, { ...init, signal: ends })
    }
  }
}

/** GitHub gives a request ten seconds, and big answers take a while to come. */
export const LONGEST_REQUEST = 45_000

async function readWhole(url: Parameters<typeof fetch>[0], init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init)
  const body = await answer.arrayBuffer()
  const headers = new Headers(answer.headers)
  // It is unpacked by now.
  headers.delete('content-encoding')
  headers.delete('content-length')
  const isBare = [101, 204, 205, 304].includes(answer.status)
  const whole = new Response(isBare ? null : body, { status: answer.status, headers })
  // A `Response` of our own making knows no address; Octokit notes it.
  Object.defineProperty(whole, 'url', { value: answer.url })
  return whole
}

function isRead({ method = 'GET', body }: RequestInit): boolean {
  if (method === 'GET' || method === 'HEAD') return true
  return method === 'POST' && typeof body === 'string' && /^\{"query":"\s*(?:query\b|\{)/.test(body)
}
