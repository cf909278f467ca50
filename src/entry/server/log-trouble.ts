import type { Log } from '../../ports/clock.ts'
import type { Trouble } from '../../ports/job-queue.ts'

/** What a queue has to tell that no job tells: it stands in the log, and an alarm can wait for it. */
export function logTrouble(log: Log): (what: Trouble) => void {
  return (what) => {
    const error = what.error instanceof Error ? what.error.message : String(what.error)
    if (what.kind === 'connection') log.error('queue away', { error })
    else log.error('job given up', { key: what.key, repository: what.group, error })
  }
}
