import { RegistryFailure } from './registry-failure.ts'

export interface RegistryLimits {
  /** For one request, in milliseconds. */
  readonly timeout: number
  /** Bytes of one answer. */
  readonly most: number
}

/** A list of manifests has some kilobytes, a configuration with its history seldom more than a hundred. */
export const LIMITS: RegistryLimits = { timeout: 10_000, most: 4 * 1024 * 1024 }

/** An answer whose body is JSON, if it has one. */
export interface RegistryReply {
  readonly status: number
  readonly challenge: string | undefined
  readonly json: unknown
}

/** Asks once, within limits; what goes wrong on the way is a `RegistryFailure`. */
export async function askRegistry(
  address: URL,
  headers: Readonly<Record<string, string>>,
  { timeout, most }: RegistryLimits,
): Promise<RegistryReply> {
  try {
    const signal = AbortSignal.timeout(timeout)
    const response = await fetch(address, { headers: { 'user-agent': AGENT, ...headers }, signal })
    const text = response.ok ? await bodyOf(response, most) : await nothingOf(response)
    const challenge = response.headers.get('www-authenticate') ?? undefined
    return { status: response.status, challenge, json: parsed(text) }
  } catch (error) {
    if (error instanceof RegistryFailure) throw error
    throw new RegistryFailure(whyNot(error, timeout), 'host')
  }
}

const AGENT = 'kubespray-multiarch'

async function bodyOf(response: Response, most: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array
    length += bytes.length
    if (length > most) throw new RegistryFailure('gives an answer that is too long to be one', 'image')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A body that nobody reads keeps its connection busy. */
async function nothingOf(response: Response): Promise<string> {
  await response.body?.cancel()
  return ''
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** `fetch` says only that it failed; the reason stands in its cause. */
function whyNot(error: unknown, timeout: number): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `did not answer within ${Math.round(timeout / 1000)} seconds`
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return `cannot be reached${code === '' ? '' : ` (${code})`}`
}
