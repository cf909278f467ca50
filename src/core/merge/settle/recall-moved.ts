import { eachSide } from '../../model/sides.ts'
import { diffLines, type Hunk } from '../../text/diff-lines.ts'
import { sameLines } from '../../text/diff3.ts'
import { withoutLineEnds } from '../../text/without-line-ends.ts'
import { isTelling } from '../../text/line-weight.ts'
import { boundOf } from '../bound-of.ts'
import { lostNames } from '../lost-names.ts'
import { carriedOver, type Met, type Recalled } from './recall.ts'
import { surroundings, type Stretch } from './surroundings.ts'
import { checked, regionsOf } from './take-in-text.ts'

/**
 * Gives the answer to a conflict in a file that has the release's lines of then by now, though it is no later form of the file: the
 * lines stand there as one piece, in the same surroundings, and what was made of them there is made of them here.
 */
export function recallMoved(
  then: Met & { readonly made: readonly string[] },
  now: { readonly path: string; readonly lines: readonly string[] },
): Recalled {
  const plain = eachSide(
    { base: then.sides.upstream, upstream: now.lines, patch: then.made },
    (lines) => withoutLineEnds({ base: lines, upstream: lines, patch: lines }).sides.base,
  )
  const { base: old, upstream: here, patch: made } = plain
  const moved = diffLines(old, here)
  const changes = diffLines(old, made).map(({ from, to }) => ({ from, to }))
  const met = openAt(then)
  if (met.length === 0 || ![...met, ...changes].every((at) => says(old, at) && stands(at, moved)))
    return { kind: 'not-recalled', why: { code: 'other-lines' } }
  const isAlike = [...met, ...changes].every((at) =>
    sameLines(surroundings(then.path, old, at), surroundings(now.path, here, shifted(at, moved))),
  )
  if (!isAlike) return { kind: 'not-recalled', why: { code: 'other-place' } }
  const names = lostNames({ base: old, upstream: here, patch: made })
  if (names.length > 0) return { kind: 'not-recalled', why: { code: 'names-lost', names } }
  const lines = carriedOver(old, here, made)
  if (!lines) return { kind: 'not-recalled', why: { code: 'collides' } }
  const { restore } = withoutLineEnds({ base: now.lines, upstream: now.lines, patch: now.lines })
  const alone = { base: now.lines, upstream: now.lines, patch: now.lines }
  const looked = checked(now.path, restore(lines), alone)
  if (looked.kind === 'refused') return { kind: 'not-recalled', why: { code: 'collides' } }
  return { kind: 'recalled', lines: looked.lines }
}

/** Where it was open, in the release's text. */
function openAt({ path, sides }: Met): readonly Stretch[] {
  const ends = withoutLineEnds(sides)
  const regions = regionsOf(path, ends.sides, boundOf(sides) !== undefined)
  return regions.flatMap(({ kind, at }) => (kind === 'open' ? [at.upstream] : []))
}

/** Blank lines and signs are found anywhere. */
function says(lines: readonly string[], { from, to }: Stretch): boolean {
  const near = lines.slice(Math.max(0, from - 1), to + 1)
  return near.some(isTelling)
}

/** Whether these lines are all there, and nothing came between them. */
function stands({ from, to }: Stretch, moved: readonly Hunk[]): boolean {
  return moved.every((hunk) => hunk.to <= from || hunk.from >= to)
}

function shifted({ from, to }: Stretch, moved: readonly Hunk[]): Stretch {
  const above = moved.filter((hunk) => hunk.to <= from)
  const by = above.reduce((sum, hunk) => sum + (hunk.end - hunk.start) - (hunk.to - hunk.from), 0)
  return { from: from + by, to: to + by }
}
