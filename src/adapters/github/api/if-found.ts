import { Refusal } from '../../../core/model/problem.ts'
import { GitHubFailure } from './failure-of.ts'

/** The answer, or `undefined` where GitHub says that there is no such thing (any more). */
export async function ifFound<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  }
}

/**
 * The same where much hangs on it that something is not there: GitHub says "not found" of what a token may not see for a moment, and of
 * what a replica has not heard of yet, as well. It is believed once the same was said twice, and in between, where it is looked for in
 * something, that this is seen.
 */
export async function ifReallyFound<T>(
  ask: () => Promise<T>,
  within?: { isSeen(this: void): Promise<unknown> },
): Promise<T | undefined> {
  const first = await ifFound(ask())
  if (first !== undefined) return first
  await within?.isSeen()
  return ifFound(ask())
}

function isGone(error: unknown): boolean {
  return error instanceof GitHubFailure && (error.status === 404 || error.status === 410)
}

/** The same where issues are switched off in the repository. */
export async function unlessDisabled<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Refusal && error.problems.some(({ code }) => code === 'issues-disabled'))
      return undefined
    throw error
  }
}
