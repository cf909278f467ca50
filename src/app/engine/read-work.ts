import { createHash } from 'node:crypto'
import type { RepositoryAddress } from '../../core/explain/linked-reference.ts'
import { code } from '../../core/explain/blocks/plain.ts'
import type { Oid } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import { withoutWorkflows } from '../../core/series/leave-workflows.ts'
import type { LeftOut, Patch } from '../../core/series/series.ts'
import { wantedReleases } from '../../core/series/wanted-releases.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Release, RepositoryName } from '../../ports/forge.ts'
import type { ValueCache } from '../../ports/value-cache.ts'
import type { FindFork } from '../repository/own-fork.ts'
import { forksOnForge, type OpenRepository } from './forks-on-forge.ts'
import type { Work } from './engine.ts'
import { withSeen } from '../repository/standing.ts'
import { readStanding } from '../repository/read-standing.ts'
import { OUR_BRANCHES } from '../jobs/job.ts'
import { planRead, type ForkPlan } from '../plan/plan-fork.ts'
import type { StepReading } from '../step/step-reading.ts'
import { readRepository, type Repository } from '../repository/read-repository.ts'
import type { ObjectStore } from '../../ports/object-store.ts'

/** A repository as its people wish it to be read. */
export interface WorkReading extends StepReading {
  readonly work: Work
  /** The same where workflow files may not be written. */
  leaving(this: void): WorkReading
  /** Names everything that answers are made from. */
  readonly inputs: string
}

export interface ReadingWorld {
  /** The one upstream that the fork's store lists refs of. */
  readonly upstream: RepositoryName
  /** Where the forge is read by people: `https://github.com`. */
  readonly web: string
  /** What upstream published of a release. */
  published(this: void, tag: string): Promise<Pick<Release, 'notes' | 'publishedAt'> | undefined>
  /** Keeps what releases were found to hold. */
  readonly cache: ValueCache
  /** By whose clock releases are young. */
  readonly clock?: Clock
  /** Opens another repository, where a submodule's fork may be. */
  readonly open?: OpenRepository
}

/** Opens a repository for the engine. Refuses a config that names another upstream. */
export async function readWork(
  work: Work,
  { upstream, web, published, cache, open, clock = Date }: ReadingWorld,
): Promise<WorkReading> {
  const { place, config } = work
  refuseOtherUpstream(config.upstream, `${upstream.owner}/${upstream.name}`)
  const { objects } = place
  const repository = await readRepository(objects, [])
  const granted = await place.forge.permissions.ours()
  const mayWrite = granted.get('workflows') === 'write' ? 'carry' : 'leave'
  const workflows = granted.size === 0 ? 'try' : mayWrite
  const { owner, name } = place.repository
  const address = `${web}/${owner}/${name}`
  const forks = await forksOnForge(place, { repository, branch: config.branch, open })
  const inputs = inputsOf(work, repository, `${workflows} ${forks.inputs} ${hourOf(work, clock)}`)
  const read = { work, repository, address, published, objects, cache, inputs, forkOf: forks.find, clock }
  const leaving = readingOf(read, 'leave')
  return workflows === 'leave' ? leaving : { ...readingOf(read, workflows), leaving: () => leaving }
}

interface Read {
  readonly work: Work
  readonly address: RepositoryAddress
  readonly published: ReadingWorld['published']
  readonly repository: Repository
  readonly objects: ObjectStore
  readonly cache: ValueCache
  readonly inputs: string
  readonly forkOf: FindFork
  readonly clock: Clock
}

function readingOf(
  { work, repository, address, published, objects, cache, inputs, forkOf, clock }: Read,
  workflows: WorkReading['workflows'],
): WorkReading {
  const { config, decisions } = work
  const forks = new Map<Oid | undefined, ReturnType<WorkReading['fork']>>()
  const plans = new Map<Oid | undefined, Promise<ForkPlan>>()
  const fork: WorkReading['fork'] = (at) =>
    once(forks, at, async () => {
      const { branch, fork: found } = await readStanding(objects, repository, {
        branch: config.branch,
        at,
        config,
        forkOf,
      })
      const all = found.series.patches
      const patches = workflows === 'leave' ? withoutWorkflows(all) : all
      const dropped = patches.filter(({ id }) => decisions.dropped.includes(id))
      const series = {
        ...found.series,
        patches: patches.filter((patch) => !dropped.includes(patch)),
        leftOut: [...found.series.leftOut, ...dropped.map(droppedEntry)],
      }
      return { repository, config: withSeen(config, found), branch, fork: { ...found, series }, dropped }
    })
  const reading: WorkReading = {
    work,
    repository,
    address,
    published,
    workflows,
    fork,
    inputs,
    store: { objects, cache },
    kept: new Set(decisions.kept),
    leaving: () => reading,
    plan: (at) =>
      once(plans, at, async () => {
        const read = await fork(at)
        const { release: base } = read.fork.base
        const releases = wantedReleases(repository.releases, { base, skipped: decisions.skipped })
        const wanted = { ...read, repository: { ...repository, releases } }
        return planRead(objects, wanted, { cache, depth: 'defaults', published, clock })
      }),
  }
  return reading
}

function droppedEntry({ commits, title, changes }: Patch): LeftOut {
  return { commit: commits[0] as Oid, title, why: 'dropped', changes }
}

function once<T>(
  kept: Map<Oid | undefined, Promise<T>>,
  at: Oid | undefined,
  read: () => Promise<T>,
): Promise<T> {
  const found = kept.get(at) ?? read()
  kept.set(at, found)
  return found
}

function refuseOtherUpstream(wanted: string, ours: string): void {
  if (wanted.toLowerCase() === ours.toLowerCase()) return
  const message = `\`upstream\` is ${code(wanted)}, and whoever runs me set me up to follow ${code(ours)}. Run an App of your own with \`MULTIARCH_UPSTREAM=${wanted}\`, or use the CLI.`
  throw new Refusal({ code: 'other-upstream', message })
}

/** Where releases have to be of an age, an answer holds for an hour. */
function hourOf({ config }: Work, clock: Clock): number {
  return config.minimumAge > 0 ? Math.floor(clock.now() / 3600_000) : 0
}

/** Our own branches are answers, and no inputs. */
function inputsOf(
  { config, decisions }: Work,
  { branches, defaultBranch, releases, upstreamTips }: Repository,
  workflows: string,
): string {
  const heads = [...branches].filter(([name]) => !name.startsWith(OUR_BRANCHES))
  const refs = JSON.stringify([heads, defaultBranch, [...releases], upstreamTips])
  const wishes = JSON.stringify([config, [...config.addons], decisions, workflows])
  return createHash('sha256').update(refs).update('\0').update(wishes).digest('hex')
}
