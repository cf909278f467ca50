import { isTelling } from '../../text/line-weight.ts'
import { bagOf, beyond, sumOf } from '../line-bag.ts'
import type { Sides } from '../../model/sides.ts'

/**
 * Whether a line that a patch takes away stands in what carrying it up history made: more often than the patch leaves it, copies aside that
 * the text which it is carried onto has beyond the base. The way up begins at upstream's own text, which never had what an earlier patch
 * of the series brought: taking that away looks done there, and comes back where the earlier patch's text is met at the end.
 */
export function standsAgain(
  made: readonly (readonly string[])[],
  { base, upstream, patch }: Sides<readonly string[]>,
): boolean {
  const [was, there, left] = [base, upstream, patch].map((lines) => bagOf(lines)) as [Bag, Bag, Bag]
  const stands = sumOf(made.map((lines) => bagOf(lines)))
  for (const line of beyond(was, left).keys()) {
    if (!isTelling(line)) continue
    const more = Math.max(0, (there.get(line) ?? 0) - (was.get(line) ?? 0))
    if ((stands.get(line) ?? 0) > (left.get(line) ?? 0) + more) return true
  }
  return false
}

type Bag = ReturnType<typeof bagOf>
