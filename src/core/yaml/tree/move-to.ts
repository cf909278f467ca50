import type { Edit } from '../../text/edit.ts'
import { aliasesOf } from './aliases-of.ts'
import { findNode, isFlow } from './find-node.ts'
import { blockOf, insertBlock } from './insert-block.ts'
import { startsWithPath, type KeyPath } from './key-path.ts'
import type { YamlDocument } from '../node/yaml-node.ts'
import { removeAt } from './remove-at.ts'

/** Where to: among the children of the block collection at `parent`, behind the child of this number (-1: first). */
interface MoveTarget {
  readonly parent: KeyPath
  readonly after: number
}

/**
 * Moves a key or an item, with its own comments, to another place in its document. `undefined`: nothing stands there, it
 * would move into itself or before an anchor it needs, the target takes no such child or is written in brackets.
 */
export function moveTo(
  document: YamlDocument,
  path: KeyPath,
  target: MoveTarget,
): readonly Edit[] | undefined {
  const found = findNode(document, path)
  const child = found?.holder
  const parent = findNode(document, target.parent)?.node
  if (!child || !parent || startsWithPath(target.parent, path)) return undefined
  if (parent.kind !== ('keyRange' in child ? 'mapping' : 'sequence') || parent.style === 'flow')
    return undefined
  // What stands in brackets is no lines of its own.
  if (found.parents.some(isFlow)) return undefined
  const children = parent.kind === 'mapping' ? parent.entries : parent.items
  const index = (children as readonly unknown[]).indexOf(child)
  if (index >= 0 && (target.after === index || target.after === index - 1)) return []
  const removal = removeAt(document, path)
  if (!removal) return undefined
  const insertion = insertBlock(document, { parent, after: target.after }, blockOf(document.text, child))
  const needed = aliasesOf(found.node).map((alias) => alias.target.to)
  if (insertion.some((edit) => needed.some((to) => edit.from < to))) return undefined
  return [...removal, ...insertion]
}
