import type { Oid } from '../../../src/core/model/oid.ts'
import type { Access, Forge, Release, RepositoryFacts } from '../../../src/ports/forge.ts'
import type { ObjectStore } from '../../../src/ports/object-store.ts'
import { memoryChecks } from './memory-checks.ts'
import type { ForgeState } from './forge-state.ts'
import { memoryPeople, type People } from './people.ts'
import { memoryLineComments } from './memory-line-comments.ts'
import { memoryThreads } from './memory-threads.ts'

export interface MemoryForgeOptions {
  /** Where the branches of pull requests stand. */
  readonly objects: ObjectStore
  readonly facts?: Partial<RepositoryFacts>
  /** Who may do what; everyone else may read. */
  readonly access?: Readonly<Record<string, Access>>
  /** What was granted to us. */
  readonly granted?: Readonly<Record<string, 'read' | 'write'>>
  readonly releases?: readonly Release[]
}

export interface MemoryForge {
  readonly forge: Forge
  /** What other people do there. */
  readonly people: People
}

const GRANTED = {
  contents: 'write',
  pull_requests: 'write',
  issues: 'write',
  checks: 'write',
  metadata: 'read',
} as const

/** A forge in memory for one repository, as strict as GitHub: for tests, `--dry-run` and benches. */
export function memoryForge(options: MemoryForgeOptions): MemoryForge {
  const facts: RepositoryFacts = {
    owner: 'someone',
    name: 'kubespray',
    defaultBranch: 'main',
    archived: false,
    private: false,
    issues: true,
    ...options.facts,
  }
  let lastId = 0
  const state: ForgeState = {
    objects: options.objects,
    facts,
    access: new Map(Object.entries(options.access ?? {})),
    url: `https://forge.example/${facts.owner}/${facts.name}`,
    nextId: () => ++lastId,
  }
  const threads = memoryThreads(state)
  const { pullRequests, comments, reactions, labels, issues } = threads
  const forge: Forge = {
    repository: {
      read: async () => facts,
      mark: async (talk) => JSON.stringify([facts, threads.all(talk)]),
    },
    pullRequests,
    comments,
    lineComments: memoryLineComments(state, pullRequests),
    reactions,
    labels,
    issues,
    checks: memoryChecks(state),
    permissions: {
      of: async (login) => state.access.get(login) ?? (facts.private ? 'none' : 'read'),
      ours: async () => new Map(Object.entries(options.granted ?? GRANTED)),
    },
    releases: {
      of: async (tag) => options.releases?.find((release) => release.tag === tag),
      look: async (mark) => {
        const tags = await state.objects.listRefs('refs/tags/')
        const seen = markOf(tags)
        return { mark: seen, changed: seen !== mark }
      },
    },
  }
  return { forge, people: memoryPeople(state, threads) }
}

function markOf(tags: ReadonlyMap<string, Oid>): string {
  return [...tags].map(([name, oid]) => `${name} ${oid}`).join('\n')
}
