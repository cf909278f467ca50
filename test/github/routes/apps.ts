import { issueToken } from '../actors.ts'
import { Failure, notFound, paged, repoOf, type Call, type Handlers } from '../call.ts'
import type { Json } from '../description.ts'
import { takeWaiting } from '../register-app.ts'
import { API, repoJson, time, userJson } from '../render.ts'
import type { Installation, Level, Repo, World } from '../world.ts'

/** What the App asks as itself, and what an installation asks about itself. */
export const apps: Handlers = {
  'apps/get-authenticated': (call) => {
    asApp(call)
    const { id, slug, permissions, events } = call.world.app
    return {
      status: 200,
      body: {
        id,
        slug,
        name: slug,
        node_id: `A_${id}`,
        owner: userJson(call.world, 'app-owner'),
        permissions,
        events,
        description: null,
        external_url: API,
        html_url: API,
      },
    }
  },

  'apps/create-from-manifest': (call) => {
    const { manifest } = takeWaiting(call.world, call.params.code as string)
    const { id, slug, permissions, events, privateKey, webhookSecret } = call.world.app
    return {
      status: 201,
      body: {
        ...{ id, slug, name: manifest.name, node_id: `A_${id}`, owner: userJson(call.world, 'app-owner') },
        ...{ permissions, events, description: manifest.description ?? null, external_url: manifest.url },
        ...{
          html_url: `${call.url.origin}/apps/${slug}`,
          client_id: 'Iv1.0',
          client_secret: 'a client secret',
          pem: privateKey,
        },
        // An App that is told nothing has none.
        webhook_secret: manifest.hook_attributes?.active === false ? null : webhookSecret,
      },
    }
  },

  'apps/list-installations': (call) => {
    asApp(call)
    const { items, headers } = paged(call, call.world.installations)
    return { status: 200, headers, body: items.map((each) => installationJson(call.world, each)) }
  },

  'apps/get-installation': (call) => {
    asApp(call)
    return { status: 200, body: installationJson(call.world, installationOf(call)) }
  },

  'apps/get-repo-installation': (call) => {
    asApp(call)
    const repo = repoOf(call)
    const found = call.world.installations.find((each) => each.repositories.has(repo))
    if (!found) throw notFound()
    return { status: 200, body: installationJson(call.world, found) }
  },

  'apps/create-installation-access-token': (call) => {
    asApp(call)
    const installation = installationOf(call)
    if (installation.suspended) throw new Failure(403, 'This installation has been suspended')
    const wanted = call.body as { repositories?: string[]; permissions?: Record<string, Level> }
    const repositories = chosen(installation, wanted.repositories)
    const permissions = granted(installation, wanted.permissions)
    const { token, expires } = issueToken(call.world, {
      kind: 'installation',
      installation,
      permissions,
      repositories,
    })
    return {
      status: 201,
      body: {
        token,
        expires_at: time(expires),
        permissions,
        repository_selection: wanted.repositories ? 'selected' : 'all',
      },
    }
  },

  'apps/list-repos-accessible-to-installation': (call) => {
    if (call.actor.kind !== 'installation')
      throw new Failure(
        403,
        'You must authenticate with an installation access token in order to list repositories for an installation.',
      )
    const all = [...call.actor.repositories]
    const { items, headers } = paged(call, all)
    return {
      status: 200,
      headers,
      body: { total_count: all.length, repositories: items.map((repo) => repoJson(call.world, repo)) },
    }
  },
}

function asApp({ actor }: Call): void {
  if (actor.kind !== 'app') throw new Failure(401, 'A JSON web token could not be decoded')
}

function installationOf({ world, params }: Call): Installation {
  const found = world.installations.find((each) => each.id === Number(params.installation_id))
  if (!found) throw notFound()
  return found
}

function chosen(installation: Installation, names: readonly string[] | undefined): ReadonlySet<Repo> {
  if (!names) return installation.repositories
  const repos = names.map((name) => [...installation.repositories].find((repo) => repo.name === name))
  if (repos.includes(undefined))
    throw new Failure(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    )
  return new Set(repos as Repo[])
}

function granted(
  installation: Installation,
  wanted: Record<string, Level> | undefined,
): Record<string, Level> {
  for (const [name, level] of Object.entries(wanted ?? {})) {
    const has = installation.permissions[name]
    if (!has || (has === 'read' && level === 'write'))
      throw new Failure(422, `The permissions requested are not granted to this installation.`)
  }
  return wanted ?? { ...installation.permissions }
}

function installationJson(world: World, installation: Installation): Json {
  return {
    ...{
      id: installation.id,
      account: userJson(world, installation.account),
      app_id: world.app.id,
      app_slug: world.app.slug,
    },
    ...{ target_id: 1, target_type: 'User', permissions: installation.permissions, events: world.app.events },
    ...{
      repository_selection: 'selected',
      single_file_name: null,
      created_at: time(world.now()),
      updated_at: time(world.now()),
    },
    ...{ suspended_at: installation.suspended ? time(world.now()) : null, suspended_by: null },
  }
}
