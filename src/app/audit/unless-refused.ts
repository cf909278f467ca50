import { Refusal } from '../../core/model/problem.ts'

/** What no release is known of, or of another layout, can be audited as well; only what it stands on is not known then. */
export async function unlessRefused<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
