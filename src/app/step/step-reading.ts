import type { RepositoryAddress } from '../../core/explain/linked-reference.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Patch } from '../../core/series/series.ts'
import type { Release } from '../../ports/forge.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { CatalogueStore } from '../plan/load-catalogue.ts'
import type { ForkPlan } from '../plan/plan-fork.ts'
import type { ReadFork } from '../repository/read-fork.ts'
import type { Repository } from '../repository/read-repository.ts'

/** A repository as a step is worked out on it; what is asked for twice is read once. */
export interface StepReading {
  readonly repository: Repository
  readonly store: CatalogueStore & { readonly objects: ObjectStore }
  /** Where the repository is read by people. */
  readonly address?: RepositoryAddress
  /** What upstream published of a release. */
  published?(this: void, tag: string): Promise<Pick<Release, 'notes'> | undefined>
  /** Whether workflow files may be written; `try`: nobody has told us, so GitHub is asked by writing them. */
  readonly workflows: 'carry' | 'try' | 'leave'
  /** Patches that people want carried although upstream is found to have taken them. */
  readonly kept: ReadonlySet<string>
  /** The fork at the head of its branch, or at an older commit of it; patches that people dropped are left out. */
  fork(this: void, at?: Oid): Promise<ReadFork & { readonly dropped: readonly Patch[] }>
  /** The way up from there. */
  plan(this: void, at?: Oid): Promise<ForkPlan>
}
