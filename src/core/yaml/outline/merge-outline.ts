import { settle, UNSETTLED, type Sides } from '../../model/sides.ts'
import type { OpenRegion } from '../../model/verdict.ts'
import { sameLines } from '../../text/diff3.ts'
import { mergeSiblings } from './merge-siblings.ts'
import { mergeOwnLines } from './merge-own-lines.ts'
import { blockLines, readOutline, type Block } from './read-outline.ts'
import { renamedKeys } from './renamed-keys.ts'
import { withChecksOn } from './with-checks-on.ts'

/** A text merged by its outline: the lines (open places as upstream has them), what was decided, and what was not. */
export interface OutlineMerge {
  readonly lines: readonly string[]
  readonly notes: readonly string[]
  /** Settings the patch changes that upstream no longer has, one sentence each. */
  readonly gone: readonly string[]
  readonly open: readonly OpenRegion[]
  /** Settings that upstream has as the patch has them, and the base has not. */
  readonly taken: readonly string[]
}

/** What the merge of one text gathers on its way. */
export interface Findings {
  readonly notes: string[]
  readonly gone: string[]
  /** Checks the patch switched off to wait for what upstream has brought since. */
  readonly retired: string[]
  readonly open: OpenRegion[]
  readonly taken: string[]
  /** Keys that upstream renamed wherever they stand, old id → new: asked for only where one is missing. */
  readonly renamed: () => ReadonlyMap<string, string>
}

export function noFindings(renamed: Findings['renamed'] = () => new Map<string, string>()): Findings {
  return { notes: [], gone: [], retired: [], open: [], taken: [], renamed }
}

/** Merges three texts setting by setting and item by item, on upstream's text: what the patch does not touch stays as it is there. */
export function mergeOutline(sides: Sides<readonly string[]>): OutlineMerge {
  const roots = {
    base: readOutline(sides.base),
    upstream: readOutline(sides.upstream),
    patch: readOutline(sides.patch),
  }
  let renamed: ReadonlyMap<string, string> | undefined
  const findings = noFindings(() => (renamed ??= renamedKeys(roots.base, roots.upstream)))
  const lines = mergeBlock(roots, [], findings)
  const { notes, gone, open, taken, retired } = findings
  if (retired.length === 0) return { lines, notes, gone, open, taken }
  // What a patch waits for comes in one go: with one check on again, the others it switched off are on again too.
  const patch = withChecksOn(sides.base, sides.patch)
  const rest = sameLines(patch, sides.patch)
    ? { lines, notes, gone, open, taken }
    : mergeOutline({ ...sides, patch })
  return { ...rest, gone: [...retired, ...rest.gone] }
}

/** Merges one block that all three sides have. `path` names the settings it stands in. */
export function mergeBlock(sides: Sides<Block>, path: readonly string[], findings: Findings): string[] {
  const settled = settle(sides, sameBlock)
  if (settled === sides.upstream) {
    if (!sameBlock(sides.base, sides.patch)) findings.taken.push(path.join('.'))
    return blockLines(sides.upstream)
  }
  if (settled !== UNSETTLED) return reindented(settled, sides.upstream.indent)
  const own = mergeOwnLines(sides, path, findings)
  if (!own) return blockLines(sides.upstream)
  const { base, upstream, patch } = sides
  return [
    ...own,
    ...mergeSiblings(
      { base: base.children, upstream: upstream.children, patch: patch.children },
      path,
      findings,
    ),
  ]
}

/** Whether two blocks say the same, wherever they are indented. */
export function sameBlock(a: Block, b: Block): boolean {
  return a === b || sameFrom(a, b, [Math.max(a.indent, 0), Math.max(b.indent, 0)])
}

/** The same, seen from the columns that the outermost two stand in. */
function sameFrom(a: Block, b: Block, columns: readonly [number, number]): boolean {
  return (
    a.lines.length === b.lines.length &&
    a.children.length === b.children.length &&
    a.lines.every((line, index) => sameLine(line, b.lines[index] as string, columns)) &&
    a.children.every((child, index) => sameFrom(child, b.children[index] as Block, columns))
  )
}

function sameLine(a: string, b: string, [left, right]: readonly [number, number]): boolean {
  return left === right ? a === b : fromColumn(a, left) === fromColumn(b, right)
}

function fromColumn(line: string, column: number): string {
  if (column === 0 || line.trim() === '') return line
  return line.slice(Math.min(column, line.length - line.trimStart().length))
}

/** A block's lines, moved to stand at this indentation. */
export function reindented(block: Block, indent: number): string[] {
  return shiftLines(blockLines(block), indent - block.indent)
}

export function shiftLines(lines: readonly string[], by: number): string[] {
  if (by === 0) return [...lines]
  return lines.map((line) => {
    if (line.trim() === '') return line
    if (by > 0) return ' '.repeat(by) + line
    const room = line.length - line.trimStart().length
    return line.slice(Math.min(-by, room))
  })
}

/** Leaves a place open: upstream's lines stay, the three sides are told. */
export function leaveOpen(
  sides: Sides<Block | undefined>,
  path: readonly string[],
  findings: Findings,
): void {
  const text = (block: Block | undefined): string => (block ? blockLines(block).join('') : '')
  findings.open.push({
    line: (sides.upstream?.at ?? 0) + 1,
    key: path.join('.'),
    sides: { base: text(sides.base), upstream: text(sides.upstream), patch: text(sides.patch) },
  })
}

/** The name people read for a block: the key, or the item's first line. */
export function nameOfBlock(block: Block): string {
  const name = block.id.slice(2).split('\n')[0] ?? ''
  return block.kind === 'item' ? `[${name}]` : name
}
