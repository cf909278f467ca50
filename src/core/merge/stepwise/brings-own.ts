import type { OpenRegion } from '../../model/verdict.ts'
import { splitLines } from '../../text/split-lines.ts'
import { readOutline, type Block } from '../../yaml/outline/read-outline.ts'
import { namesIn } from '../spelled.ts'
import { hasOutline } from '../text-kind.ts'

/**
 * Whether a patch puts something of its own in the place of what upstream took away: with an outline a setting or an item that the base
 * has not there, in any other text a name (variable, option, path) that neither the base's lines nor the file as upstream has it know.
 * That is no edit which goes with what it edits.
 */
export function bringsOwn(path: string, { sides }: OpenRegion, upstream: readonly string[]): boolean {
  const [base, patch] = [splitLines(sides.base), splitLines(sides.patch)]
  if (hasOutline(path)) {
    const known = idsIn(base)
    return [...idsIn(patch)].some((id) => !known.has(id))
  }
  const names = new Set([...base, ...upstream].flatMap(namesIn))
  return patch.some((line) => namesIn(line).some((name) => !names.has(name)))
}

/** What stands at the top of some lines: settings, and items that are known by a name. */
function idsIn(lines: readonly string[]): ReadonlySet<string> {
  const named = ({ kind, id }: Block): boolean => kind === 'key' || (kind === 'item' && NAMED.test(id))
  return new Set(
    readOutline(lines)
      .children.filter(named)
      .map(({ id }) => id),
  )
}

/** Of items without one the whole text is the id: an edit makes it another. */
const NAMED = /^i:(?:name|id|key):/
