import { ReleaseWatch, sweep, type SweepWorld } from '../../app/jobs/sweep.ts'
import type { RepositoryName } from '../../ports/forge.ts'

interface SweepTimes {
  /** Milliseconds between two sweeps of everything, and between two looks for releases. */
  readonly sweepEvery: number
  readonly watchEvery: number
  readonly upstream: RepositoryName
}

/** Sweeps at the start, for whatever was lost while nobody ran, and then by the clock. Returns what ends it. */
export function startSweeping(world: SweepWorld, times: SweepTimes): () => void {
  const watch = new ReleaseWatch(times.upstream, world)
  const safely = (what: string, run: () => Promise<unknown>) => (): void => {
    run().catch((error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      world.log.error(`${what} failed`, { error: text })
    })
  }
  const sweepSafely = safely('sweep', () => sweep(world))
  const watchSafely = safely('look for releases', () => watch.look())
  sweepSafely()
  watchSafely()
  const timers = [setInterval(sweepSafely, times.sweepEvery), setInterval(watchSafely, times.watchEvery)]
  return () => timers.forEach((timer) => clearInterval(timer))
}
