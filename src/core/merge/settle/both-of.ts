import type { Sides } from '../../model/sides.ts'
import { append } from '../../text/append.ts'
import { diffLines, type Hunk } from '../../text/diff-lines.ts'
import { sameLines } from '../../text/diff3.ts'
import { oneAfterTheOther } from '../../text/merge-region.ts'

/**
 * What both sides did to the lines of a collision: what either takes away is gone, and what either puts in is there, at one place
 * upstream's first, since what the patch adds to a release comes after what it is added to. Lines that both put in stand once.
 * `undefined` where there are no two things to have: one side has nothing there, or what comes out is one side's alone.
 */
export function bothOf(sides: Sides<readonly string[]>): readonly string[] | undefined {
  const { upstream, patch } = sides
  if (upstream.length === 0 || patch.length === 0) return undefined
  const base = sides.base.length > 0 ? sides.base : inCommon(upstream, patch)
  const [theirs, ours] = [diffLines(base, upstream), diffLines(base, patch)]
  const lines: string[] = []
  for (let at = 0; at <= base.length; at++) {
    append(lines, onceEach(putInAt(at, theirs, upstream), putInAt(at, ours, patch)))
    const isKept = [...theirs, ...ours].every(({ from, to }) => at < from || at >= to)
    if (isKept) append(lines, base.slice(at, at + 1))
  }
  return sameLines(lines, upstream) || sameLines(lines, patch) ? undefined : lines
}

/** Of two texts without a common origin, what they have in common serves as one. */
function inCommon(a: readonly string[], b: readonly string[]): readonly string[] {
  const hunks = diffLines(a, b)
  return a.filter((_, at) => hunks.every(({ from, to }) => at < from || at >= to))
}

function putInAt(at: number, hunks: readonly Hunk[], side: readonly string[]): readonly string[] {
  const hunk = hunks.find(({ from }) => from === at)
  return hunk ? side.slice(hunk.start, hunk.end) : []
}

function onceEach(upstream: readonly string[], patch: readonly string[]): readonly string[] {
  const most = Math.min(upstream.length, patch.length)
  let head = 0
  while (head < most && upstream[head] === patch[head]) head++
  let tail = 0
  while (tail < most - head && upstream.at(-1 - tail) === patch.at(-1 - tail)) tail++
  const middle = (side: readonly string[]): readonly string[] => side.slice(head, side.length - tail)
  const [between = []] = oneAfterTheOther({ base: [], upstream: middle(upstream), patch: middle(patch) })
  return [...upstream.slice(0, head), ...between, ...upstream.slice(upstream.length - tail)]
}
