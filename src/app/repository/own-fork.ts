import type { Gitlink } from '../../core/layout/layout.ts'
import type { ForkWait } from '../../core/layout/layout.ts'
import type { LoggedCommit } from '../../core/model/commit.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { ReleaseTag } from '../../core/model/release-tag.ts'
import { closest } from '../../core/series/closest.ts'
import { patchRecordedIn, stepRecordedIn } from '../../core/series/trailer.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { findSeries } from './find-series.ts'
import type { Repository } from './read-repository.ts'

/** A fork of Kubespray in another repository, as the repository that runs it needs it. */
export interface OwnFork {
  /** As people know it: `ada/kubespray`, a path, a URL. */
  readonly name: string
  readonly store: ObjectStore
  readonly repository: Repository
  /** The pull request of its step to a release, the newest; absent where nothing tells of pull requests. */
  pullFor?(this: void, release: ReleaseTag): Promise<ForkPull | undefined>
  /** The numbers of ours that are open there. */
  openPulls?(this: void): Promise<readonly number[]>
}

export interface ForkPull extends ForkWait {
  readonly head: Oid
}

/** Opens the fork that a submodule is at; nothing where it cannot be read. */
export type FindFork = (link: Gitlink) => Promise<OwnFork | undefined>

/** The commit of a fork that a submodule goes to. */
interface ForkTarget {
  readonly commit: Oid
  /** It is no part of the fork's own branch yet. */
  readonly waits?: ForkWait
}

/**
 * Where a fork stands on a release: the commit with which its step came into its own branch, by a merge, a squash or commit by commit; else
 * the branch of that step, which waits for people.
 */
export async function forkTarget(
  fork: OwnFork,
  { link, release }: { readonly link: Gitlink; readonly release: ReleaseTag },
): Promise<ForkTarget | undefined> {
  for (const head of headsOf(fork.repository, link)) {
    const commit = await standsOn(fork, { head, link, release })
    if (commit) return { commit }
  }
  const pull = await fork.pullFor?.(release)
  if (!pull) return undefined
  const { head, ...waits } = pull
  return { commit: head, waits }
}

/** The branch that the submodule follows, else the fork's default one; a fork may have another for each release. */
function headsOf({ branches, defaultBranch }: Repository, { branch }: Gitlink): readonly Oid[] {
  const first = [branch?.value, defaultBranch].flatMap((name) => branches.get(name ?? '') ?? [])
  const others = [...branches].filter(([name]) => !name.startsWith('multiarch/')).map(([, head]) => head)
  return [...new Set([...first.slice(0, 1), ...first, ...others])].slice(0, MOST_BRANCHES)
}

/** Of a fork that has hundreds of them the first are likely enough. */
const MOST_BRANCHES = 12

async function standsOn(
  { store, repository }: OwnFork,
  { head, link, release }: { readonly head: Oid; readonly link: Gitlink; readonly release: ReleaseTag },
): Promise<Oid | undefined> {
  const log = await store.log({ to: head, not: [link.commit, ...repository.upstreamTips] })
  if (log.length === 0) return undefined
  const step = log.find(({ message }) => stepRecordedIn(message) === release)
  if (step) return broughtBy(log, { head, step })
  return byContent({ store, repository }, { line: lineOf(log, head), link, release })
}

/** A person who went there by hand, or squashed our step without its words, left the files to tell. */
async function byContent(
  { store, repository }: Pick<OwnFork, 'store' | 'repository'>,
  {
    line,
    link,
    release,
  }: { readonly line: readonly LoggedCommit[]; readonly link: Gitlink; readonly release: ReleaseTag },
): Promise<Oid | undefined> {
  const { base } = await findSeries(store, { ...repository, head: link.commit })
  const to = repository.releases.get(release)
  if (!to || base.release === release) return undefined
  const trees = [
    [base.release, await store.readTree(base.commit)] as const,
    [release, await store.readTree(to)] as const,
  ]
  for (const { oid } of line.slice(-MOST_COMMITS))
    if (closest(trees, await store.readTree(oid))?.key === release) return oid
  return undefined
}

/** Of a longer line the newest are looked at: the step is what happened last. */
const MOST_COMMITS = 50

/** A branch's own line, oldest first. */
function lineOf(log: readonly LoggedCommit[], head: Oid): readonly LoggedCommit[] {
  const byOid = new Map(log.map((commit) => [commit.oid, commit]))
  const line: LoggedCommit[] = []
  for (let at = byOid.get(head); at; at = byOid.get(at.parents[0] ?? ('' as Oid))) line.push(at)
  return line.toReversed()
}

/** The first commit on a branch's own line that has a whole step. */
function broughtBy(
  log: readonly LoggedCommit[],
  { head, step }: { readonly head: Oid; readonly step: LoggedCommit },
): Oid {
  const byOid = new Map(log.map((commit) => [commit.oid, commit]))
  const oldestFirst = lineOf(log, head)
  const own = oldestFirst.findIndex(({ oid }) => oid === step.oid)
  if (own < 0) return oldestFirst.find(({ oid }) => reaches(byOid, oid, step.oid))?.oid ?? head
  // Put on the branch one by one, its patches and edits follow it.
  const rest = oldestFirst.slice(own + 1)
  const end = rest.findIndex(({ message }) => !isOfStep(message))
  return (end < 0 ? rest.at(-1) : rest[end - 1])?.oid ?? step.oid
}

function isOfStep(message: string): boolean {
  return patchRecordedIn(message) !== undefined || /^Multiarch-Step: /m.test(message)
}

function reaches(commits: ReadonlyMap<Oid, LoggedCommit>, from: Oid, to: Oid): boolean {
  const open = [from]
  const seen = new Set<Oid>()
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    if (oid === to) return true
    if (seen.has(oid)) continue
    seen.add(oid)
    open.push(...(commits.get(oid)?.parents ?? []))
  }
  return false
}
