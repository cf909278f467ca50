import { Failure } from '../call.ts'

/** A page of a connection. */
export function pageOf(
  nodes: readonly unknown[],
  { first, after }: { first?: number | undefined; after?: string | undefined },
): object {
  if (first === undefined || first < 1 || first > 100)
    throw new Failure(
      422,
      'You must provide a `first` or `last` value to properly paginate the connection, and `first` must be at most 100.',
    )
  const start = after ? Number(after) : 0
  const end = Math.min(start + first, nodes.length)
  return {
    nodes: nodes.slice(start, end),
    pageInfo: { hasNextPage: end < nodes.length, endCursor: String(end) },
  }
}
