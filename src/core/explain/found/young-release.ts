import type { Problem } from '../../model/problem.ts'
import type { ReleaseTag } from '../../model/release-tag.ts'
import { code } from '../blocks/plain.ts'
import { plural } from '../plural.ts'

/** A release that is not offered yet, because it has not been out for as long as the settings want. */
export interface YoungRelease {
  readonly release: ReleaseTag
  /** What its age counts from, milliseconds since 1970: that upstream published it, or where nobody told us so, its commit. */
  readonly since: number
  readonly by: 'published' | 'committed'
  /** From when it is offered, milliseconds since 1970. */
  readonly offered: number
  /** Whole days that it has been out, and that it has to be. */
  readonly days: number
  readonly minimum: number
}

/** Says of such a release when it is offered. */
export function youngRelease({ release, since, by, offered, days, minimum }: YoungRelease): Problem {
  const age = days === 0 ? 'less than a day old' : `${plural(days, 'day')} old`
  const message = `${code(release)} is ${age} (${by} on ${dayOf(since)}), and ${code('minimum-age')} in the settings is ${minimum}: it is offered from ${dayOf(offered)} on.`
  return { code: 'release-young', message }
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
