import { findSeries } from './find-series.ts'
import { tally } from '../core/explain/patch-table.ts'
import { renderProposal } from '../core/explain/proposal.ts'
import { renderPatch } from '../core/explain/patch-detail.ts'
import { code } from '../core/explain/markdown.ts'
import { withinLimit } from '../core/explain/limit.ts'
import { subjectOf } from '../core/model/commit.ts'
import type { Oid } from '../core/model/oid.ts'
import { Refusal, type Problem } from '../core/model/problem.ts'
import { minorNumber, minorOf, type ReleaseTag } from '../core/model/version.ts'
import type { CarriedSeries } from '../core/series/carried.ts'
import { releasesAhead } from '../core/series/next-release.ts'
import type { RepositoryName } from '../ports/forge.ts'
import type { ObjectStore } from '../ports/objects.ts'
import { carrySeries } from './carry-series.ts'
import { chooseBranch, type ChosenBranch } from './choose-branch.ts'
import { diffPatches } from './diff-patches.ts'
import type { Built, Engine, Proposal, ProposedPatch, StepName, Survey, Work } from './engine.ts'
import type { Fork } from './find-series.ts'
import { branchNameFor, writeBranch } from './propose.ts'
import { readRepository, type Repository } from './read-repository.ts'
import { Remembered } from './remember.ts'
import { settledByPerson } from './settled-by-person.ts'

/**
 * The engine of the bot: the same carrying that `multiarch upgrade` does, on repositories of a forge. A fork's store lists
 * the refs of the one upstream it was opened with; a config that names another is refused.
 */
export function seriesEngine(upstream: RepositoryName): Engine {
  const remembered = new Remembered<Kept>(REMEMBERED)
  return {
    survey: async (work) => surveyOf(work, await readFork(work, upstream)),
    build: async (work, step, manner) => {
      const task = { work, read: await readFork(work, upstream), step, remembered }
      return build(task, manner === 'recreate' ? 'replace' : 'keep')
    },
    judge: async (work, step) => {
      const task = { work, read: await readFork(work, upstream), step, remembered }
      const tip = await tipOf(task)
      return proposal(task, tip, (await personsCommits(task, tip)).length > 0 ? 'touched' : 'ours')
    },
  }
}

/** Proposals of about 20 kB each, so that a sweep over what has not changed carries nothing anew. */
const REMEMBERED = 2000

interface ReadFork {
  readonly repository: Repository
  readonly branch: ChosenBranch
  readonly fork: Fork
}

async function readFork({ place, config, decisions }: Work, upstream: RepositoryName): Promise<ReadFork> {
  refuseOtherUpstream(config.upstream, `${upstream.owner}/${upstream.name}`)
  const repository = await readRepository(place.objects, [])
  const branch = await chooseBranch(place.objects, repository, config.branch)
  const fork = await findSeries(place.objects, { ...repository, head: branch.head })
  const patches = fork.series.patches.filter(({ id }) => !decisions.dropped.includes(id))
  return { repository, branch, fork: { ...fork, series: { ...fork.series, patches } } }
}

function refuseOtherUpstream(wanted: string, ours: string): void {
  if (wanted.toLowerCase() === ours.toLowerCase()) return
  const message = `\`upstream\` is ${code(wanted)}, and whoever runs me set me up to follow ${code(ours)}. Run an App of your own with \`MULTIARCH_UPSTREAM=${wanted}\`, or use the CLI.`
  throw new Refusal({ code: 'other-upstream', message })
}

function surveyOf({ config, decisions }: Work, { repository, branch, fork }: ReadFork): Survey {
  const from = fork.base.release
  const wanted = [...repository.releases.keys()].filter(
    (tag) => !decisions.skipped.includes(tag) && (!config.stayOn || minorOf(tag) === config.stayOn),
  )
  const ahead = releasesAhead(from, wanted)
  const [release] = ahead
  const stopped = release && tooFar(from, release)
  return {
    branch: branch.name,
    release: from,
    byUs: fork.base.found === 'trailer',
    state: from,
    architectures: config.architectures,
    inventories: config.inventories,
    patches: fork.series.patches.map(({ title, id, commits }) => ({ title, ids: [id, ...commits] })),
    route:
      ahead.length > 0 ? ahead.map((tag, at) => `${at + 1}. Kubespray ${code(tag)}`).join('\n') : NO_ROUTE,
    ...(release && !stopped && { next: { branch: branchNameFor(release), onto: branch.name, release } }),
    ...(stopped && { stopped }),
  }
}

const NO_ROUTE = 'There is no newer release to go to.'

/** Kubespray goes up one minor at a time; a whole minor that was skipped ends the route. */
function tooFar(from: ReleaseTag, to: ReleaseTag): Problem | undefined {
  if (minorNumber(to) <= minorNumber(from) + 1) return undefined
  const message = `Every release between ${code(from)} and ${code(to)} is skipped, and Kubespray goes up one minor at a time. \`/multiarch resume\` takes the skips back.`
  return { code: 'minor-skipped', message }
}

interface Task {
  readonly work: Work
  readonly read: ReadFork
  readonly step: StepName
  readonly remembered: Remembered<Kept>
}

interface Kept {
  readonly proposal: Proposal
  /** Whether a person's commits are on the branch. */
  readonly touched: boolean
}

async function build(task: Task, persons: 'keep' | 'replace'): Promise<Built> {
  const { work, read, step } = task
  const tip = await findTip(task)
  const known = tip && persons === 'keep' && task.remembered.recall(nameOf(task), inputsOf(task, tip))
  if (known) return { proposal: known.proposal, change: known.touched ? 'kept' : 'unchanged', thrownAway: [] }
  const foreign = tip ? await personsCommits(task, tip) : []
  if (tip && persons === 'keep' && foreign.length > 0)
    return { proposal: await proposal(task, tip, 'touched'), change: 'kept', thrownAway: [] }
  const written = await writeBranch(work.place.objects, {
    ...{ head: read.fork.head, from: read.fork.base.release, name: step.branch, persons },
    release: { tag: step.release, commit: releaseCommit(task) },
    carried: await carry(task),
  })
  return {
    proposal: await proposal(task, written.tip, 'ours'),
    change: written.change,
    thrownAway: written.change === 'unchanged' ? [] : foreign,
  }
}

function nameOf({ work, step }: Task): string {
  const { owner, name } = work.place.repository
  return `${owner}/${name} ${step.branch}`.toLowerCase()
}

/** Everything a proposal is made from. */
function inputsOf({ work, read, step }: Task, tip: Oid): string {
  const { config, decisions } = work
  const release = read.repository.releases.get(step.release)
  return JSON.stringify([tip, read.fork.head.oid, release, config, [...config.addons], decisions])
}

async function carry({ work, read, step }: Pick<Task, 'work' | 'read' | 'step'>): Promise<CarriedSeries> {
  const store = work.place.objects
  const commit = releaseCommit({ read, step })
  return carrySeries(store, read.fork, { commit, tree: await store.readTree(commit) })
}

function releaseCommit({ read, step }: Pick<Task, 'read' | 'step'>): Oid {
  const commit = read.repository.releases.get(step.release)
  if (commit) return commit
  const message = `Upstream has no release ${code(step.release)} any more, so I cannot go on with this step.`
  throw new Refusal({ code: 'release-gone', message })
}

async function findTip({ work, step }: Task): Promise<Oid | undefined> {
  const ref = `refs/heads/${step.branch}`
  return (await work.place.objects.listRefs(ref)).get(ref)
}

async function tipOf(task: Task): Promise<Oid> {
  const tip = await findTip(task)
  if (tip) return tip
  const message = `The branch ${code(task.step.branch)} is gone; \`/multiarch recreate\` builds it again.`
  throw new Refusal({ code: 'branch-gone', message })
}

/** Commits on the branch that neither we nor upstream made. */
async function personsCommits({ work, read }: Task, tip: Oid): Promise<readonly Oid[]> {
  const not = [read.fork.head.oid, ...read.repository.upstreamTips]
  const commits = await work.place.objects.log({ to: tip, not })
  const ours = commits.findIndex(({ message }) => /^Multiarch-(Step|Patch): /m.test(message))
  return commits.slice(0, ours < 0 ? commits.length : ours).map(({ oid }) => oid)
}

async function proposal(task: Task, head: Oid, whose: 'ours' | 'touched'): Promise<Proposal> {
  const inputs = inputsOf(task, head)
  const known = task.remembered.recall(nameOf(task), inputs)
  if (known) return known.proposal
  const made = await propose(task, head)
  task.remembered.keep(nameOf(task), inputs, { proposal: made, touched: whose === 'touched' })
  return made
}

async function propose({ work, read, step }: Task, head: Oid): Promise<Proposal> {
  const store: ObjectStore = work.place.objects
  const judged = settledByPerson(await carry({ work, read, step }), await store.readTree(head))
  const diffs = await diffPatches(store, judged)
  const upstream = await readTitles(store, judged)
  const { branch, fork } = read
  const text = renderProposal({
    ...{ branch: branch.name, ...(branch.insteadOf && { insteadOf: branch.insteadOf }) },
    ...{ base: fork.base, to: step.release, series: fork.series, carried: judged, diffs, upstream },
    written: { name: step.branch, commits: new Map() },
  })
  const counts = tally(judged.patches) || 'no patch to carry'
  return {
    ...{ step, head, title: text.title, body: withinLimit(text.body) },
    open: judged.patches.some(({ verdict }) => verdict === 'conflict'),
    check: { title: counts, summary: `On Kubespray ${code(step.release)}: ${counts}.`, annotations: [] },
    patches: judged.patches.map((carried, index): ProposedPatch => {
      const { id, title, commits } = carried.patch
      const detail = renderPatch({ carried, number: index + 1, diffs: diffs.get(id) ?? [], upstream })
      return { id, ids: [id, ...commits], title, verdict: carried.verdict, detail }
    }),
  }
}

async function readTitles(store: ObjectStore, { patches }: CarriedSeries): Promise<ReadonlyMap<Oid, string>> {
  const oids = new Set(
    patches.flatMap(({ upstream, files }) => [...upstream, ...files.flatMap((file) => file.upstream)]),
  )
  const commits = await store.readCommits([...oids])
  return new Map([...commits].map(([oid, { message }]) => [oid, subjectOf(message)]))
}
