import { putAt } from '../../text/append.ts'
import { bareLine } from '../../text/split-lines.ts'
import { matchBlocks, type Matching } from './match-blocks.ts'
import { blockLines, readOutline, type Block } from './read-outline.ts'

/** The settings of the base that the patch made comments of, with these comments. */
export function commentedOut(
  base: readonly Block[],
  patch: readonly Block[],
  { forward, backward }: Matching,
): ReadonlyMap<Block, readonly Block[]> {
  const found = new Map<Block, readonly Block[]>()
  for (const block of base) {
    if (block.kind !== 'key' || forward.has(block)) continue
    const wanted = blockLines(block).map(words)
    const start = patch.findIndex((_, at) => {
      const run = patch.slice(at, at + wanted.length)
      return (
        run.length === wanted.length &&
        run.every((each, line) => isNewComment(each, backward) && uncommented(each) === wanted[line])
      )
    })
    if (start >= 0) found.set(block, patch.slice(start, start + wanted.length))
  }
  return found
}

function isNewComment(block: Block, known: ReadonlyMap<Block, Block>): boolean {
  return block.kind === 'comment' && !known.has(block)
}

function uncommented(comment: Block): string {
  return words((comment.lines[0] ?? '').replace(/^\s*#/, ''))
}

function words(line: string): string {
  return line.trim().replace(/\s+/g, ' ')
}

/** A setting's lines as comments, in the way the patch writes them: the sign at the setting or at the line's start, with a blank or without. */
export function asComments(block: Block, comments: readonly Block[]): string[] {
  const [, room = '', sign = '# '] = /^(\s*)(#\s?)/.exec(bareLine(comments[0]?.lines[0] ?? '')) ?? []
  const atStart = room === '' && block.indent > 0
  const column = atStart ? 0 : block.indent
  const written = atStart ? '#' : sign
  return blockLines(block).map((line) =>
    bareLine(line).trim() === '' ? line : `${line.slice(0, column)}${written}${line.slice(column)}`,
  )
}

/** Whether two settings differ in nothing but blanks and line breaks. */
export function sameButBlanks(a: Block, b: Block): boolean {
  return inked(a) === inked(b)
}

function inked(block: Block): string {
  return blockLines(block).join('').replace(/\s+/g, '')
}

/**
 * Kubespray's names for the check of a download (`sha256` up to v2.27, `checksum` from v2.28). Who switches one off waits for
 * a checksum that fits; once upstream changes the checksum, switching it off any longer only hides a wrong file.
 */
export function isVerification({ id }: Block): boolean {
  return /^k:(sha256|checksum)$/.test(id)
}

/** The patch's text with all checks on again that it switches off, and everything else it does. */
export function withChecksOn(base: readonly string[], patch: readonly string[]): string[] {
  const splices: { readonly at: number; readonly drop: number; readonly lines: readonly string[] }[] = []
  const visit = (was: Block, is: Block): void => {
    const matching = matchBlocks(was.children, is.children)
    const off = commentedOut(was.children, is.children, matching)
    was.children.forEach((child, index) => {
      const other = matching.forward.get(child)
      if (other) return visit(child, other)
      if (!isVerification(child)) return
      const comments = off.get(child)
      const before = was.children.slice(0, index).reverse()
      const neighbour = before.map((each) => matching.forward.get(each)).find((each) => each !== undefined)
      const at = comments?.[0]?.at ?? (neighbour ? neighbour.at + blockLines(neighbour).length : undefined)
      if (at !== undefined) splices.push({ at, drop: comments?.length ?? 0, lines: blockLines(child) })
    })
  }
  visit(readOutline(base), readOutline(patch))
  const lines = [...patch]
  for (const { at, drop, lines: put } of splices.sort((a, b) => b.at - a.at)) putAt(lines, at, drop, put)
  return lines
}
