import type { RetryPolicy } from '../../ports/job-queue.ts'

/** How long a queue remembers deliveries: GitHub lets one be sent again for three days. */
export const REMEMBER_DELIVERIES = 3 * 24 * 3600_000

/** Failed jobs are kept this long, and this many of them. */
export const KEEP_FAILED = { age: 7 * 24 * 3600_000, most: 1000 } as const

/**
 * Five attempts over about six minutes: long enough for GitHub's hiccups, short enough that a person who waits for an
 * answer hears of a defect the same hour. A fifth of the pause is jitter, so that what failed together does not return
 * together.
 */
export const RETRY: RetryPolicy = {
  attempts: 5,
  pause: (attempt) => 15_000 * 2 ** (attempt - 1) * (1 - Math.random() / 5),
}
