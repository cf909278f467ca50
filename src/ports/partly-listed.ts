import type { RepositoryName } from './forge.ts'

/** Thrown where a list of repositories has holes: some installations did not answer, and what is missing is not known to be gone. */
export class PartlyListed extends Error {
  readonly found: readonly RepositoryName[]

  constructor(found: readonly RepositoryName[], cause: unknown) {
    super('Some installations could not be asked for their repositories', { cause })
    this.name = 'PartlyListed'
    this.found = found
  }
}
