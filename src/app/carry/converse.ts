import { defined } from '../../core/model/defined.ts'
import type { Conversation } from '../../core/merge/conversation.ts'
import type { LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'

/** The stretch of upstream's history that may serve as evidence: what the release has and the base has not. */
interface Stretch {
  readonly from: Oid
  readonly to: Oid
}

/** Drives a computation of the core: fetches what it asks for, in one batch each time, and hands it back. */
export async function converse<T>(
  conversation: Conversation<T>,
  store: Pick<ObjectReader & History, 'readBlobs' | 'log'>,
  stretch: Stretch | undefined,
): Promise<T> {
  let step = conversation.next()
  while (!step.done) {
    const ask = step.value
    if (ask.kind === 'blobs')
      step = conversation.next({ kind: 'blobs', blobs: await store.readBlobs(ask.oids) })
    else step = conversation.next({ kind: 'log', commits: await readLog(store, stretch, ask.paths) })
  }
  return step.value
}

async function readLog(
  store: Pick<History, 'log'>,
  stretch: Stretch | undefined,
  paths: readonly string[] | undefined,
): Promise<readonly LoggedCommit[]> {
  if (!stretch) return []
  return store.log({ to: stretch.to, not: [stretch.from], ...defined({ paths }) })
}
