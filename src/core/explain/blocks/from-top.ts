import { optional } from '../../model/defined.ts'
import type { Block, Item, Part } from './block.ts'
import type { Inline, Text } from './text.ts'

/** Where a path that is seen stands in the repository. */
export type PathOf = (path: string) => string

/**
 * What was said of files as they are seen, with their paths from the top of the repository: where Kubespray stands in a folder, people
 * look for a file from there.
 */
export function fromTop(blocks: readonly Block[], pathOf: PathOf | undefined): readonly Block[] {
  return pathOf ? blocks.map((block) => blockFromTop(block, pathOf)) : blocks
}

/** The same of the parts of a document. */
export function partFromTop({ full, brief, briefest, ...part }: Part, pathOf: PathOf): Part {
  return {
    ...part,
    full: fromTop(full, pathOf),
    ...optional(brief, (each) => ({ brief: fromTop(each, pathOf) })),
    ...optional(briefest, (each) => ({ briefest: fromTop(each, pathOf) })),
  }
}

function blockFromTop(block: Block, pathOf: PathOf): Block {
  const at = (text: Text): Text => textFromTop(text, pathOf)
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return { ...block, text: at(block.text) }
    case 'list':
      return { ...block, items: block.items.map((item) => itemFromTop(item, at)) }
    case 'table':
      return { ...block, head: block.head.map(at), rows: block.rows.map((row) => row.map(at)) }
    case 'fold':
      return { ...block, summary: at(block.summary), blocks: fromTop(block.blocks, pathOf) }
    case 'change': {
      const { change } = block
      const [before, after, nothing] = change.words
      const words = [at(before), at(after), at(nothing)] as const
      return { ...block, change: { ...change, words, path: pathOf(change.path), to: pathOf(change.to) } }
    }
    case 'lines':
    case 'sides':
    case 'way':
      return block
  }
}

function itemFromTop(item: Item, at: (text: Text) => Text): Item {
  const below = optional(item.items, (items) => ({ items: items.map((each) => itemFromTop(each, at)) }))
  return { ...item, text: at(item.text), ...below }
}

function textFromTop(text: Text, pathOf: PathOf): Text {
  return text.map((piece) => inlineFromTop(piece, pathOf))
}

function inlineFromTop(piece: Inline, pathOf: PathOf): Inline {
  if (typeof piece === 'string') return piece
  switch (piece.kind) {
    case 'code':
      return { ...piece, text: placeFromTop(piece.text, pathOf) }
    case 'link':
      return { ...piece, to: addressFromTop(piece.to, pathOf), inner: textFromTop(piece.inner, pathOf) }
    case 'bold':
    case 'soft':
      return { ...piece, inner: textFromTop(piece.inner, pathOf) }
    case 'quoted':
    case 'anchor':
      return piece
  }
}

/** `path`, `path:line` or `path:line:column`. */
export function placeFromTop(place: string, pathOf: PathOf): string {
  const [, path = place, line = ''] = /^(.*?)((?::\d+){0,2})$/s.exec(place) ?? []
  return `${pathOf(path)}${line}`
}

/** A file of the repository's own at a commit; upstream's are linked by their tags, or elsewhere. */
function addressFromTop(to: string, pathOf: PathOf): string {
  return to.replace(OWN_FILE, (_, head: string, path: string) => {
    const shown = pathOf(path.split('/').map(decodeURIComponent).join('/'))
    return `${head}${shown.split('/').map(encodeURIComponent).join('/')}`
  })
}

const OWN_FILE = /^(https?:\/\/(?!redirect\.github\.com\/)[^#?]*?\/blob\/[0-9a-f]{40}\/)([^#?]*)/
