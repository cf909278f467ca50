import { carry } from '../../core/merge/whole/carry.ts'
import { Workspace } from '../../core/merge/workspace.ts'
import { subjectOf, type LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import { settledTrailer, settlementsIn } from '../../core/series/settlement.ts'
import { withoutOurTrailers, withTrailers } from '../../core/series/trailer.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { BranchWork } from './branch-work.ts'
import { converse } from '../carry/converse.ts'
import { COMMITTER_EMAIL } from '../repository/committer-at.ts'

/** A branch that was built anew, for a person's commits to go on top. */
export interface NewTop {
  readonly tip: Oid
  readonly tree: Tree
}

type KeptCommits =
  | {
      readonly kind: 'kept'
      readonly tip: Oid
      /** The commits as they were; each is on the branch again, unless nothing of it was left to do. */
      readonly commits: readonly Oid[]
    }
  | { readonly kind: 'collides'; readonly commit: LoggedCommit; readonly files: readonly string[] }

/**
 * Puts a person's commits on top of a branch that was built anew, each with its author, committer and message. With merges
 * among them they go as one commit, since what a merge brought is in the new branch already. One that does not go onto the
 * new branch without a question stops it all: the branch is better left as it is than a person's work half on it.
 */
export async function keepCommits(
  store: ObjectStore,
  { ours: [top], persons, tip }: BranchWork,
  onto: NewTop,
): Promise<KeptCommits> {
  const changes = persons.some(({ parents }) => parents.length > 1)
    ? [asOne(persons, { from: top?.oid as Oid, to: tip })]
    : persons.map((commit) => ({
        commit,
        from: commit.parents[0] as Oid,
        to: commit.oid,
        message: undefined,
      }))
  const workspace = new Workspace()
  let at = onto
  for (const { commit, from, to, message } of changes) {
    const sides = { base: await store.readTree(from), patch: await store.readTree(to), onto: at.tree }
    const made = await converse(carry(sides, workspace), store, undefined)
    const lost = made.files.filter(({ verdict }) => verdict === 'conflict' || verdict === 'obsolete')
    if (lost.length > 0) return { kind: 'collides', commit, files: lost.map(({ path }) => path) }
    await store.writeBlobs([...made.newBlobs.values()])
    const tree = await store.writeTree(made.tree)
    const settled = settlementsIn(message ?? commit.message)
    // That a conflict is settled for the release changes no file, and is said by nothing else.
    if (tree === (await store.writeTree(at.tree)) && settled.length === 0) continue
    const written = await store.writeCommit({
      tree,
      parents: [at.tip],
      author: commit.author,
      // Theirs as well: by the committer we know what is not ours to throw away.
      committer: commit.committer,
      message: withSettled(message ?? commit.message),
    })
    at = { tip: written, tree: made.tree }
  }
  return { kind: 'kept', tip: at.tip, commits: persons.map(({ oid }) => oid) }
}

/** What it says of conflicts is no trailer of a patch, and true as before: each names the conflict that it is of. */
function withSettled(message: string): string {
  const settled = settlementsIn(message)
  if (settled.length > 0) return withTrailers(message, settled.map(settledTrailer))
  return `${withoutOurTrailers(message)}\n`
}

function asOne(
  persons: readonly LoggedCommit[],
  { from, to }: { readonly from: Oid; readonly to: Oid },
): { commit: LoggedCommit; from: Oid; to: Oid; message: string } {
  const own = persons.filter(({ parents }) => parents.length < 2)
  const last = own.findLast(isTheirs) ?? persons.findLast(isTheirs)
  if (!last) throw new Error('there is no commit to keep')
  const list = own.map(({ oid, message }) => `- ${subjectOf(message)} (${oid})`).join('\n')
  const text = `Changes by hand on this branch\n\n${list}\n`
  const settled = own.flatMap(({ message }) => settlementsIn(message))
  const message = settled.length > 0 ? withTrailers(text, settled.map(settledTrailer)) : text
  return { commit: last, from, to, message }
}

/** Merges are people's: a commit that we made at somebody's word is none. */
function isTheirs({ committer }: LoggedCommit): boolean {
  return committer.email !== COMMITTER_EMAIL
}
