import { subjectOf, type PathChange, type Signature } from '../model/commit.ts'
import type { Oid } from '../model/oid.ts'
import { sameEntry } from '../model/tree.ts'
import { patchRecordedIn } from './trailer.ts'

/** What two commits are compared by. */
interface PatchFacts {
  readonly oid: Oid
  readonly message: string
  readonly author: Signature
  readonly changes: readonly PathChange[]
}

/** The name a patch keeps when it is carried: what our trailer says, else the id of the commit it is. */
export function patchIdentity(commit: Pick<PatchFacts, 'oid' | 'message'>): string {
  return patchRecordedIn(commit.message) ?? commit.oid
}

/**
 * Whether two commits are one patch, on whatever they stand: the same identity in our trailers, or written by the same
 * person at the same moment under the same title (a rebase and a cherry-pick keep all three), or the very same change.
 */
export function isSamePatch(a: PatchFacts, b: PatchFacts): boolean {
  if (patchIdentity(a) === patchIdentity(b)) return true
  if (subjectOf(a.message) !== subjectOf(b.message) || a.author.email !== b.author.email) return false
  return a.author.time === b.author.time || isSameChange(a.changes, b.changes)
}

/** Whether two lists of changes do the same to the same files, judged by ids alone. */
export function isSameChange(a: readonly PathChange[], b: readonly PathChange[]): boolean {
  return matches(a, b, (x, y) => sameEntry(x.before, y.before) && sameEntry(x.after, y.after))
}

/** Whether one list of changes takes the other back, judged by ids alone. */
export function isInverse(a: readonly PathChange[], b: readonly PathChange[]): boolean {
  return matches(a, b, (x, y) => sameEntry(x.before, y.after) && sameEntry(x.after, y.before))
}

function matches(
  a: readonly PathChange[],
  b: readonly PathChange[],
  fits: (x: PathChange, y: PathChange) => boolean,
): boolean {
  if (a.length !== b.length || a.length === 0) return false
  const byPath = new Map(b.map((change) => [change.path, change]))
  return a.every((change) => {
    const other = byPath.get(change.path)
    return other !== undefined && fits(change, other)
  })
}
