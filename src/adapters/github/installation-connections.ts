import { defined } from '../../core/model/defined.ts'
import { repositoryKey } from '../../core/model/repository-key.ts'
import type { RepositoryName } from '../../ports/forge.ts'
import {
  connectAsInstallation,
  type AppKey,
  type Connection,
  type InstallationConnection,
} from './api/connection.ts'
import type { Permissions, TokenScope } from './api/fetch-grant.ts'
import type { KnownInstallations } from './known-installations.ts'

/** Ways to ask as an installation, each with a token that is good for that alone. */
interface InstallationConnections {
  toList(this: void, installation: number): InstallationConnection
  toRead(this: void, installation: number): InstallationConnection
  toWork(this: void, installation: number, repository: RepositoryName): InstallationConnection
  forget(this: void, installation: number, repository: RepositoryName): void
}

/** Connections are kept, and their tokens with them. What an installation grants is read when a token is asked for. */
export function installationConnections(
  { connection, key }: { readonly connection: Connection; readonly key: AppKey },
  known: KnownInstallations,
): InstallationConnections {
  const opened = new Map<string, InstallationConnection>()
  const connect = (id: number, name: string, scope: () => TokenScope): InstallationConnection => {
    const place = `${id} ${name}`
    const found = opened.get(place) ?? connectAsInstallation(connection, key, id, scope)
    opened.set(place, found)
    return found
  }
  return {
    toList: (id) => connect(id, 'list', () => ({ needs: LISTING })),
    toRead: (id) => connect(id, 'read', () => ({ needs: READING })),
    toWork: (id, repository) =>
      connect(id, repositoryKey(repository), () => ({
        repository: repository.name,
        needs: WORKING,
        ...defined({ granted: known.recall(repository)?.permissions }),
      })),
    forget: (id, repository) => void opened.delete(`${id} ${repositoryKey(repository)}`),
  }
}

const LISTING: Permissions = { metadata: 'read' }
/** Upstream is public. */
const READING: Permissions = { metadata: 'read', contents: 'read' }
/** What `app.yml` asks for, and what it leaves to the owner. */
const WORKING: Permissions = {
  metadata: 'read',
  contents: 'write',
  pull_requests: 'write',
  issues: 'write',
  checks: 'write',
  workflows: 'write',
}
