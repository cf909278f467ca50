import type { ShapeMemory } from '../../core/preflight/shapes/names-of-shape.ts'
import type { Fork } from '../repository/find-series.ts'
import type { Cluster } from '../repository/read-clusters.ts'
import type { Repository } from '../repository/read-repository.ts'

/** What of a fork a step is held against. */
export interface LintedFork {
  readonly fork: Pick<Fork, 'base' | 'baseTree' | 'head' | 'headTree' | 'standing' | 'series'> & {
    /** The fork's own tree, where the step starts from it and not from a release further on. */
    readonly kubespray?: Fork['kubespray'] | undefined
  }
  readonly clusters: readonly Cluster[]
  readonly depth: 'mentions' | 'defaults'
  /** Whether tasks and templates are asked which shape of value they take, and what files were found to say before. */
  readonly shapes?: { readonly memory: ShapeMemory } | undefined
  readonly repository: Pick<Repository, 'releases' | 'upstreamHeads'>
}
