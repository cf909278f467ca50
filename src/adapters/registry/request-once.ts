import { lookup, type LookupAddress } from 'node:dns'
import { request as askPlainly, type IncomingMessage } from 'node:http'
import { request as askSafely } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './is-public-address.ts'

/** What a name stands for, by whoever knows; the system by default. */
export type Resolve = (
  name: string,
  done: (error: Error | null, found: readonly LookupAddress[]) => void,
) => void

export interface RequestOptions {
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Whether it may stand in a private network: somebody named it. */
  readonly isNamed: boolean
  readonly resolve: Resolve
}

/** It stands where nobody asked to go. */
export class PrivateAddress extends Error {
  constructor(address: string) {
    super(address)
    this.name = 'PrivateAddress'
  }
}

export const bySystem: Resolve = (name, done) => lookup(name, { all: true }, done)

/**
 * Asks once and follows nobody. The address is judged where the connection is made: a name that was looked at before it may stand for
 * another address a moment later.
 */
export function requestOnce(
  address: URL,
  { headers, signal, isNamed, resolve }: RequestOptions,
): Promise<IncomingMessage> {
  const hostname = address.hostname.replace(/^\[|\]$/g, '')
  if (!isNamed && isIP(hostname) !== 0 && !isPublicAddress(hostname))
    return Promise.reject(new PrivateAddress(hostname))
  const ask = address.protocol === 'https:' ? askSafely : askPlainly
  return new Promise((done, fail) => {
    ask({
      hostname,
      port: address.port,
      path: `${address.pathname}${address.search}`,
      headers,
      signal,
      lookup: lookupOf(isNamed, resolve),
    })
      .on('response', done)
      .on('error', fail)
      .end()
  })
}

function lookupOf(isNamed: boolean, resolve: Resolve): LookupFunction {
  return (name, { all }, done) => {
    resolve(name, (error, found) => {
      const allowed = isNamed ? found : found.filter(({ address }) => isPublicAddress(address))
      const [first] = allowed
      if (error) done(error, '')
      else if (!first) done(new PrivateAddress(found[0]?.address ?? name), '')
      else if (all) done(null, [...allowed])
      else done(null, first.address, first.family)
    })
  }
}
