import type { Oid } from '../../core/model/oid.ts'
import { runGit, type GitLocation } from './run-git.ts'

/** Where refs are that almost every work asks for. Those of pull requests (`refs/pull/`) may be tens of thousands. */
export const USUAL_REFS = ['refs/heads/', 'refs/tags/', 'refs/remotes/', 'refs/multiarch/']

/** A ref's name, what it points to and what that peels to, with the types of both, `*` where `HEAD` points to it, and the working tree that it is checked out in. */
const FIELDS =
  '%(refname) %(objectname) %(*objectname) %(objecttype) %(*objecttype) %(HEAD) %(worktreepath)'.split(' ')

export interface ListedRefs {
  /** The commit (annotated tags peeled) that each points to, by its full name. */
  readonly refs: ReadonlyMap<string, Oid>
  /** The one of them that `HEAD` points to. */
  readonly head: string | undefined
  /** Those that are checked out, in whichever of the clone's working trees, with where. */
  readonly checkedOut: ReadonlyMap<string, string>
}

/** All refs under these prefixes that lead to a commit. */
export async function readRefs(location: GitLocation, prefixes: readonly string[]): Promise<ListedRefs> {
  const format = `--format=${FIELDS.join('%00')}`
  const output = await runGit(location, ['for-each-ref', format, '--', ...prefixes])
  const refs = new Map<string, Oid>()
  const checkedOut = new Map<string, string>()
  let head: string | undefined
  for (const line of output.toString().split('\n').slice(0, -1)) {
    const [name = '', oid, peeled, type, peeledType, isHead, place] = line.split('\0')
    if ((peeledType || type) === 'commit') refs.set(name, (peeled || oid) as Oid)
    if (isHead === '*') head = name
    if (isHead === '*' || place) checkedOut.set(name, place || location.gitDir)
  }
  return { refs, head, checkedOut }
}
