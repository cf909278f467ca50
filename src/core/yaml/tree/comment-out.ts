import type { Edit } from '../../text/edit.ts'
import { isReferredTo } from './aliases-of.ts'
import { emptiedHead } from './emptied-head.ts'
import { findNode } from './find-node.ts'
import type { KeyPath } from './key-path.ts'
import { lineAt, lineEnd } from './line-start.ts'
import type { YamlDocument, YamlEntry, YamlItem } from '../node/yaml-node.ts'

/**
 * Makes comments of a key's or item's lines, `# ` in its column; its own comments stay as they are. A collection that
 * loses its last child is written `{}` or `[]`. `undefined`: nothing stands there, it stands in brackets, or an alias
 * elsewhere needs it.
 */
export function commentOut(document: YamlDocument, path: KeyPath): readonly Edit[] | undefined {
  const found = findNode(document, path)
  const parent = found?.parents.at(-1)
  if (!found?.holder || !parent || parent.kind === 'scalar' || parent.kind === 'alias') return undefined
  if (parent.style === 'flow' || isReferredTo(document, found.node)) return undefined
  const signs = commentSigns(document.text, found.holder)
  const children = parent.kind === 'mapping' ? parent.entries : parent.items
  if (children.length > 1) return signs
  const holder = findNode(document, path.slice(0, -1))?.holder
  return holder ? [...emptiedHead(document.text, { holder, parent, child: found.holder }), ...signs] : signs
}

function commentSigns(text: string, child: YamlEntry | YamlItem): readonly Edit[] {
  const signs: Edit[] = [{ from: child.start, to: child.start, text: '# ' }]
  for (let at = lineEnd(text, child.start); at < child.to; at = lineEnd(text, at)) {
    const line = lineAt(text, at)
    // An empty line would end the comment that a reader takes back in one piece.
    const column = Math.min(child.indent, /^[ \t]*/.exec(line)?.[0].length ?? 0)
    const sign = line.trim() === '' ? `${' '.repeat(child.indent - column)}#` : '# '
    signs.push({ from: at + column, to: at + column, text: sign })
  }
  return signs
}
