import { GitHubFailure } from './failures.ts'

/** The answer, or `undefined` where GitHub says that there is no such thing (any more). */
export async function ifFound<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof GitHubFailure && (error.status === 404 || error.status === 410)) return undefined
    throw error
  }
}
