import { subjectOf } from '../model/commit.ts'
import { short, type Oid } from '../model/oid.ts'
import type { Taker } from './takers.ts'

/** The finding that upstream has done what the patch does. */
export interface AlreadyUpstream {
  readonly verdict: 'upstreamed' | 'obsolete'
  readonly commits: readonly Oid[]
  /** 1: the same lines; below: the share of the patch's lines that upstream's form has. */
  readonly confidence: number
  readonly reason: string
}

/** From here on two changes are one: what is missing are lines that say next to nothing. */
const SAME = 0.98

/**
 * A commit with at least this share of the patch's lines is the reviewed form of the patch. Measured by the replay of first
 * and merged forms of one pull request against patches that upstream did not have yet: of the former nine in ten lie above,
 * of the latter the highest reaches 0.45.
 */
const REVIEWED_FORM = 0.5

/** Whether upstream took the patch, from the commits that do some of it. */
export function alreadyUpstream(takers: readonly Taker[]): AlreadyUpstream | undefined {
  const best = takers[0]
  if (!best || best.cover < REVIEWED_FORM) return undefined
  const { commit, cover, undoneBy } = best
  const name = `\`${short(commit.oid)}\` (${subjectOf(commit.message)})`
  if (undoneBy) {
    const undo = `\`${short(undoneBy.oid)}\` (${subjectOf(undoneBy.message)})`
    return {
      verdict: 'obsolete',
      commits: [commit.oid, undoneBy.oid],
      confidence: cover,
      reason: `Upstream took this as ${name} and took it back with ${undo}.`,
    }
  }
  const reason =
    cover >= SAME
      ? `Upstream has this as ${name}.`
      : `Upstream has this in another form as ${name}, with ${Math.round(cover * 100)} % of the patch's lines.`
  return { verdict: 'upstreamed', commits: [commit.oid], confidence: cover >= SAME ? 1 : cover, reason }
}
