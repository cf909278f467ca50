import type { LoggedCommit } from '../model/commit.ts'
import type { Oid } from '../model/oid.ts'

/**
 * What the core asks of whoever drives it. The core never waits: it says which blobs or which part of history it needs,
 * the app fetches them in one batch and hands them back, and the core goes on. One engine so serves a clone, the API and
 * memory alike.
 */
type Ask =
  | { readonly kind: 'blobs'; readonly oids: readonly Oid[] }
  /** Commits between the base and the release, newest first, with what they changed at these paths (all without `paths`). */
  | { readonly kind: 'log'; readonly paths: readonly string[] | undefined }

type Answer =
  | { readonly kind: 'blobs'; readonly blobs: ReadonlyMap<Oid, Uint8Array> }
  | { readonly kind: 'log'; readonly commits: readonly LoggedCommit[] }

/** A computation that asks on its way. */
export type Conversation<T> = Generator<Ask, T, Answer>

export function* askBlobs(oids: readonly Oid[]): Conversation<ReadonlyMap<Oid, Uint8Array>> {
  if (oids.length === 0) return new Map()
  const answer = yield { kind: 'blobs', oids }
  if (answer.kind !== 'blobs') throw new Error('asked for blobs and got something else')
  return answer.blobs
}

export function* askLog(paths: readonly string[] | undefined): Conversation<readonly LoggedCommit[]> {
  const answer = yield { kind: 'log', paths }
  if (answer.kind !== 'log') throw new Error('asked for history and got something else')
  return answer.commits
}
