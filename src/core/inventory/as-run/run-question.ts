import type { Tree } from '../../model/tree.ts'
import type { ResolvedCall } from './resolved-calls.ts'

export interface RunQuestion {
  readonly tree: Tree
  /** The release's own tree. */
  readonly base?: Tree | undefined
  /** By path; a file that is no text is not among them. */
  readonly texts: ReadonlyMap<string, string>
}

export interface Asked extends RunQuestion {
  readonly calls: readonly ResolvedCall[]
}
