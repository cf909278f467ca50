import type { CollisionNote } from '../../model/merge-note.ts'
import type { Sides } from '../../model/sides.ts'
import { leaveOpen, type Findings } from './findings.ts'
import { reindented, sameBlock } from './same-block.ts'
import { blockLines, type Block } from './read-outline.ts'
import { isDigest, isLower } from './is-lower.ts'

/** Where a pair stands, and what is known of its siblings. */
interface Level {
  readonly path: readonly string[]
  /** What `loweredTopics` gives: a digest goes with its version. */
  readonly lowered: readonly string[]
  readonly findings: Findings
  /** Merges what stands below both. */
  readonly mergeBelow: (sides: Sides<readonly Block[]>, path: readonly string[]) => string[]
}

/**
 * One thing that both sides put in. A value of the user's stays and upstream's is told, since it is a setting of their own;
 * but not where upstream's is the reviewed form of this very patch, nor where it would take a version down. Maps are merged
 * key by key. What else differs stays open.
 */
export function mergeTwins(
  upstream: Block,
  patch: Block,
  { path, lowered, findings, mergeBelow }: Level,
): string[] {
  if (sameBlock(upstream, patch)) {
    findings.taken.push(path.join('.'))
    return blockLines(upstream)
  }
  const there = headOf(upstream)
  const own = headOf(patch)
  if (isMap(upstream) && isMap(patch) && there === own) {
    const below = { base: [], upstream: upstream.children, patch: patch.children }
    return [...upstream.lines, ...mergeBelow(below, path)]
  }
  if (!isValue(upstream) || !isValue(patch)) {
    leaveOpen({ base: undefined, upstream, patch }, path, findings)
    return blockLines(upstream)
  }
  if (bareValue(there) === bareValue(own)) {
    findings.taken.push(path.join('.'))
    return blockLines(upstream)
  }
  const code = whatStands(own, there, { lowered, findings })
  findings.told.push({ code, key: path.join('.'), there, own })
  return code === 'value-kept' ? reindented(patch, upstream.indent) : blockLines(upstream)
}

function whatStands(
  own: string,
  there: string,
  { lowered, findings }: Pick<Level, 'lowered' | 'findings'>,
): CollisionNote['code'] {
  if (findings.isReviewed) return 'value-reviewed'
  const goesWith = isDigest(own) && isDigest(there) && lowered.includes(topicOf(own))
  return goesWith || isLower(own, there) ? 'value-lowered' : 'value-kept'
}

/** What pairs of one level would take a version down, each by its topic. */
export function loweredTopics(twins: ReadonlyMap<Block, Block>): readonly string[] {
  return [...twins].flatMap(([patch, upstream]) => {
    const [own, there] = [headOf(patch), headOf(upstream)]
    return isValue(patch) && isValue(upstream) && isLower(own, there) ? [topicOf(own)] : []
  })
}

/** The first word of a name of several (`panel` of `panel_image_tag`); of one word, the map that it stands in is its topic. */
function topicOf(line: string): string {
  const [, word = '', more = ''] = /^["']?([A-Za-z0-9]+)([_.-]?)/.exec(line) ?? []
  return more === '' ? '' : word
}

/** A setting with settings below it and nothing else. */
function isMap({ kind, lines, children }: Block): boolean {
  const said = children.filter((child) => child.kind !== 'comment' && child.kind !== 'blank')
  return (
    kind === 'key' && lines.length === 1 && said.length > 0 && said.every((child) => child.kind === 'key')
  )
}

/** A setting with a value on its line; of one without any, nobody knows what follows. */
function isValue({ kind, lines, children }: Block): boolean {
  return (
    kind === 'key' && lines.length === 1 && children.length === 0 && !/:\s*(?:#.*)?$/s.test(lines[0] ?? '')
  )
}

function headOf({ lines: [line = ''] }: Block): string {
  return line.trim()
}

/** Quotes and blanks are no matter of what is meant. */
function bareValue(line: string): string {
  return line.replace(/[\s"']/g, '')
}
