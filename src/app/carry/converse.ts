import { defined } from '../../core/model/defined.ts'
import type { Conversation } from '../../core/merge/conversation.ts'
import { refusalOf } from '../../core/explain/refusal-of.ts'
import { MissingContents } from '../../core/merge/workspace.ts'
import { Refusal } from '../../core/model/problem.ts'
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
  let step = resume(() => conversation.next())
  while (!step.done) {
    const ask = step.value
    const answer =
      ask.kind === 'blobs'
        ? ({ kind: 'blobs', blobs: await store.readBlobs(ask.oids) } as const)
        : ({ kind: 'log', commits: await readLog(store, stretch, ask.paths) } as const)
    step = resume(() => conversation.next(answer))
  }
  return step.value
}

/** That contents cannot be had is nobody's defect: what helps depends on where they should have come from. */
function resume<T>(go: () => T): T {
  try {
    return go()
  } catch (error) {
    if (!(error instanceof MissingContents)) throw error
    throw new Refusal(refusalOf({ code: 'missing-object', oid: error.oid }))
  }
}

async function readLog(
  store: Pick<History, 'log'>,
  stretch: Stretch | undefined,
  paths: readonly string[] | undefined,
): Promise<readonly LoggedCommit[]> {
  if (!stretch) return []
  return store.log({ to: stretch.to, not: [stretch.from], ...defined({ paths }) })
}
