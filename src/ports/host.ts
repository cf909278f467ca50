import type { Forge, Release, RepositoryName } from './forge.ts'
import type { ObjectStore } from './object-store.ts'

/** The whole place: which repositories we look after there, and the way into one. */
export interface Host {
  /**
   * Every repository we are installed on and may work in; suspended installations are left out. Rejects with `PartlyListed` where
   * some of them could not be asked: what is missing then is not known to be gone.
   */
  installed(): Promise<readonly RepositoryName[]>
  /** The same of one installation, by the number that a webhook gives it. */
  installedBy(installation: number): Promise<readonly RepositoryName[]>
  /** What upstream published of a release; a tag may have nothing published. */
  published(this: void, tag: string): Promise<Release | undefined>
  /** Opens one; upstream, where we may not be installed, for reading. Rejects with a `Refusal` where we are not. */
  open(repository: RepositoryName): Promise<Workplace>
}

/** One repository: its objects, and the people's side of it. */
export interface Workplace {
  readonly repository: RepositoryName
  readonly objects: ObjectStore
  readonly forge: Forge
}
