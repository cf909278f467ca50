import { vi } from 'vitest'

const { setInterval: everyReal, clearInterval: endReal } = globalThis

/** How often it is looked whether anybody does anything. */
const LOOK = 5
/** One step at most, so that nobody's hour is over while they are busy. */
const LONGEST = 15_000

/**
 * The clock and the timers of this process, in which waiting costs next to nothing: time passes as it does, and faster and faster
 * while somebody waits and nothing else happens. Everybody here shares it, GitHub's stand-in too, so limits, leases and pauses mean
 * what they say. Begins before what is to live in it is made.
 */
export function passingTime(): PassingTime {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  let happened = (): number => 0
  let waits = 0
  let seen = 0
  let step = LOOK
  let last = performance.now()
  const timer = everyReal(() => {
    const now = happened()
    const isQuiet = waits > 0 && now === seen
    seen = now
    step = isQuiet ? Math.min(step * 2, LONGEST) : LOOK
    const passed = performance.now() - last
    last += passed
    vi.advanceTimersByTime(isQuiet ? Math.max(step, passed) : passed)
  }, LOOK)
  return {
    watch: (what) => void (happened = what),
    waitFor: (work) => {
      waits++
      return work.finally(() => waits--)
    },
    end: () => {
      endReal(timer)
      vi.useRealTimers()
    },
  }
}

interface PassingTime {
  /** How much has happened so far; while it grows, nobody only waits. */
  watch(this: void, happened: () => number): void
  /** Waits for something that may take its time. */
  waitFor<T>(this: void, work: Promise<T>): Promise<T>
  /** Brings the real clock back. */
  end(this: void): void
}
