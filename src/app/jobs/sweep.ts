import type { Clock, Log } from '../../ports/clock.ts'
import type { RepositoryName } from '../../ports/forge.ts'
import type { Host } from '../../ports/host.ts'
import type { JobSink } from '../../ports/job-queue.ts'
import { PartlyListed } from '../../ports/partly-listed.ts'
import { groupOf, keyOf, type Job } from './job.ts'
import { dueTimes } from './due-times.ts'

export interface SweepWorld {
  readonly host: Host
  readonly queue: JobSink<Job>
  readonly clock: Clock
  readonly log: Log
}

/** A queue elsewhere answers in a millisecond each; ten thousand one by one would take a while. */
const AT_ONCE = 100

/**
 * Puts in a look at every repository, spread over a while; makes good whatever webhook was lost. Rejects where some could not be
 * listed: those that could are looked at all the same.
 */
export async function sweep({ host, queue, clock, log }: SweepWorld): Promise<number> {
  const { repositories, missing } = await listed(host)
  const due = dueTimes(repositories, clock.now())
  const put = (repository: RepositoryName, index: number) => {
    const job: Job = { kind: 'sweep', repository }
    const notBefore = due[index] as number
    return queue.enqueue({ key: keyOf(job), group: groupOf(job), body: job, notBefore })
  }
  for (let at = 0; at < repositories.length; at += AT_ONCE) {
    const some = repositories.slice(at, at + AT_ONCE)
    await Promise.all(some.map((repository, index) => put(repository, at + index)))
  }
  log.info('sweep', { repositories: repositories.length })
  if (missing) throw missing
  return repositories.length
}

async function listed(
  host: Host,
): Promise<{ readonly repositories: readonly RepositoryName[]; readonly missing?: PartlyListed }> {
  try {
    return { repositories: await host.installed() }
  } catch (error) {
    if (error instanceof PartlyListed) return { repositories: error.found, missing: error }
    throw error
  }
}

/** Watches upstream for all installations together: asks once, and costs nothing while nothing changed. */
export class ReleaseWatch {
  readonly #upstream: RepositoryName
  readonly #world: SweepWorld
  #mark: string | undefined

  constructor(upstream: RepositoryName, world: SweepWorld) {
    this.#upstream = upstream
    this.#world = world
  }

  /** Sweeps where upstream's tags changed since the last look; the first look only remembers. */
  async look(): Promise<'unchanged' | 'swept'> {
    const { forge } = await this.#world.host.open(this.#upstream)
    const { mark, changed } = await forge.releases.look(this.#mark)
    const first = this.#mark === undefined
    if (first || !changed) {
      this.#mark = mark
      return 'unchanged'
    }
    await sweep(this.#world)
    // Only now: a sweep that failed is owed.
    this.#mark = mark
    return 'swept'
  }
}
