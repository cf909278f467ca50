import type { Entry } from '../../model/tree.ts'

/** One file of a patch on its way up: what upstream has at this point, and what the user would have. */
export interface Front {
  readonly path: string
  readonly upstream: Entry
  readonly patch: Entry
}
