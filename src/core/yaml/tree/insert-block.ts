import type { Edit } from '../../text/edit.ts'
import { reindent } from './indent-style.ts'
import { lineBreakOf, lineStart } from './line-start.ts'
import type { YamlDocument, YamlEntry, YamlItem, YamlMapping, YamlSequence } from '../node/yaml-node.ts'

/** Whole lines of an entry or item, as `from` to `to` cut them out of any text, and the column they stood in. */
interface Block {
  readonly text: string
  readonly indent: number
}

/** The lines of an entry or item, its own comments with it; what shares its line with a dash begins in its column. */
export function blockOf(text: string, child: YamlEntry | YamlItem): Block {
  const isOnOwnLine = lineStart(text, child.from) === child.from
  return {
    text: (isOnOwnLine ? '' : ' '.repeat(child.indent)) + text.slice(child.from, child.to),
    indent: child.indent,
  }
}

/** A place between the children of a block mapping or list: behind the child of this number, -1 for before the first. */
interface BlockPlace {
  readonly parent: YamlMapping | YamlSequence
  readonly after: number
}

/** Puts an entry or item, with its comments, between the children of a block collection, in their column. */
export function insertBlock(document: YamlDocument, place: BlockPlace, block: Block): readonly Edit[] {
  const { text } = document
  const { parent, after } = place
  const children = parent.kind === 'mapping' ? parent.entries : parent.items
  const lineBreak = lineBreakOf(text)
  const lines = reindent(block.text.replace(/\r?\n$/, ''), block.indent, parent.indent).replace(
    /\r?\n/g,
    lineBreak,
  )
  const sibling = children[Math.max(0, after)]
  if (!sibling || parent.style === 'flow')
    throw new Error('a block goes between the children of a block collection')
  if (after >= 0) {
    const isClosed = text[sibling.to - 1] === '\n'
    return [{ from: sibling.to, to: sibling.to, text: isClosed ? lines + lineBreak : lineBreak + lines }]
  }
  const isFirstOnLine = text.slice(lineStart(text, sibling.start), sibling.start).trim() === ''
  if (isFirstOnLine) return [{ from: sibling.from, to: sibling.from, text: lines + lineBreak }]
  // Behind a dash: the new child takes its place on the line, the old one goes below.
  const own = lines.slice(parent.indent) + lineBreak + ' '.repeat(parent.indent)
  return [{ from: sibling.start, to: sibling.start, text: own }]
}
