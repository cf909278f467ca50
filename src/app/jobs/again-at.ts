import type { TryLater } from '../../ports/try-later.ts'

/** What time alone may not mend is tried again after a minute, then two, then four, and in the end once an hour. */
const FIRST = 60_000
const SLOWEST = 3600_000

/** When to try again what was put off so often before; all in milliseconds since 1970. */
export function againAt({ notBefore, unclear }: TryLater, putBack: number, now: number): number {
  return unclear ? Math.max(notBefore, now + Math.min(FIRST * 2 ** putBack, SLOWEST)) : notBefore
}

/** Whether people should hear of it: the first time may have been a moment's. */
export function isLasting({ unclear }: TryLater, putBack: number): boolean {
  return unclear !== undefined && putBack > 0
}
