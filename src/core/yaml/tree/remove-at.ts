import type { Edit } from '../../text/edit.ts'
import { isReferredTo } from './aliases-of.ts'
import { emptiedHead } from './emptied-head.ts'
import { findNode } from './find-node.ts'
import type { KeyPath } from './key-path.ts'
import { lineAt, lineEnd, lineStart } from './line-start.ts'
import type { YamlDocument, YamlEntry, YamlItem, YamlMapping, YamlSequence } from '../node/yaml-node.ts'

type Child = YamlEntry | YamlItem

/**
 * Takes away what stands at a key path, with the comments that are its own. A collection that loses its last child is
 * written `{}` or `[]`, so that it does not turn into null. `undefined`: nothing stands there, or an alias elsewhere needs it.
 */
export function removeAt(document: YamlDocument, path: KeyPath): readonly Edit[] | undefined {
  const found = findNode(document, path)
  const parent = found?.parents.at(-1)
  if (!found?.holder || !parent || parent.kind === 'scalar' || parent.kind === 'alias') return undefined
  if (isReferredTo(document, found.node)) return undefined
  const { text } = document
  const children: readonly Child[] = parent.kind === 'mapping' ? parent.entries : parent.items
  const index = children.indexOf(found.holder)
  if (parent.style === 'flow') return [removeFromFlow(text, { parent, children, index })]
  if (children.length > 1) return [removeLines(text, children, index)]
  const holder = findNode(document, path.slice(0, -1))?.holder
  const gone = { from: found.holder.from, to: found.holder.to, text: '' }
  if (!holder) return [gone]
  const isOnHeadLine = lineStart(text, found.holder.start) === lineStart(text, holder.start)
  const head = emptiedHead(text, { holder, parent, child: found.holder })
  // What stands behind a dash on its line is taken away without the blank in front of it and the line's end.
  return isOnHeadLine
    ? [{ ...(head[0] as Edit), to: found.node.to, text: (head[0] as Edit).text.trim() }]
    : [...head, gone]
}

interface InFlow {
  readonly parent: YamlMapping | YamlSequence
  readonly children: readonly Child[]
  readonly index: number
}

/** With one of the commas beside it. */
function removeFromFlow(text: string, { parent, children, index }: InFlow): Edit {
  const [before, child, after] = [children[index - 1], children[index] as Child, children[index + 1]]
  if (after) return { from: child.from, to: after.from, text: '' }
  if (before) return { from: before.to, to: child.to, text: '' }
  const open = /[{[]/.test(text[parent.contentFrom] ?? '') ? 1 : 0
  return { from: parent.contentFrom + open, to: parent.to - open, text: '' }
}

function removeLines(text: string, children: readonly Child[], index: number): Edit {
  const child = children[index] as Child
  if (lineStart(text, child.from) !== child.from)
    return removeBehindDash(text, child, children[index + 1] as Child)
  return { from: child.from, to: withLonelyBlank(text, child), text: '' }
}

/** The first key behind a dash: the next one takes its place, unless something of its own stands between. */
function removeBehindDash(text: string, child: Child, next: Child): Edit {
  if (child.to === next.from) return { from: child.start, to: next.from + next.indent, text: '' }
  const lineBreak = /\r?\n$/.exec(text.slice(child.start, child.to))?.[0].length ?? 0
  return { from: child.start, to: child.to - lineBreak, text: '' }
}

/** Empty lines that stood on both sides would meet: those below go too. */
function withLonelyBlank(text: string, { from, to }: Child): number {
  const isOpenAbove = from <= 1 || isBlank(text, lineStart(text, from - 1))
  let end = to
  while (isOpenAbove && end < text.length && isBlank(text, end)) end = lineEnd(text, end)
  return end
}

function isBlank(text: string, start: number): boolean {
  return lineAt(text, start).trim() === ''
}
