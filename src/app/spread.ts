import { createHash } from 'node:crypto'

/** On a release day ten thousand repositories are due at once; they are spread over this long at most. */
const LONGEST = 30 * 60_000

/** Per repository: 2.5 a second are far below what one server gets done, and below GitHub's limits for one sender. */
const EACH = 400

/**
 * When to look at one of many: spread evenly by the name, so that the same repository has the same place each time and
 * two servers agree. A few are due at once.
 */
export function spread(group: string, many: number, now: number): number {
  const window = Math.min(LONGEST, many * EACH)
  const place = createHash('sha256').update(group).digest().readUInt32BE() / 2 ** 32
  return now + Math.floor(place * window)
}
