import type { Sides } from '../../model/sides.ts'
import { append } from '../../text/append.ts'
import type { Region } from '../../text/diff3.ts'
import { withoutLineEnds } from '../../text/without-line-ends.ts'
import { boundOf } from '../bound-of.ts'
import { regionsOf } from './take-in-text.ts'

interface Marked {
  readonly lines: readonly string[]
  /** How many places are open in it. */
  readonly places: number
}

/** A merged text with all three sides where it is open, as git writes them with `merge.conflictStyle=diff3`. */
export function markConflicts(path: string, sides: Sides<readonly string[]>, labels: Sides<string>): Marked {
  const ends = withoutLineEnds(sides)
  const regions = regionsOf(path, ends.sides, boundOf(sides) !== undefined)
  const lines: string[] = []
  for (const region of regions)
    append(lines, region.kind === 'open' ? marked(region.lines, labels) : region.lines)
  return { lines: ends.restore(lines), places: regions.filter(isOpen).length }
}

function isOpen({ kind }: Region): boolean {
  return kind === 'open'
}

function marked(sides: Sides<readonly string[]>, labels: Sides<string>): readonly string[] {
  return [
    `<<<<<<< ${labels.upstream}\n`,
    ...sides.upstream,
    `||||||| ${labels.base}\n`,
    ...sides.base,
    '=======\n',
    ...sides.patch,
    `>>>>>>> ${labels.patch}\n`,
  ]
}
