import type { LoggedCommit } from '../model/commit.ts'
import type { Oid } from '../model/oid.ts'
import type { Entry, Tree } from '../model/tree.ts'

/**
 * What a copy is told by. Not its modes: files that went over a share, an archive or an upload are all executable, or none of them
 * is, and each holds what the release's does.
 */
export function sameContent(a: Entry | undefined, b: Entry | undefined): boolean {
  return a?.oid === b?.oid
}

/** How many files of a release a tree lacks or has changed. */
export function distance(release: Tree, tree: Tree): number {
  let differing = 0
  for (const [path, entry] of release) if (!sameContent(entry, tree.get(path))) differing++
  return differing
}

/** The part of a release's files that a tree holds unchanged, 0 to 1. */
function likeness(release: Tree, tree: Tree): number {
  return release.size === 0 ? 0 : 1 - distance(release, tree) / release.size
}

/**
 * Below this part of unchanged files a tree is no copy of the release. Measured over the first releases of the minors 2.0 to 2.31:
 * neighbours share 31 % at least and 68 % in the middle, and a copy has a neighbour; a repository of another kind shares 2 %.
 */
export const LEAST_LIKENESS = 0.1

/**
 * The candidate of whose files the tree holds most; among equals the one it lacks least of, then the first. What counts is what is
 * there: a release of long ago with few files has few to differ in.
 */
export function closest<T>(candidates: Iterable<readonly [T, Tree]>, tree: Tree): Closest<T> | undefined {
  let best: Closest<T> | undefined
  let most = -1
  for (const [key, release] of candidates) {
    const differing = distance(release, tree)
    const shared = release.size - differing
    if (best && (shared < most || (shared === most && differing >= best.distance))) continue
    most = shared
    best = { key, distance: differing, likeness: likeness(release, tree) }
  }
  return best
}

interface Closest<T> {
  readonly key: T
  /** Files of the release that are missing or changed. */
  readonly distance: number
  readonly likeness: number
}

/** A series that changes fewer files than this part of a release is small: ten files or so of Kubespray's thousand. */
const SMALL = 0.01

/** Whether so few files differ that no other release need be looked at. */
export function isSmall(differing: number, release: Tree): boolean {
  return differing <= SMALL * release.size
}

/**
 * Whether a claim about the base (by history or by trailer) fits the files, given how many differ from the closest release there
 * is. A fork with many backports drifts towards the next release without standing on it, so a claim is refused only where the
 * closest release explains the files far better: with four times fewer differing files, small series aside. Over 46 branches of
 * five forks the true base never differed in more than 1.5 times as many files as the closest release (25 against 17).
 */
export function fitsContent(claimed: number, best: number, release: Tree): boolean {
  return claimed <= 4 * best || isSmall(claimed, release)
}

/** The files of a tree that a release has otherwise or not at all: what a commit between two releases would explain. */
export function unexplained(release: Tree, tree: Tree): readonly string[] {
  return [...tree].flatMap(([path, entry]) => (sameContent(entry, release.get(path)) ? [] : [path]))
}

/** A tree, and the release whose files it has most of. */
export interface Compared {
  readonly tree: Tree
  readonly release: Tree
}

/** A file that the tree has as the release does speaks this much louder against a later commit than one it has otherwise speaks for it. */
const LOST = 4

/**
 * The commit of a line of upstream's at which the files stood most as the tree has them. The commits are the line's, newest first,
 * with their changes to the files asked about; what stood below the last is its parent. Among equals the oldest: what upstream did after it is found to be there already, while
 * what is taken for upstream's and is not there would be carried as if its owner had undone it.
 */
export function closestMoment(line: readonly LoggedCommit[], { tree, release }: Compared): Oid | undefined {
  const worth = (path: string, entry: Entry | undefined): number => {
    const has = tree.get(path)
    if (!has) return 0
    const isThere = sameContent(has, entry)
    return sameContent(has, release.get(path)) ? Number(!isThere) * -LOST : Number(isThere)
  }
  let [now, most] = [0, 0]
  let found = line[0]?.oid
  for (const { oid, changes } of line) {
    if (now >= most) [most, found] = [now, oid]
    for (const { path, before, after } of changes) now += worth(path, before) - worth(path, after)
  }
  return now >= most ? (line.at(-1)?.parents[0] ?? found) : found
}

/** Files that the tree has as the release does and the commit does not. */
export function setBack(commit: Tree, { tree, release }: Compared): readonly string[] {
  return [...tree].flatMap(([path, entry]) =>
    sameContent(entry, release.get(path)) && !sameContent(entry, commit.get(path)) ? [path] : [],
  )
}

/**
 * Whether a tree was copied from a commit between two releases and not from the release: of the files that differ between the two it
 * has nearly all as the commit has them. Who stands on the release and took over some later commits of upstream's has the others' files
 * as they were. One in ten may be a file that its owner set back.
 */
export function isFrom(commit: Tree, { tree, release }: Compared): boolean {
  const gained = [...tree].filter(
    ([path, entry]) => sameContent(entry, commit.get(path)) && !sameContent(entry, release.get(path)),
  ).length
  return gained > 0 && setBack(commit, { tree, release }).length * 10 <= gained
}
