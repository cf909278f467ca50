import { defined } from '../../core/model/defined.ts'
import {
  branchesOfPattern,
  findBranchPattern,
  patternInName,
  type BranchPerRelease,
} from '../../core/branches/branch-pattern.ts'
import { botOfBranch } from '../../core/automation/update-bots.ts'
import { refusalOf } from '../../core/explain/refusal-of.ts'
import type { InsteadOf } from '../../core/explain/pull-request-facts.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal, type Problem } from '../../core/model/problem.ts'
import { proposeBranches, type BranchFacts } from '../../core/series/propose-branches.ts'
import type { History, ObjectReader, ObjectStore } from '../../ports/object-store.ts'
import { newestContained } from './upstream/newest-contained.ts'
import { branchMeant } from '../branches/branch-meant.ts'
import { configAt } from './read-config-at.ts'
import { readOwn } from './read-own.ts'
import { findBranch, unlessRefused, type Repository } from './read-repository.ts'

/** The branch a run works on. */
export interface ChosenBranch {
  readonly name: string
  readonly head: Oid
  /** Set where the default branch is not where the fork lives and this one was found instead. */
  readonly insteadOf?: InsteadOf
  /** Other branches with own commits, best first. */
  readonly others: readonly { readonly name: string; readonly commits: number }[]
  /** Where the fork has a branch for each release. */
  readonly perRelease?: BranchPerRelease
}

/** The branch that was asked for, else the default one, else the branch that holds the fork's own commits. */
export async function chooseBranch(
  store: ObjectReader & History,
  repository: Repository,
  wanted: string | undefined,
): Promise<ChosenBranch> {
  if (wanted !== undefined) return { name: wanted, head: findBranch(repository, wanted), others: [] }
  const name = repository.defaultBranch
  const head = name === undefined ? undefined : repository.branches.get(name)
  if (name !== undefined && head && !isStepBranch(name)) {
    const { own } = await readOwn(store, repository, head)
    if (own.length > 0) return { name, head, others: [], ...(await patternBeside(store, repository, name)) }
  }
  const facts = await branchFacts(store, repository)
  const [best, ...others] = proposeBranches(facts)
  if (!best) throw new Refusal(await noOwnCommits(store, repository))
  return {
    name: best.name,
    head: repository.branches.get(best.name) as Oid,
    insteadOf: insteadOf(name),
    others: others.map((each) => ({ name: each.name, commits: each.own.length })),
    ...foundPattern(best.name, facts),
  }
}

/**
 * The branch that a plan takes where nobody names one: the settings', else the default one, else the one with own commits; nothing where
 * a plan would refuse.
 */
export async function branchToLookAt(
  store: ObjectStore,
  repository: Repository,
): Promise<ChosenBranch | undefined> {
  const main = repository.branches.get(repository.defaultBranch ?? repository.branchAtHead ?? '')
  const config = main && (await configAt(store, main, { releases: [...repository.releases.keys()] }))
  const { name } = await branchMeant(store, repository, config ? config.branch : undefined)
  return unlessRefused(chooseBranch(store, repository, name))
}

/** Names that differ in a release alone are looked into; whoever has no other branch so named pays nothing. */
async function patternBeside(
  store: ObjectReader & History,
  repository: Repository,
  name: string,
): Promise<Pick<ChosenBranch, 'perRelease'>> {
  const pattern = patternInName(name)
  const alike = pattern ? branchesOfPattern(pattern, repository.branches.keys()) : []
  if (alike.length < 2 || alike[0] !== name) return {}
  const branches = new Map([...repository.branches].filter(([each]) => alike.includes(each)))
  return foundPattern(name, await branchFacts(store, { ...repository, branches }))
}

/** Upstream names its own branches `release-2.28`, and every fork got those that were there when it was made. */
function foundPattern(name: string, all: readonly BranchFacts[]): Pick<ChosenBranch, 'perRelease'> {
  const isUpstreams = /(?:^|\/)release-\{minor\}$/.test(patternInName(name)?.text ?? '')
  const found = findBranchPattern(name, isUpstreams ? proposeBranches(all) : all)
  return found ? { perRelease: { ...found, from: 'found' } } : {}
}

/** Branches of our own making are steps on the way, not where the fork lives. */
function isStepBranch(name: string): boolean {
  return name.startsWith('multiarch/')
}

function insteadOf(name: string | undefined): InsteadOf {
  if (name === undefined) return { branch: 'HEAD', why: 'detached' }
  return { branch: name, why: isStepBranch(name) ? 'step-branch' : 'no-own-commits' }
}

async function branchFacts(
  store: ObjectReader & History,
  repository: Repository,
): Promise<readonly BranchFacts[]> {
  const facts: BranchFacts[] = []
  const tips = new Set(repository.upstreamTips)
  for (const [name, head] of repository.branches) {
    if (tips.has(head) || isStepBranch(name) || botOfBranch(name) !== undefined) continue
    const own = await store.log({ to: head, not: repository.upstreamTips })
    if (own.length === 0) continue
    const below = own.at(-1)?.parents[0]
    // The release matters only for a branch that may be named for it.
    const release = /\d\.\d/.test(name) && below && (await newestContained(store, below, repository.releases))
    facts.push({ name, own, ...defined({ release: release || undefined }) })
  }
  return facts
}

async function noOwnCommits(
  store: ObjectReader & History,
  { branches, defaultBranch: branch = 'HEAD', releases }: Repository,
): Promise<Problem> {
  const head = branches.get(branch)
  const release = head && (await newestContained(store, head, releases))
  return refusalOf({
    code: 'no-own-commits',
    branches: branches.size,
    branch,
    ...defined({ release }),
  })
}
