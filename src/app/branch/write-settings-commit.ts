import type { Commit, Signature } from '../../core/model/commit.ts'
import { ONBOARDING_TITLE } from '../../core/explain/texts/render-onboarding.ts'
import type { Oid } from '../../core/model/oid.ts'
import { withChanges } from '../../core/model/tree.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { COMMITTER_EMAIL } from '../repository/committer-at.ts'

/** A file that is proposed, by its path. */
export interface ProposedFile {
  readonly path: string
  readonly text: string
}

/** Writes one commit that adds files on top of a head; no branch moves. */
export async function writeSettingsCommit(
  store: ObjectStore,
  {
    head,
    files,
    who,
  }: { readonly head: Oid; readonly files: readonly ProposedFile[]; readonly who: Signature },
): Promise<Oid> {
  const blobs = await store.writeBlobs(files.map(({ text }) => new TextEncoder().encode(text)))
  const changes = files.map(({ path }, at) => [path, { mode: '100644', oid: blobs[at] as Oid }] as const)
  const tree = await store.writeTree(withChanges(await store.readTree(head), new Map(changes)))
  const message = `${ONBOARDING_TITLE}\n`
  return store.writeCommit({ tree, parents: [head], author: who, committer: who, message })
}

/** Whether a commit is one of those. */
export function isSettingsCommit({ committer, message }: Pick<Commit, 'committer' | 'message'>): boolean {
  return committer.email === COMMITTER_EMAIL && message.trimEnd() === ONBOARDING_TITLE
}
