/** Where a registry sends those who want to read without an account: the parts of its `WWW-Authenticate`. */
interface Challenge {
  readonly realm: string
  readonly service: string | undefined
  readonly scope: string | undefined
}

/** Reads `Bearer realm="…",service="…",scope="…"`; another kind of challenge is `undefined`, since it asks for an account. */
export function readChallenge(header: string | undefined): Challenge | undefined {
  const text = /^Bearer\s(.*)$/is.exec(header?.trim() ?? '')?.[1]
  if (text === undefined) return undefined
  const parts = new Map(
    [...text.matchAll(/(?<![a-z])([a-z]+)\s*=\s*"([^"]*)"/gi)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value,
    ]),
  )
  const realm = parts.get('realm')
  return realm === undefined ? undefined : { realm, service: parts.get('service'), scope: parts.get('scope') }
}

/** The address that gives a token for it. */
export function tokenAddress({ realm, service, scope }: Challenge): URL | undefined {
  if (!URL.canParse(realm)) return undefined
  const address = new URL(realm)
  if (service !== undefined) address.searchParams.set('service', service)
  if (scope !== undefined) address.searchParams.set('scope', scope)
  return address
}
