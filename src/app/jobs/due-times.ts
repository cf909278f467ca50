import { addTo } from '../../core/model/collections/grouped.ts'
import { createHash } from 'node:crypto'
import type { RepositoryName } from '../../ports/forge.ts'

/** On a release day ten thousand repositories are due at once; they are spread over this long. */
const LONGEST = 30 * 60_000

/** Per repository: 2.5 a second are far below what one server gets done. */
const EACH = 400

/**
 * Per repository of one account, which is one installation with one set of limits. A step is a dozen writes a second apart, so four
 * a minute are what it can take, and whoever has hundreds does not keep the others waiting.
 */
const EACH_OF_ONE = 15_000

/**
 * When to look at each of many: the accounts spread by their names, and the repositories of one evenly. The same list gives
 * the same times, so that two servers agree. A few are due at once.
 */
export function dueTimes(repositories: readonly RepositoryName[], now: number): readonly number[] {
  const window = Math.min(LONGEST, repositories.length * EACH)
  const owned = new Map<string, number[]>()
  for (const [index, { owner }] of repositories.entries()) {
    const key = owner.toLowerCase()
    addTo(owned, key, index)
  }
  const due = repositories.map(() => now)
  for (const [owner, indices] of owned) {
    const start = placeOf(owner)
    const length = indices.length === 1 ? window : Math.max(window, indices.length * EACH_OF_ONE)
    for (const [at, index] of indices.entries())
      due[index] = now + Math.floor(((start + at / indices.length) % 1) * length)
  }
  return due
}

const DAY = 24 * 3600_000

/** The day a repository is in, each changing days at its own time. */
export function placeInDay(name: string, now: number): number {
  return placeInTime(name, now, DAY)
}

/** The same for spans of another length. */
export function placeInTime(name: string, now: number, span = DAY): number {
  return Math.floor(now / span + placeOf(name))
}

/** From 0 to 1. */
function placeOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE() / 2 ** 32
}
