import type { Account } from '../../../ports/forge.ts'

/** A user as GitHub gives it; an account that was deleted is `null`. */
export interface GivenUser {
  readonly login: string
  readonly type?: string
}

/** Reads who someone is. Only an App's own account ends in `[bot]`: no person can take such a name. */
export function readAccount(user: GivenUser | null | undefined, ourLogin: string): Account {
  if (!user) return { login: 'ghost', kind: 'person' }
  if (user.login === ourLogin) return { login: user.login, kind: 'us' }
  return { login: user.login, kind: user.type === 'Bot' ? 'bot' : 'person' }
}

/** Someone as GraphQL gives them: an App's account lacks the `[bot]` that REST and everybody else write. */
export interface GivenActor {
  readonly __typename: string
  readonly login: string
}

/** The same account as REST gives it. */
export function readActor(actor: GivenActor | null): GivenUser | null {
  if (!actor) return null
  const isBot = actor.__typename === 'Bot'
  const login = isBot && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login
  return { login, type: actor.__typename }
}
