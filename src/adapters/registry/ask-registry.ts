import type { IncomingMessage } from 'node:http'
import { RegistryFailure } from './registry-failure.ts'
import { bySystem, PrivateAddress, requestOnce, type RequestOptions, type Resolve } from './request-once.ts'

export interface RegistryLimits {
  /** For one question with all that it is sent on to, in milliseconds. */
  readonly timeout: number
  /** Bytes of one answer. */
  readonly most: number
}

/** A list of manifests has some kilobytes, a configuration with its history seldom more than a hundred. */
export const LIMITS: RegistryLimits = { timeout: 10_000, most: 4 * 1024 * 1024 }

/** Where questions may go. */
export interface Reach {
  /** Registries that somebody named, with their ports: these may stand in a private network. */
  readonly named: ReadonlySet<string>
  readonly resolve?: Resolve
}

/** An answer whose body is JSON, if it has one. */
export interface RegistryReply {
  readonly status: number
  readonly challenge: string | undefined
  readonly json: unknown
}

/** One question. */
interface RegistryQuestion {
  readonly address: URL
  readonly headers: Readonly<Record<string, string>>
  /** Who said that this address is the one to ask, if it was another registry. */
  readonly sentBy?: URL
}

/**
 * Asks once, within limits and within reach; what goes wrong on the way is a `RegistryFailure`. Names of images are what a fork says
 * they are, so neither they nor whoever answers in their name decide that something inside of a network is asked.
 */
export async function askRegistry(
  { address, headers, sentBy = address }: RegistryQuestion,
  { timeout, most }: RegistryLimits,
  reach: Reach,
): Promise<RegistryReply> {
  const signal = AbortSignal.timeout(timeout)
  let at = address
  try {
    for (let way = 0; way <= MOST_WAYS; way++) {
      const response = await requestOnce(at, optionsFor(at, { headers, asked: address, signal, reach }))
      const next = onwardsFrom(response, at)
      if (!next) return await replyOf(response, most)
      response.destroy()
      at = next
    }
    throw new RegistryFailure('sends me on without end', 'image')
  } catch (error) {
    if (error instanceof RegistryFailure) throw error
    throw failureOf(error, { at, from: sentBy, timeout })
  }
}

/** Docker Hub needs one; a registry behind a mirror behind a storage has three. */
const MOST_WAYS = 5

const AGENT = 'kubespray-multiarch'

interface Asking {
  readonly headers: Readonly<Record<string, string>>
  readonly asked: URL
  readonly signal: AbortSignal
  readonly reach: Reach
}

/** A token is for whoever was asked, and not for the storage that they send us to. */
function optionsFor(at: URL, { headers, asked, signal, reach }: Asking): RequestOptions {
  const { authorization, ...others } = headers
  const isSame = at.origin === asked.origin
  const sent = isSame && authorization !== undefined ? { ...others, authorization } : others
  const { named, resolve = bySystem } = reach
  return { headers: { 'user-agent': AGENT, ...sent }, signal, isNamed: named.has(at.host), resolve }
}

/** Where an answer sends us; an answer that came over a plain connection is anybody's, so nowhere less safe. */
function onwardsFrom({ statusCode = 0, headers }: IncomingMessage, at: URL): URL | undefined {
  if (!REDIRECTS.has(statusCode) || headers.location === undefined) return undefined
  const next = URL.canParse(headers.location, at.href) ? new URL(headers.location, at) : undefined
  if (next?.protocol === 'https:' || (next?.protocol === 'http:' && at.protocol === 'http:')) return next
  throw new RegistryFailure('sends me on to where I do not go', 'image')
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

async function replyOf(response: IncomingMessage, most: number): Promise<RegistryReply> {
  const { statusCode: status = 0, headers } = response
  const isFine = status >= 200 && status < 300
  const text = isFine ? await bodyOf(response, most) : ''
  // A body that nobody reads keeps its connection busy.
  if (!isFine) response.destroy()
  return { status, challenge: headers['www-authenticate'], json: parsed(text) }
}

async function bodyOf(response: IncomingMessage, most: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response) {
    const bytes = chunk as Uint8Array
    length += bytes.length
    if (length > most) throw new RegistryFailure('gives an answer that is too long to be one', 'image')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

interface Failed {
  /** Where it failed. */
  readonly at: URL
  /** Who was asked, or sent us there. */
  readonly from: URL
  readonly timeout: number
}

function failureOf(error: unknown, { at, from, timeout }: Failed): RegistryFailure {
  const why = whyNot(error, at, timeout)
  if (at.host === from.host) return new RegistryFailure(why, 'host')
  return new RegistryFailure(`sends me to \`${at.host}\`, which ${why}`, 'image')
}

function whyNot(error: unknown, at: URL, timeout: number): string {
  if (error instanceof PrivateAddress)
    return `stands at \`${error.message}\`, inside of a private network, where I ask only what you name (\`--registry ${at.host}\`)`
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return `did not answer within ${Math.round(timeout / 1000)} seconds`
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return `cannot be reached${code === '' ? '' : ` (${code})`}`
}
