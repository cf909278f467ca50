import type { CommitForm } from '../../core/config/resolve-config.ts'
import type { Commit, Signature } from '../../core/model/commit.ts'
import { ONBOARDING_TITLE } from '../../core/explain/texts/render-onboarding.ts'
import type { Oid } from '../../core/model/oid.ts'
import { withChanges } from '../../core/model/tree.ts'
import { withoutOurTrailers } from '../../core/series/trailer.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { ownMessage } from '../carry/own-message.ts'
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
    words,
  }: {
    readonly head: Oid
    readonly files: readonly ProposedFile[]
    readonly who: Signature
    /** How it is worded, where there are settings already that say so. */
    readonly words?: CommitForm
  },
): Promise<Oid> {
  const blobs = await store.writeBlobs(files.map(({ text }) => new TextEncoder().encode(text)))
  const changes = files.map(({ path }, at) => [path, { mode: '100644', oid: blobs[at] as Oid }] as const)
  const tree = await store.writeTree(withChanges(await store.readTree(head), new Map(changes)))
  const text = `${ONBOARDING_TITLE}\n`
  const message = words ? ownMessage(text, [], words) : text
  return store.writeCommit({ tree, parents: [head], author: who, committer: who, message })
}

/** Whether a commit is one of those. */
export function isSettingsCommit({ committer, message }: Pick<Commit, 'committer' | 'message'>): boolean {
  if (committer.email !== COMMITTER_EMAIL) return false
  // Behind whatever prefix: that may be another one by now.
  const [title = '', ...rest] = withoutOurTrailers(message).trimEnd().split('\n')
  return rest.length === 0 && title.toLowerCase().endsWith(ONBOARDING_TITLE.toLowerCase())
}
