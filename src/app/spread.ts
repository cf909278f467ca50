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
  return now + Math.floor(placeOf(group) * window)
}

const DAY = 24 * 3600_000

/** The day a repository is in, each changing days at its own time. */
export function placeInDay(group: string, now: number): number {
  return Math.floor(now / DAY + placeOf(group))
}

/** From 0 to 1. */
function placeOf(group: string): number {
  return createHash('sha256').update(group).digest().readUInt32BE() / 2 ** 32
}
