import { findSeries } from './find-series.ts'
import { renderProposal, tally } from '../core/explain/proposal.ts'
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
import type { Host } from '../ports/host.ts'
import type { ObjectStore } from '../ports/objects.ts'
import { carrySeries } from './carry-series.ts'
import { chooseBranch, type ChosenBranch } from './choose-branch.ts'
import { diffPatches } from './diff-patches.ts'
import type { Built, Engine, Proposal, ProposedPatch, StepName, Survey, Work } from './engine.ts'
import type { Fork } from './find-series.ts'
import { branchNameFor, writeBranch } from './propose.ts'
import { readHosted } from './read-hosted.ts'
import type { Repository } from './read-repository.ts'
import { settledByPerson } from './settled-by-person.ts'

/** The engine of the bot: the same carrying that `multiarch upgrade` does, on repositories of a forge. */
export function seriesEngine(host: Pick<Host, 'open'>): Engine {
  return {
    survey: async (work) => surveyOf(work, await readFork(work, host)),
    build: async (work, step, manner) => {
      const read = await readFork(work, host)
      return build({ work, read, step }, manner === 'recreate' ? 'replace' : 'keep')
    },
    judge: async (work, step) => judge({ work, read: await readFork(work, host), step }),
  }
}

interface ReadFork {
  readonly repository: Repository
  readonly branch: ChosenBranch
  readonly fork: Fork
}

async function readFork({ place, config, decisions }: Work, host: Pick<Host, 'open'>): Promise<ReadFork> {
  const upstream = await host.open(nameOf(config.upstream))
  const repository = await readHosted(place.objects, upstream.objects)
  const branch = await chooseBranch(place.objects, repository, config.branch)
  const fork = await findSeries(place.objects, { ...repository, head: branch.head })
  const patches = fork.series.patches.filter(({ id }) => !decisions.dropped.includes(id))
  return { repository, branch, fork: { ...fork, series: { ...fork.series, patches } } }
}

function nameOf(fullName: string): RepositoryName {
  const [owner, name] = fullName.split('/')
  if (!owner || !name) throw new Error(`the config let the upstream ${fullName} through`)
  return { owner, name }
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
}

async function build(task: Task, persons: 'keep' | 'replace'): Promise<Built> {
  const { work, read, step } = task
  const store = work.place.objects
  const carried = await carry(task)
  const release = { tag: step.release, commit: releaseCommit(task) }
  const foreign = await personsCommits(task)
  if (persons === 'keep' && foreign.length > 0)
    return { proposal: await proposal(task, carried, await tipOf(task)), change: 'kept', thrownAway: [] }
  const written = await writeBranch(store, {
    ...{ head: read.fork.head, from: read.fork.base.release, release, carried, name: step.branch, persons },
  })
  return {
    proposal: await proposal(task, carried, written.tip),
    change: written.change,
    thrownAway: written.change === 'unchanged' ? [] : foreign,
  }
}

async function judge(task: Task): Promise<Proposal> {
  return proposal(task, await carry(task), await tipOf(task))
}

async function carry({ work, read, step }: Task): Promise<CarriedSeries> {
  const store = work.place.objects
  const commit = releaseCommit({ work, read, step })
  return carrySeries(store, read.fork, { commit, tree: await store.readTree(commit) })
}

function releaseCommit({ read, step }: Task): Oid {
  const commit = read.repository.releases.get(step.release)
  if (commit) return commit
  const message = `Upstream has no release ${code(step.release)} any more, so I cannot go on with this step.`
  throw new Refusal({ code: 'release-gone', message })
}

async function tipOf({ work, step }: Task): Promise<Oid> {
  const ref = `refs/heads/${step.branch}`
  const tip = (await work.place.objects.listRefs(ref)).get(ref)
  if (tip) return tip
  throw new Refusal({
    code: 'branch-gone',
    message: `The branch ${code(step.branch)} is gone; \`/multiarch recreate\` builds it again.`,
  })
}

/** Commits on the branch that neither we nor upstream made. */
async function personsCommits({ work, read, step }: Task): Promise<readonly Oid[]> {
  const ref = `refs/heads/${step.branch}`
  const store = work.place.objects
  const tip = (await store.listRefs(ref)).get(ref)
  if (!tip) return []
  const commits = await store.log({ to: tip, not: [read.fork.head.oid, ...read.repository.upstreamTips] })
  const ours = commits.findIndex(({ message }) => /^Multiarch-(Step|Patch): /m.test(message))
  return commits.slice(0, ours < 0 ? commits.length : ours).map(({ oid }) => oid)
}

async function proposal({ work, read, step }: Task, carried: CarriedSeries, head: Oid): Promise<Proposal> {
  const store: ObjectStore = work.place.objects
  const judged = settledByPerson(carried, await store.readTree(head))
  const diffs = await diffPatches(store, judged)
  const upstream = await readTitles(store, judged)
  const { branch, fork } = read
  const facts = { branch: branch.name, ...(branch.insteadOf && { insteadOf: branch.insteadOf }) }
  const text = renderProposal({
    ...facts,
    ...{ base: fork.base, to: step.release, series: fork.series, carried: judged, diffs, upstream },
    written: { name: step.branch, commits: new Map() },
  })
  const open = judged.patches.some(({ verdict }) => verdict === 'conflict')
  const counts = tally(judged.patches) || 'no patch to carry'
  return {
    ...{ step, head, title: text.title, body: withinLimit(text.body), open },
    check: { title: counts, summary: `On Kubespray ${code(step.release)}: ${counts}.`, annotations: [] },
    patches: judged.patches.map((each, index): ProposedPatch => {
      const detail = renderPatch({
        carried: each,
        number: index + 1,
        diffs: diffs.get(each.patch.id) ?? [],
        upstream,
      })
      const { id, title, commits } = each.patch
      return { id, ids: [id, ...commits], title, verdict: each.verdict, detail }
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
