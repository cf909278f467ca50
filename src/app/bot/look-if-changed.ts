import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { Refusal } from '../../core/model/problem.ts'
import type { Oid } from '../../core/model/oid.ts'
import { repositoryKey } from '../../core/model/repository-key.ts'
import { minorOf, readReleaseTag } from '../../core/model/release-tag.ts'
import type { Workplace } from '../../ports/host.ts'
import { DASHBOARD_LABEL, type BotWorld } from './bot-world.ts'
import { ONBOARDING_BRANCH, OUR_BRANCHES } from '../jobs/job.ts'
import { eachCluster } from '../repository/cluster/choose-cluster.ts'
import { readConfigAt } from '../repository/read-config-at.ts'
import { UPSTREAM_REFS } from '../repository/read-repository.ts'
import { placeInTime } from '../jobs/due-times.ts'
import { NOTE_REF } from './repository-note.ts'
import type { Looked } from './look-after.ts'
import { watchRefusals } from './watch-refusals.ts'

/**
 * The look of a sweep, which is left out where nothing changed since one that found nothing to do: a sweep asks one
 * question of each of ten thousand repositories, and not dozens. What that question does not see (an image that came to a
 * registry) is seen by the whole look that each repository is given once a day.
 */
export async function lookIfChanged(place: Workplace, world: BotWorld, look: Look): Promise<void> {
  const seen = await see(place, world)
  if (seen && (await isSettled(seen, world))) return world.log.info('unchanged', { repository: seen.name })
  if ((await lookWatched(place, world, look)) && seen) await settle(seen, place, world)
}

/**
 * The same where nobody looks again soon and all that is known lies in the repository itself: what the look has left is noted at once,
 * unless somebody else moved a branch meanwhile. `anew` opens the repository as it is then.
 */
export async function lookAndNote(
  place: Workplace,
  world: BotWorld,
  { look, anew }: { readonly look: Look; anew(this: void): Promise<Workplace> },
): Promise<void> {
  const seen = await see(place, world)
  if (seen && (await isSettled(seen, world))) return world.log.info('unchanged', { repository: seen.name })
  if (!(await lookWatched(place, world, look))) return
  const after = await anew()
  const left = await see(after, world)
  const [ours, theirs] = await Promise.all([ownRefs(place), ownRefs(after)])
  if (left && isDeepStrictEqual(ours, theirs)) await settle(left, after, world)
}

type Look = (place: Workplace, world: BotWorld) => Promise<Looked>

/** Whether the look saw the repository, and nothing stood in its way that may be gone by the next one. */
async function lookWatched(place: Workplace, world: BotWorld, look: Look): Promise<boolean> {
  const watched = watchRefusals(place)
  const outcome = await look(watched.place, world)
  // What GitHub refused may be allowed without a trace in the repository: a protection is gone, say, or a permission given.
  return outcome === 'done' || (outcome === 'troubled' && !watched.refused())
}

async function ownRefs({ objects }: Workplace): Promise<readonly (readonly [string, Oid])[]> {
  const prefixes = ['refs/heads/', 'refs/tags/', 'refs/multiarch/']
  const lists = await Promise.all(prefixes.map((prefix) => objects.listRefs(prefix)))
  const all = lists.flatMap((each) => [...each])
  const own = all.filter(([ref]) => !ref.startsWith(UPSTREAM_REFS) && ref !== NOTE_REF)
  // What was moved meanwhile stands where it was put.
  return own.sort(([a], [b]) => (a < b ? -1 : 1))
}

/** What a look would read, as far as one question tells. */
interface Seen {
  readonly name: string
  /** Everything of the repository itself. */
  readonly key: string
  readonly releases: ReadonlyMap<string, Oid>
}

async function see(place: Workplace, { clock, wholeLookEvery }: BotWorld): Promise<Seen | undefined> {
  const { forge, objects, repository } = place
  try {
    // In one turn, so that over GitHub it is one request.
    const [mark, granted, upstream, own] = await Promise.all([
      forge.repository.mark({ branchPrefix: OUR_BRANCHES, label: DASHBOARD_LABEL }),
      forge.permissions.ours(),
      objects.listRefs(`${UPSTREAM_REFS}tags/`),
      ownRefs(place),
    ])
    const name = repositoryKey(repository)
    const all = [name, mark, placeInTime(name, clock.now(), wholeLookEvery), [...granted].sort(), own]
    return mark === undefined ? undefined : { name, key: `settled:${digest(all)}`, releases: upstream }
  } catch (error) {
    // Where we may not see all of it, the look itself says so where people read it.
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Which of upstream's releases would be something new: any, none, or those of a minor. */
type Follows = 'any' | 'none' | { readonly minor: string }

/** What is kept under the key of what was seen. */
interface Settled {
  readonly follows: Follows
  /** Of the releases that it follows. */
  readonly releases: string
}

async function isSettled({ key, releases }: Seen, { settled }: BotWorld): Promise<boolean> {
  const bytes = (await settled.read([key])).get(key)
  if (!bytes) return false
  const kept = JSON.parse(new TextDecoder().decode(bytes)) as Settled
  return kept.releases === followed(releases, kept.follows)
}

async function settle({ key, releases }: Seen, place: Workplace, { settled }: BotWorld): Promise<void> {
  const follows = await readFollows(place)
  const kept: Settled = { follows, releases: followed(releases, follows) }
  await settled.write(new Map([[key, new TextEncoder().encode(JSON.stringify(kept))]]))
}

async function readFollows({ objects }: Workplace): Promise<Follows> {
  const [heads, main] = await Promise.all([objects.listRefs('refs/heads/'), objects.defaultBranch()])
  const head = main === undefined ? undefined : heads.get(main)
  if (!head) return 'none'
  const reading = await readConfigAt(objects, head)
  // Without a config and without our proposal of one it is no fork of Kubespray, or nobody wants us there.
  if (!reading) return heads.has(`refs/heads/${ONBOARDING_BRANCH}`) ? 'any' : 'none'
  const minors = reading.kind === 'config' ? eachCluster(reading.config).map(({ stayOn }) => stayOn) : []
  const [minor] = minors
  return minor === undefined || minors.some((each) => each !== minor) ? 'any' : { minor }
}

function followed(releases: ReadonlyMap<string, Oid>, follows: Follows): string {
  if (follows === 'none') return ''
  const wanted = [...releases].filter(([ref]) => {
    const tag = readReleaseTag(ref.slice(ref.lastIndexOf('/') + 1))
    return tag && (follows === 'any' || minorOf(tag) === follows.minor)
  })
  return digest(wanted)
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
