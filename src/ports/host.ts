import type { Forge, RepositoryName } from './forge.ts'
import type { ObjectStore } from './objects.ts'

/** The whole place: which repositories we look after there, and the way into one. */
export interface Host {
  /** Every repository we are installed on and may work in; suspended installations are left out. */
  installed(): Promise<readonly RepositoryName[]>
  /** Opens one. A repository we are not installed on opens for reading where it is public; else this rejects with a `Refusal`. */
  open(repository: RepositoryName): Promise<Workplace>
}

/** One repository: its objects, and the people's side of it. */
export interface Workplace {
  readonly repository: RepositoryName
  readonly objects: ObjectStore
  readonly forge: Forge
}
