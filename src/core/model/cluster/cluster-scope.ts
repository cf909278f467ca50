import { isInside } from '../parent-of.ts'

/** What one of several clusters in a repository has for itself. */
export interface ClusterScope {
  readonly name: string
  /** Folders and files that are its own. */
  readonly own: readonly string[]
  /** Those of the other clusters: never seen from this one, and never written. */
  readonly others: readonly string[]
}

/** Whether a path is one of these or inside of one. */
export function isWithin(path: string, places: readonly string[]): boolean {
  return places.some((place) => path === place || isInside(path, place))
}
