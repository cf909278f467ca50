import { createHash } from 'node:crypto'
import { Refusal } from '../../core/model/problem.ts'
import type { Oid } from '../../core/model/oid.ts'
import { repositoryKey } from '../../core/model/repository-key.ts'
import { minorOf, readReleaseTag } from '../../core/model/version.ts'
import type { Workplace } from '../../ports/host.ts'
import { DASHBOARD_LABEL, type BotWorld } from './bot-world.ts'
import { ONBOARDING_BRANCH, OUR_BRANCHES } from '../jobs/job.ts'
import { readConfigAt } from '../fork/read-config.ts'
import { UPSTREAM_REFS } from '../fork/read-repository.ts'
import { placeInDay } from '../jobs/spread.ts'
import { watchRefusals } from './watch-refusals.ts'

/**
 * The look of a sweep, which is left out where nothing changed since one that found nothing to do: a sweep asks one
 * question of each of ten thousand repositories, and not dozens. What that question does not see (an image that came to a
 * registry) is seen by the whole look that each repository is given once a day.
 */
export async function lookIfChanged(
  place: Workplace,
  world: BotWorld,
  look: (place: Workplace) => Promise<void>,
): Promise<void> {
  const seen = await see(place, world)
  if (seen && (await isSettled(seen, world))) return world.log.info('unchanged', { repository: seen.name })
  const watched = watchRefusals(place)
  await look(watched.place)
  // What stood in the way may be gone without a trace in the repository: a protection, say, or a permission.
  if (seen && !watched.refused()) await settle(seen, place, world)
}

/** What a look would read, as far as one question tells. */
interface Seen {
  readonly name: string
  /** Everything of the repository itself. */
  readonly key: string
  readonly releases: ReadonlyMap<string, Oid>
}

async function see(
  { forge, objects, repository }: Workplace,
  { clock }: BotWorld,
): Promise<Seen | undefined> {
  try {
    // In one turn, so that over GitHub it is one request.
    const [mark, granted, upstream, ...refs] = await Promise.all([
      forge.repository.mark({ branchPrefix: OUR_BRANCHES, label: DASHBOARD_LABEL }),
      forge.permissions.ours(),
      objects.listRefs(`${UPSTREAM_REFS}tags/`),
      ...['refs/heads/', 'refs/tags/', 'refs/multiarch/'].map((prefix) => objects.listRefs(prefix)),
    ])
    const name = repositoryKey(repository)
    const own = refs.flatMap((each) => [...each]).filter(([ref]) => !ref.startsWith(UPSTREAM_REFS))
    const all = [name, mark, placeInDay(name, clock.now()), [...granted].sort(), own]
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
  const minor = reading.kind === 'config' ? reading.config.stayOn : undefined
  return minor === undefined ? 'any' : { minor }
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
