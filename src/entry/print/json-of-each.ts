import { SCHEMA } from './plan-json.ts'

interface OfCluster {
  /** Absent for a repository that has not several. */
  readonly cluster: string | undefined
  readonly json: object
}

/** What is said of the one that was looked at, or of each of several clusters by its name. */
export function jsonOfEach(all: readonly OfCluster[]): object {
  const [only] = all
  if (only && all.length === 1) return named(only)
  return { schema: SCHEMA, clusters: all.map(named) }
}

function named({ cluster, json }: OfCluster): object {
  return cluster === undefined ? json : { cluster, ...json }
}
