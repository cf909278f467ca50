import { ACCESS, type Access } from '../../src/ports/forge.ts'
import { wrongWithToken } from './app-identity.ts'
import { Failure } from './call.ts'
import { accessOf, type Installation, type Level, type Repo, type World } from './world.ts'

/** Who is asking. */
export type Actor =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'person'; readonly login: string }
  | { readonly kind: 'app' }
  | {
      readonly kind: 'installation'
      readonly installation: Installation
      readonly permissions: Readonly<Record<string, Level>>
      readonly repositories: ReadonlySet<Repo>
    }

interface IssuedToken {
  readonly actor: Extract<Actor, { kind: 'installation' }>
  readonly expires: number
}

/** Tokens that were handed out, by world; a token lives for an hour. */
const issued = new WeakMap<World, Map<string, IssuedToken>>()

export function issueToken(world: World, actor: IssuedToken['actor']): { token: string; expires: number } {
  const tokens = issued.get(world) ?? new Map<string, IssuedToken>()
  issued.set(world, tokens)
  const token = `ghs_${String(world.nextId()).padStart(36, '0')}`
  const expires = world.now() + 3_600_000
  tokens.set(token, { actor, expires })
  return { token, expires }
}

/** What each token that was handed out so far is good for. */
export function tokensOf(world: World): readonly IssuedToken['actor'][] {
  return [...(issued.get(world)?.values() ?? [])].map(({ actor }) => actor)
}

/** Reads the `authorization` header. A person's token is `ghp_` and the login. */
export function whoIsAsking(world: World, header: string | undefined): Actor {
  if (!header) return { kind: 'anyone' }
  const token = header.replace(/^(bearer|token) /i, '')
  if (token.startsWith('ghp_')) return { kind: 'person', login: token.slice(4) }
  if (token.includes('.')) {
    const wrong = wrongWithToken(world.app, token, world.now())
    if (wrong) throw new Failure(401, wrong)
    return { kind: 'app' }
  }
  const known = issued.get(world)?.get(token)
  // With an installation its tokens go.
  const isGone = known && !world.installations.includes(known.actor.installation)
  if (!known || isGone || known.expires < world.now()) throw new Failure(401, 'Bad credentials')
  if (known.actor.installation.suspended) throw new Failure(403, 'This installation has been suspended')
  return known.actor
}

/** The login an actor's doings are signed with. */
export function loginOf(world: World, actor: Actor): string {
  if (actor.kind === 'person') return actor.login
  return `${world.app.slug}[bot]`
}

/** What a request needs: a permission of an App (any of those named), and the access of a person that equals it. */
export interface Need {
  readonly permissions: readonly string[]
  readonly level: Level
  readonly access: Access
}

/** Lets a request pass or refuses it: what may not be seen is 404, what may be seen but not done is 403. */
export function checkAccess(actor: Actor, repo: Repo, need: Need): void {
  const isPublicReading = need.level === 'read' && need.access === 'read' && !repo.private
  if (actor.kind === 'installation') {
    const isInstalled = actor.repositories.has(repo)
    if (isPublicReading || (isInstalled && isGranted(actor.permissions, need))) {
      if (need.level === 'write') checkNotArchived(repo)
      return
    }
    if (!isInstalled && repo.private) throw new Failure(404, 'Not Found')
    throw new Failure(403, 'Resource not accessible by integration', {
      headers: {
        'x-accepted-github-permissions': need.permissions.map((name) => `${name}=${need.level}`).join('; '),
      },
    })
  }
  const access = actor.kind === 'person' ? accessOf(repo, actor.login) : accessOf(repo, '')
  if (need.level === 'write' && actor.kind !== 'person') throw new Failure(401, 'Requires authentication')
  if (access === 'none') throw new Failure(404, 'Not Found')
  if (ACCESS.indexOf(access) < ACCESS.indexOf(need.access))
    throw actor.kind === 'anyone'
      ? new Failure(401, 'Requires authentication')
      : new Failure(403, 'Must have write access to Repository.')
  if (need.level === 'write') checkNotArchived(repo)
}

function isGranted(permissions: Readonly<Record<string, Level>>, need: Need): boolean {
  return need.permissions.some(
    (name) => permissions[name] === 'write' || (need.level === 'read' && permissions[name] === 'read'),
  )
}

function checkNotArchived(repo: Repo): void {
  if (repo.archived) throw new Failure(403, 'Repository was archived so is read-only.')
}
