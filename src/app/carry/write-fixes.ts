import type { CommitForm } from '../../core/config/resolve-config.ts'
import type { RecipeName } from '../../core/audit/finding.ts'
import type { Commit, Signature } from '../../core/model/commit.ts'
import type { RepositoryView } from '../../core/layout/repository-view.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import { TRAILER } from '../../core/series/trailer.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { committerAt } from '../repository/committer-at.ts'
import { ownMessage } from './own-message.ts'
import { makeFixes, type FixesRequest, type Fix, type LeftFix } from './make-fixes.ts'

interface FixRequest extends Omit<FixesRequest, 'tree' | 'newBlobs'> {
  /** The commit to go on from. */
  readonly head: Commit
  /** The repository as that commit has it. */
  readonly view: RepositoryView
  /** How its commits are worded. */
  readonly words: CommitForm
}

/** One recipe that had something to do, as a commit. */
export interface FixCommit extends Pick<Fix, 'recipe' | 'title' | 'files' | 'notes'> {
  readonly commit: Oid
}

export interface Fixed {
  /** The last commit; the head itself where no recipe had anything to do. */
  readonly tip: Oid
  readonly commits: readonly FixCommit[]
  /** What was not written, since the audit would find as much afterwards. */
  readonly left: readonly LeftFix[]
}

/** Makes the patches that an audit's findings ask for, one commit for each recipe, on top of a commit. No ref is moved. */
export async function writeFixes(
  store: ObjectStore,
  { head, view, words, ...request }: FixRequest,
): Promise<Fixed> {
  const { fixes, left } = await makeFixes(store, { ...request, tree: view.tree })
  const written = await writeFixCommits(store, {
    on: head.oid,
    committer: committerAt(head.committer.time),
    fixes: await writeFixTrees(store, fixes, view.put),
    words,
  })
  return { ...written, left }
}

/** A fix whose tree is written, under the name that it is known by from then on. */
interface WrittenFix extends Pick<Fix, 'recipe' | 'title' | 'intent' | 'files' | 'notes'> {
  readonly id: string
  readonly tree: Oid
}

/** Writes the trees of fixes; over GitHub's API those of a whole step travel together, ahead of its commits. */
export async function writeFixTrees(
  store: ObjectStore,
  fixes: readonly (Fix & { readonly id?: string })[],
  put: (view: Tree) => Tree,
): Promise<readonly WrittenFix[]> {
  await store.writeBlobs(fixes.flatMap(({ newBlobs }) => [...newBlobs.values()]))
  const written: WrittenFix[] = []
  for (const { newBlobs: _, tree, ...fix } of fixes)
    written.push({ id: recipeId(fix.recipe), ...fix, tree: await store.writeTree(put(tree)) })
  return written
}

/** Commits fixes one on the other. A recipe's commit is a patch like any other from then on; its id is what the next release knows it by. */
export async function writeFixCommits(
  store: ObjectStore,
  request: {
    readonly on: Oid
    readonly committer: Signature
    readonly fixes: readonly WrittenFix[]
    readonly words: CommitForm
  },
): Promise<Omit<Fixed, 'left'>> {
  const { committer, words } = request
  const commits: FixCommit[] = []
  let tip = request.on
  for (const { id, tree, intent, ...fix } of request.fixes) {
    const message = ownMessage(`${fix.title}\n\n${wrapped(intent)}\n`, [[TRAILER.patch, id]], words)
    tip = await store.writeCommit({ tree, parents: [tip], author: committer, committer, message })
    commits.push({ ...fix, commit: tip })
  }
  return { tip, commits }
}

/** The identity of a recipe's patch. */
export function recipeId(recipe: RecipeName): string {
  return `recipe:${recipe}`
}

function wrapped(text: string): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < 72) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}
