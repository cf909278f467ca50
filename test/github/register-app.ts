import { randomBytes } from 'node:crypto'
import { Failure, type Reply } from './call.ts'
import type { Level, World } from './world.ts'

/** What GitHub documents of a manifest; what else stands in one is refused here, so that a wrong name shows. */
interface Manifest {
  readonly name: string
  readonly url: string
  readonly hook_attributes?: { readonly url: string; readonly active?: boolean }
  readonly redirect_url?: string
  readonly description?: string
  readonly public?: boolean
  readonly default_events?: readonly string[]
  readonly default_permissions?: Readonly<Record<string, Level>>
}

const KNOWN = [
  ...['name', 'url', 'hook_attributes', 'redirect_url', 'callback_urls', 'setup_url', 'description'],
  ...['public', 'default_events', 'default_permissions', 'request_oauth_on_install', 'setup_on_update'],
]

/** An App that somebody registered, and whose key nobody has fetched yet. */
export interface WaitingApp {
  readonly code: string
  readonly until: number
  readonly manifest: Manifest
  /** The organization it belongs to; a person's own without one. */
  readonly org: string | undefined
}

/** The page that a manifest is posted to, of a person or an organization. */
export function isRegistration(method: string, path: string): boolean {
  return method === 'POST' && PAGE.test(path)
}

const PAGE = /^(?:\/organizations\/([\w-]+))?\/settings\/apps\/new$/

/** Somebody posts a manifest and agrees at once: GitHub sends the browser back with a code. */
export function register(world: World, url: URL, raw: Buffer): Reply {
  const manifest = JSON.parse(
    new URLSearchParams(raw.toString()).get('manifest') ?? 'null',
  ) as Manifest | null
  const wrong = manifest ? wrongIn(manifest) : 'there is no manifest'
  if (!manifest || wrong !== undefined) throw new Failure(422, `The manifest is not valid: ${wrong}`)
  const code = randomBytes(20).toString('hex')
  const back = new URL(manifest.redirect_url ?? manifest.url)
  back.searchParams.set('code', code)
  const state = url.searchParams.get('state')
  if (state !== null) back.searchParams.set('state', state)
  // A code counts for an hour.
  const org = PAGE.exec(url.pathname)?.[1]
  world.waitingApps.push({ code, until: world.now() + 3_600_000, manifest, org })
  return { status: 302, headers: { location: back.href } }
}

/** Takes the App of a code, which counts once. The stand-in has one App, which is then what its manifest says. */
export function takeWaiting(world: World, code: string): WaitingApp {
  const at = world.waitingApps.findIndex((each) => each.code === code && each.until > world.now())
  const [found] = at < 0 ? [] : world.waitingApps.splice(at, 1)
  if (!found) throw new Failure(404, 'Not Found')
  const { default_permissions: permissions = {}, default_events: events = [] } = found.manifest
  world.app = Object.assign({}, world.app, {
    slug: found.manifest.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    permissions: Object.assign({ metadata: 'read' }, permissions),
    events,
    // As GitHub makes them.
    webhookSecret: randomBytes(20).toString('hex'),
  })
  return found
}

function wrongIn(manifest: Manifest): string | undefined {
  const { name, url, hook_attributes: hook, default_events: events = [], default_permissions } = manifest
  const unknown = Object.keys(manifest).filter((key) => !KNOWN.includes(key))
  if (unknown.length > 0) return `there is no ${unknown.join(', ')}`
  if (!name || name.length > 34) return 'a name has 1 to 34 characters'
  if (!URL.canParse(url)) return 'the url is none'
  if (hook && !URL.canParse(hook.url)) return 'the url of the hook is none'
  const granted = Object.keys(default_permissions ?? {})
  const deaf = events.filter((event) => !(NEEDED[event] ?? ['?']).some((each) => granted.includes(each)))
  return deaf.length > 0 ? `the permissions do not allow ${deaf.join(', ')}` : undefined
}

/** GitHub refuses events that no permission lets an App hear of. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  push: ['contents'],
  pull_request: ['pull_requests'],
  issue_comment: ['issues', 'pull_requests'],
  check_run: ['checks'],
  issues: ['issues'],
}
