import { Refusal } from '../../core/model/problem.ts'
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
