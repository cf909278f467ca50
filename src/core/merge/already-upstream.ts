import { subjectOf } from '../model/commit.ts'
import { short, type Oid } from '../model/oid.ts'
import type { Taker } from './takers.ts'
import { bearsTitle } from './titles.ts'

/** The finding that upstream has done what the patch does. */
export interface AlreadyUpstream {
  /** The commit that took it. */
  readonly by: Taker
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

/**
 * Of a commit that goes by the patch's very title, this share will do: titles are kept through review, and what has the title
 * of another change has hardly a line of it. Below, a title proves nothing: people give one title to many things.
 */
const SAME_TITLE = 0.25

/** Whether upstream took the patch, from the commits that do some of it, best first. */
export function alreadyUpstream(
  takers: readonly Taker[],
  title: string | undefined,
): AlreadyUpstream | undefined {
  const [best] = takers
  if (best && best.cover >= REVIEWED_FORM) return taken(best, '')
  const titled = takers.find(
    ({ commit, cover }) => cover >= SAME_TITLE && title !== undefined && bearsTitle(commit.message, title),
  )
  return titled && taken(titled, ', under the same title')
}

function taken(by: Taker, how: string): AlreadyUpstream {
  const { commit, cover, undoneBy } = by
  const name = `\`${short(commit.oid)}\` (${subjectOf(commit.message)})`
  if (undoneBy) {
    const undo = `\`${short(undoneBy.oid)}\` (${subjectOf(undoneBy.message)})`
    return {
      by,
      verdict: 'obsolete',
      commits: [commit.oid, undoneBy.oid],
      confidence: cover,
      reason: `Upstream took this as ${name} and took it back with ${undo}.`,
    }
  }
  const reason =
    cover >= SAME
      ? `Upstream has this as ${name}.`
      : `Upstream has this in another form as ${name}${how}, with ${Math.round(cover * 100)} % of the patch's lines.`
  return { by, verdict: 'upstreamed', commits: [commit.oid], confidence: cover >= SAME ? 1 : cover, reason }
}
