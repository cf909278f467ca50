import type { Range } from '../node/yaml-node.ts'
import { lineAt, lineEnd, lineStart } from './line-start.ts'

/**
 * Where a block entry or item begins with the comments that are its own: the lines directly above it, in its column, that
 * say something about it. A commented-out default is an entry of its own and ends them, and so does an empty line.
 * `floor` is where what stands before it ends.
 */
export function ownCommentsFrom(text: string, start: number, floor: number): number {
  const first = lineStart(text, start)
  const indent = start - first
  // A key behind a dash or a question mark shares its line: what stands above belongs to the item.
  if (text.slice(first, start).trim() !== '') return start
  let top = first
  while (top > floor) {
    const above = lineStart(text, top - 1)
    if (above < floor || above >= top || indentOfComment(lineAt(text, above)) !== indent) break
    top = above
  }
  return behindDefaults(text, { from: top, to: first })
}

/** Where the comment lines begin that follow the last commented-out default among them. */
function behindDefaults(text: string, comments: Range): number {
  let from = comments.from
  for (let at = comments.from; at < comments.to;) {
    const isDefault = isCommentedDefault(lineAt(text, at))
    at = (isDefault ? readDefault(text, at)?.to : undefined) ?? lineEnd(text, at)
    if (isDefault) from = at
  }
  return from
}

/**
 * Where a block entry or item ends: behind its last line's break, and behind comments below it that stand deeper than it
 * does, which talk about what is inside.
 */
export function ownLinesTo(text: string, valueTo: number, indent: number): number {
  let to = lineEnd(text, valueTo)
  for (let at = to; at < text.length;) {
    const line = lineAt(text, at)
    const depth = indentOfComment(line)
    if (line.trim() !== '' && (depth === undefined || depth <= indent)) break
    at = lineEnd(text, at)
    if (depth !== undefined) to = at
  }
  return to
}

/** The comment that follows a value on its line, with its `#`. */
export function trailingComment(text: string, valueTo: number): Range | undefined {
  const line = text.slice(valueTo, lineEnd(text, valueTo)).replace(/\r?\n$/, '')
  const match = /^[\s,\]}]*\s(#.*)$/.exec(line)
  if (!match) return undefined
  const from = valueTo + line.length - (match[1] as string).length
  return { from, to: valueTo + line.length }
}

/** A key that stands in the text as a comment, `# key: value`, with the deeper comment lines that belong to it. */
export interface CommentedDefault extends Range {
  readonly key: string
  /** The value as written behind the colon on the key's line, perhaps empty. */
  readonly written: string
  /** The column of `#`, counted from 0. */
  readonly indent: number
  /** Where the key itself begins, and where it would begin once its comment sign is gone. */
  readonly keyFrom: number
}

/** The commented-out defaults in a part of a text that begins with a line and holds no value's lines. */
export function commentedDefaults(text: string, within: Range): readonly CommentedDefault[] {
  const found: CommentedDefault[] = []
  for (let at = within.from; at < within.to;) {
    const one = readDefault(text, at)
    if (one) found.push(one)
    at = one && one.to > at ? one.to : lineEnd(text, at)
  }
  return found
}

/** One space or none behind `#`: more of them means that the line is inside of another commented-out value. */
const DEFAULT = /^([ \t]*)(#+ ?)(["']?)([A-Za-z_][\w.-]*)\3[ \t]*:(?:[ \t](.*))?$/

function readDefault(text: string, at: number): CommentedDefault | undefined {
  const line = lineAt(text, at)
  const match = DEFAULT.exec(line)
  if (!match) return undefined
  const indent = (match[1] as string).length
  const depth = (match[2] as string).length
  let to = lineEnd(text, at)
  while (to < text.length && isDeeper(lineAt(text, to), { indent, depth })) to = lineEnd(text, to)
  return {
    key: match[4] as string,
    written: (match[5] ?? '').trim(),
    indent,
    keyFrom: at + indent + depth,
    from: at,
    to,
  }
}

/** Whether a comment line goes on with the value of the default above it: it stands deeper, or is an item in its column. */
function isDeeper(line: string, above: { indent: number; depth: number }): boolean {
  const match = /^([ \t]*)(#+[ \t]*)(-[ \t])?\S/.exec(line)
  if (!match || (match[1] as string).length !== above.indent) return false
  const depth = (match[2] as string).length
  return depth > above.depth || (depth === above.depth && match[3] !== undefined)
}

/**
 * Whether a comment line is a value that was switched off, not a sentence. `Note: this is so` is prose, `name: etcd` is a
 * default, and so is everything whose key holds an underscore, as nearly all of Kubespray's variables do.
 */
function isCommentedDefault(line: string): boolean {
  const match = /^[ \t]*#+[ \t]*(?:-[ \t]+)?["']?([A-Za-z_][\w.-]*)["']?[ \t]*:(?:[ \t](.*))?$/.exec(line)
  if (!match) return false
  const [key, value] = [match[1] as string, (match[2] ?? '').trim()]
  return key.includes('_') || (/^[a-z]/.test(key) && (!/\s/.test(value) || /^["'[{|>&*!]/.test(value)))
}

function indentOfComment(line: string): number | undefined {
  return /^([ \t]*)#/.exec(line)?.[1]?.length
}
