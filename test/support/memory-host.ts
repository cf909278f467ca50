import { memoryForge, type MemoryForge, type MemoryForgeOptions } from './memory/memory-forge.ts'
import { memoryObjectStore } from './memory/memory-object-store.ts'
import { Refusal } from '../../src/core/model/problem.ts'
import type { Host, Workplace } from '../../src/ports/host.ts'
import type { RepositoryName } from '../../src/ports/forge.ts'

interface MemoryPlace extends Workplace, MemoryForge {}

interface MemoryHost extends Host {
  readonly places: ReadonlyMap<string, MemoryPlace>
  /** Adds a repository we are installed on. */
  add(fullName: string, options?: Omit<MemoryForgeOptions, 'objects'>): MemoryPlace
}

/** A whole place in memory: repositories with their forges. */
export function memoryHost(): MemoryHost {
  const places = new Map<string, MemoryPlace>()
  return {
    places,
    add(fullName, options = {}) {
      const repository = nameOf(fullName)
      const objects = memoryObjectStore()
      const forge = memoryForge({ ...options, objects, facts: { ...repository, ...options.facts } })
      const place = { repository, objects, ...forge }
      places.set(fullName, place)
      return place
    },
    published: () => Promise.resolve(undefined),
    installed: async () => [...places.values()].map(({ repository }) => repository),
    installedBy: async () => [...places.values()].map(({ repository }) => repository),
    open: async ({ owner, name }) => {
      const place = places.get(`${owner}/${name}`)
      if (place) return place
      throw new Refusal({ code: 'not-installed', message: `I am not installed on \`${owner}/${name}\`.` })
    },
  }
}

function nameOf(fullName: string): RepositoryName {
  const [owner, name] = fullName.split('/')
  if (!owner || !name) throw new Error(`no repository name: ${fullName}`)
  return { owner, name }
}
