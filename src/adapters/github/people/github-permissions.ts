import { ACCESS, type Access, type Permissions } from '../../../ports/forge.ts'
import { ifReallyFound } from '../api/if-found.ts'
import type { RepositoryApi } from '../api/repository-api.ts'

export function githubPermissions(
  api: RepositoryApi,
  granted: () => Promise<Readonly<Record<string, 'read' | 'write'>>>,
): Permissions {
  return {
    of: async (login) => {
      const given = await ifReallyFound(
        () => api.request<GivenPermission>('GET /collaborators/{login}/permission', { login }),
        api,
      )
      return given ? readAccess(given.data) : publicAccess(api)
    },
    ours: async () => new Map(Object.entries(await granted())),
  }
}

interface GivenPermission {
  /** Knows `admin`, `write`, `read`, `none` only. */
  readonly permission: string
  /** Knows `maintain` and `triage` too, and may be a role of an organisation's own making. */
  readonly role_name?: string
}

function readAccess({ permission, role_name }: GivenPermission): Access {
  const isKnown = (name: string | undefined): name is Access => ACCESS.includes(name as Access)
  if (isKnown(role_name)) return role_name
  return isKnown(permission) ? permission : 'none'
}

/** GitHub does not know the login, which may be that of a deleted account. */
async function publicAccess(api: RepositoryApi): Promise<Access> {
  const { data } = await api.request<{ private: boolean }>('GET ')
  return data.private ? 'none' : 'read'
}
