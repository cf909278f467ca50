import type { Edit } from '../../text/edit.ts'
import { isReferredTo } from './aliases-of.ts'
import { trailingComment } from './commented-defaults.ts'
import { findNode, isFlow, type Found } from './find-node.ts'
import { indentStyleOf } from './indent-style.ts'
import { insertKey } from './insert-key.ts'
import type { KeyPath } from './key-path.ts'
import { lineBreakOf } from './line-start.ts'
import type { YamlDocument, YamlEntry, YamlItem, YamlNode } from '../node/yaml-node.ts'
import { renderBehind, renderFlow } from './render-entry.ts'
import type { YamlValue } from '../values/yaml-value.ts'
import { isScalarValue, writeScalar, type ScalarValue } from './write-scalar.ts'

/**
 * Gives a key path a value: exactly the old value's characters are replaced. A key that is not there yet is put in, under
 * its commented-out default where there is one. `undefined`: the path leads through something that is no mapping or list, or
 * aliases elsewhere need what is there.
 */
export function setValue(
  document: YamlDocument,
  path: KeyPath,
  value: YamlValue,
): readonly Edit[] | undefined {
  const found = findNode(document, path)
  if (!found) return insertKey(document, path, value)
  if (losesAnchors(document, found.node)) return undefined
  if (isScalarValue(value)) return replaceByScalar(document, found, value)
  return replaceByCollection(document, found, value)
}

/**
 * Gives a key path that is there another scalar, in the quotes it has, where they can hold it. The anchor stays, so that
 * aliases follow; a tag goes with the value it was written for. `undefined`: nothing stands at the path, or aliases elsewhere
 * need what does.
 */
export function setScalar(
  document: YamlDocument,
  path: KeyPath,
  value: ScalarValue,
): readonly Edit[] | undefined {
  const found = findNode(document, path)
  return found && !losesAnchors(document, found.node) ? replaceByScalar(document, found, value) : undefined
}

/** A scalar keeps its anchor; a collection's, and those inside of it, go with what they stand for. */
function losesAnchors(document: YamlDocument, node: YamlNode): boolean {
  return node.kind !== 'scalar' && isReferredTo(document, node)
}

function replaceByScalar(
  document: YamlDocument,
  { node, holder, parents }: Found,
  value: ScalarValue,
): readonly Edit[] {
  const inFlow = parents.some(isFlow)
  const like = node.kind === 'scalar' ? { like: node } : {}
  const written = writeScalar(value, { flow: inFlow ? 'flow' : 'block', ...like })
  return replaceNode(document, { node, holder }, written)
}

interface Place {
  readonly node: YamlNode
  readonly holder: YamlEntry | YamlItem | undefined
}

/** Puts a text that stands on one line where a value is, whatever that value is. */
function replaceNode({ text }: YamlDocument, { node, holder }: Place, written: string): readonly Edit[] {
  const head = headOf(holder)
  if (isEmptyScalar(node) && head !== undefined) {
    // Blanks that end the line would otherwise end it still.
    const blanks = /^[ \t]*(?=\r?\n|$)/.exec(text.slice(head))?.[0].length ?? 0
    return [{ from: head, to: head + blanks, text: ` ${written}` }]
  }
  const anchor = node.anchor === undefined ? '' : `&${node.anchor} `
  const startsBelow = head !== undefined && text.slice(head, node.from).includes('\n')
  if (!startsBelow) {
    const keepsAnchor = anchor !== '' && node.tag === undefined
    return [
      {
        from: keepsAnchor ? node.contentFrom : node.from,
        to: node.to,
        text: (keepsAnchor ? '' : anchor) + written,
      },
    ]
  }
  // The value moves up behind its key; a comment behind the key stays.
  const lineBreak = text.slice(head).search(/\r?\n/) + head
  return [
    { from: head, to: head, text: ` ${anchor}${written}` },
    { from: lineBreak, to: withLastComment(text, node), text: '' },
  ]
}

function replaceByCollection(
  document: YamlDocument,
  found: Found,
  value: Exclude<YamlValue, ScalarValue>,
): readonly Edit[] {
  const { node, holder, parents } = found
  const parent = parents.at(-1)
  const inFlow = parents.some(isFlow)
  const keepsStyle = isFlow(node)
  if (!holder || !parent || inFlow || keepsStyle)
    return replaceNode(document, { node, holder }, renderFlow(value))
  const lines = renderBehind(value, { indent: holder.indent, style: indentStyleOf(document) }).replace(
    /\n$/,
    '',
  )
  return replaceByLines(document, { node, holder }, lines)
}

/** Puts several lines where a value is; a comment behind the key or the old value stays on the first of them. */
function replaceByLines({ text }: YamlDocument, { node, holder }: Place, lines: string): readonly Edit[] {
  const head = headOf(holder) as number
  const rest = lines.indexOf('\n')
  const first = rest < 0 ? lines : lines.slice(0, rest)
  const below = rest < 0 ? '' : lines.slice(rest).replaceAll('\n', lineBreakOf(text))
  if (text.slice(head, node.from).includes('\n')) {
    const lineBreak = text.slice(head).search(/\r?\n/) + head
    return [
      { from: head, to: head, text: first },
      { from: lineBreak, to: withLastComment(text, node), text: below },
    ]
  }
  const comment = trailingComment(text, node.to)
  if (!comment) return [{ from: head, to: node.to, text: first + below }]
  return [
    { from: head, to: node.to, text: first },
    { from: comment.to, to: comment.to, text: below },
  ]
}

/** The comment behind a block's last child goes with that child. */
function withLastComment(text: string, node: YamlNode): number {
  const isBlock = (node.kind === 'mapping' || node.kind === 'sequence') && !isFlow(node)
  return (isBlock ? trailingComment(text, node.to)?.to : undefined) ?? node.to
}

/** Just behind the colon or dash that a block value follows. */
function headOf(holder: YamlEntry | YamlItem | undefined): number | undefined {
  if (!holder) return undefined
  if ('keyRange' in holder) return holder.colonTo
  return holder.start === holder.value.from ? undefined : holder.start + 1
}

function isEmptyScalar(node: YamlNode): boolean {
  return (
    node.kind === 'scalar' && node.style === 'empty' && node.anchor === undefined && node.tag === undefined
  )
}
