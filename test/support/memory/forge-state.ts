import type { Access, Account, RepositoryFacts } from '../../../src/ports/forge.ts'
import type { ObjectStore } from '../../../src/ports/object-store.ts'

/** What all parts of the forge in memory share. */
export interface ForgeState {
  readonly objects: ObjectStore
  readonly facts: RepositoryFacts
  readonly access: Map<string, Access>
  readonly url: string
  nextId(this: void): number
}

export const US: Account = { login: 'multiarch[bot]', kind: 'us' }
