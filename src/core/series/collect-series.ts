import type { LoggedCommit, PathChange } from '../model/commit.ts'
import type { Tree } from '../model/tree.ts'
import { companionPaths, ownFilesOf } from './own-files-of.ts'
import { findRevertedPairs, pickedFrom, titleOf } from './find-reverted-pairs.ts'
import { patchIdentity } from './is-same-patch.ts'
import type { LeftOut, Patch, Series } from './series.ts'
import { isBotCommit, openRecordedIn, withoutOurTrailers } from './trailer.ts'

interface LinearHistory {
  /** The own commits above the base, oldest first, without merges. */
  readonly commits: readonly LoggedCommit[]
  /** Merges on the way that changed nothing. */
  readonly merges: readonly LoggedCommit[]
  readonly base: Tree
  readonly head: Tree
}

/** Sorts a straight line of own commits into patches, own files, and what is not carried. */
export function collectSeries({ commits, merges, base, head }: LinearHistory): Series {
  const companions = companionPaths(commits, base)
  const carried = commits.map((commit) => ({
    ...commit,
    changes: commit.changes.filter(({ path }) => base.has(path) || companions.has(path)),
  }))
  const pairs = findRevertedPairs(carried.filter(({ changes }) => changes.length > 0))
  const patches: Patch[] = []
  const leftOut: LeftOut[] = merges.map((each) => ({ commit: each.oid, title: titleOf(each), why: 'merge' }))
  for (const [index, commit] of carried.entries()) {
    const all = (commits[index] as LoggedCommit).changes
    const pair = pairs.get(commit.oid)
    const entry = { commit: commit.oid, title: titleOf(commit) }
    if (pair) leftOut.push({ ...entry, why: 'reverted', pair })
    else if (commit.changes.length > 0) patches.push(patchOf(commit))
    // What it says of itself proves nothing: it is left out because all that it changed comes along as own files.
    else if (isBotCommit(commit.message)) leftOut.push({ ...entry, why: 'bot' })
    else leftOut.push({ ...entry, why: all.length > 0 ? 'own-files' : emptyWhy(commit) })
  }
  return { patches, ownFiles: ownFilesOf(head, base, companions), leftOut }
}

function emptyWhy({ message }: LoggedCommit): LeftOut['why'] {
  return openRecordedIn(message).length > 0 ? 'open' : 'empty'
}

function patchOf(commit: LoggedCommit): Patch {
  return {
    id: patchIdentity(commit),
    kind: 'commit',
    title: titleOf(commit),
    message: withoutOurTrailers(commit.message),
    author: commit.author,
    commits: [commit.oid],
    changes: sortedByPath(commit.changes),
    pickedFrom: pickedFrom(commit.message),
  }
}

export function sortedByPath(changes: readonly PathChange[]): readonly PathChange[] {
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)))
}
