import type { LoggedCommit } from '../model/commit.ts'
import { compareReleases, minorOf, type ReleaseTag } from '../model/release-tag.ts'

export interface BranchFacts {
  /** Without `refs/heads/` or a remote's name. */
  readonly name: string
  /** Its commits that upstream does not have, children first. */
  readonly own: readonly LoggedCommit[]
  /** The newest release it contains, where that is known. */
  readonly release?: ReleaseTag
}

/**
 * The fork's branches that hold its own work, the one to propose first. Many forks deploy from a branch per release and leave
 * the default branch as a mirror; a branch named for its release wins over one that is not, and newer releases win.
 */
export function proposeBranches(branches: readonly BranchFacts[]): readonly BranchFacts[] {
  const own = branches.filter((branch) => branch.own.length > 0)
  return own.filter((branch) => !isInherited(branch, own)).sort(compareBranches)
}

/**
 * Whether a branch came with the fork: upstream's own topic branches are copied when a fork is made, and look like own work
 * once upstream deleted them. The people of the branch with the newest own commit work on the fork; a branch without a commit
 * of theirs that ended before their first was there already.
 */
function isInherited(branch: BranchFacts, all: readonly BranchFacts[]): boolean {
  const current = all.reduce((a, b) => (tipTime(b) > tipTime(a) ? b : a))
  const people = new Set(current.own.flatMap(peopleOf))
  const isTheirs = (commit: LoggedCommit): boolean => peopleOf(commit).some((person) => people.has(person))
  const theirs = all.flatMap((each) => each.own).filter(isTheirs)
  const since = Math.min(...theirs.map((commit) => commit.committer.time))
  return branch.own.every((commit) => !isTheirs(commit) && commit.committer.time < since)
}

/** Who wrote a commit and who put it there; GitHub puts many there and is nobody. */
function peopleOf({ author, committer }: LoggedCommit): readonly string[] {
  return [author.email, committer.email].filter((email) => email !== 'noreply@github.com')
}

function compareBranches(a: BranchFacts, b: BranchFacts): number {
  const named = Number(isNamedForRelease(b)) - Number(isNamedForRelease(a))
  if (named !== 0) return named
  if (isNamedForRelease(a) && a.release && b.release) {
    const release = compareReleases(b.release, a.release)
    if (release !== 0) return release
  }
  return b.own.length - a.own.length || tipTime(b) - tipTime(a) || (a.name < b.name ? -1 : 1)
}

function isNamedForRelease({ name, release }: BranchFacts): boolean {
  const written = /(?<!\d)\d+\.\d+/.exec(name)?.[0]
  return written !== undefined && release !== undefined && written === minorOf(release)
}

function tipTime({ own }: BranchFacts): number {
  return own[0]?.committer.time ?? 0
}
