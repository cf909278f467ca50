import type { Edit } from '../../text/edit.ts'
import { commentedDefaults, type CommentedDefault } from './commented-defaults.ts'
import { entryOf, findNode, gapsOf, isFlow, type Found } from './find-node.ts'
import { indentStyleOf, type IndentStyle } from './indent-style.ts'
import type { KeyPath } from './key-path.ts'
import { insertBlock } from './insert-block.ts'
import { lineBreakOf } from './line-start.ts'
import { nameLikeness } from '../outline/name-likeness.ts'
import type { YamlDocument, YamlMapping } from '../node/yaml-node.ts'
import { renderEntry, renderFlow, renderKey } from './render-entry.ts'
import type { YamlValue } from '../values/yaml-value.ts'

/**
 * Puts a key in where a reader would look for it: under its commented-out default; else behind the sibling whose name has
 * most in common with it; else at the end. Parents that are not there are put in with it. `undefined`: something on the
 * way is no mapping, or the key is there.
 */
export function insertKey(
  document: YamlDocument,
  path: KeyPath,
  value: YamlValue,
): readonly Edit[] | undefined {
  const { parentPath, key, inner } = splitAtMissing(document, path, value)
  if (typeof key !== 'string') return undefined
  const parent = findNode(document, parentPath)
  if (parentPath.length > 0 && !parent) return undefined
  if (!parent || isEmpty(parent)) return insertFirst(document, { parentPath, parent, key, value: inner })
  if (parent.node.kind !== 'mapping' || entryOf(parent.node, key)) return undefined
  if ([parent.node, ...parent.parents].some(isFlow))
    return insertInFlow(document.text, parent.node, `${renderKey(key)}: ${renderFlow(inner)}`)
  const { node } = parent
  const lines = renderEntry(key, inner, { indent: node.indent, style: indentStyleOf(document) })
  const sibling = nearestSibling(node, key)
  const comment = defaultFor(document, parentPath, { key, indent: node.indent, likerThan: sibling.likeness })
  if (comment) return [insertLines(document.text, comment.to, lines)]
  return insertBlock(document, { parent: node, after: sibling.index }, { text: lines, indent: node.indent })
}

interface Missing {
  readonly parentPath: KeyPath
  readonly key: string | number | undefined
  /** The value with the mappings around it that are missing too. */
  readonly inner: YamlValue
}

function splitAtMissing(document: YamlDocument, path: KeyPath, value: YamlValue): Missing {
  let inner = value
  for (let length = path.length - 1; length >= 0; length--) {
    const parentPath = path.slice(0, length)
    const key = path[length]
    if (length === 0 || findNode(document, parentPath)) return { parentPath, key, inner }
    if (typeof key !== 'string') return { parentPath, key: undefined, inner }
    inner = new Map([[key, inner]])
  }
  return { parentPath: [], key: undefined, inner }
}

interface First {
  readonly parentPath: KeyPath
  readonly parent: Found | undefined
  readonly key: string
  readonly value: YamlValue
}

/** The first key of a mapping that has none yet: an empty document, `key:` with nothing behind it, or `key: {}`. */
function insertFirst(
  document: YamlDocument,
  { parentPath, parent, key, value }: First,
): readonly Edit[] | undefined {
  const { text } = document
  const holder = parent?.holder
  const style = indentStyleOf(document)
  if (!holder) {
    const comment = defaultOf(document, parentPath, { key, indent: 0 })
    const at = comment ? comment.to : (gapsOf(document, []).at(-1)?.to ?? document.to)
    const edit = insertLines(text, at, renderEntry(key, value, { indent: 0, style }))
    return parent && parent.node.to > parent.node.from
      ? [{ from: parent.node.from, to: parent.node.to, text: '' }, edit]
      : [edit]
  }
  if (!('keyRange' in holder) || parent.parents.some(isFlow)) {
    return [
      { from: holder.value.from, to: holder.value.to, text: `{${renderKey(key)}: ${renderFlow(value)}}` },
    ]
  }
  const indent = childIndent(document, parentPath, { holderIndent: holder.indent, key, style })
  const comment = defaultOf(document, parentPath, { key, indent })
  const lines = insertLines(
    text,
    comment?.to ?? lineAfter(text, holder.value.to),
    renderEntry(key, value, { indent, style }),
  )
  return holder.value.to > holder.colonTo
    ? [{ from: holder.colonTo, to: holder.value.to, text: '' }, lines]
    : [lines]
}

function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}

/** Children stand where a commented-out child stands, else one step in. */
function childIndent(
  document: YamlDocument,
  path: KeyPath,
  at: { holderIndent: number; key: string; style: IndentStyle },
): number {
  for (const gap of gapsOf(document, path)) {
    const own = commentedDefaults(document.text, gap).find(
      (each) => each.key === at.key && each.indent > at.holderIndent,
    )
    if (own) return own.indent
  }
  return at.holderIndent + at.style.mapping
}

interface WantedDefault {
  readonly key: string
  readonly indent: number
  /** How much a sibling's name has in common with the key; a commented-out one must have more. */
  readonly likerThan: number
}

/** The key's own commented-out default, else the last one whose name has more in common with it than any sibling's. */
function defaultFor(
  document: YamlDocument,
  path: KeyPath,
  wanted: WantedDefault,
): CommentedDefault | undefined {
  const own = defaultOf(document, path, wanted)
  if (own) return own
  let nearest: CommentedDefault | undefined
  let most = wanted.likerThan
  for (const each of gapsOf(document, path).flatMap((gap) => commentedDefaults(document.text, gap))) {
    const likeness = each.indent === wanted.indent ? nameLikeness(each.key, wanted.key) : 0
    if (likeness <= wanted.likerThan || likeness < most) continue
    most = likeness
    nearest = each
  }
  return nearest
}

function defaultOf(
  document: YamlDocument,
  path: KeyPath,
  wanted: { key: string; indent: number },
): CommentedDefault | undefined {
  const found = gapsOf(document, path)
    .flatMap((gap) => commentedDefaults(document.text, gap))
    .filter(({ key }) => key === wanted.key)
  return found.find(({ indent }) => indent === wanted.indent) ?? (wanted.indent === 0 ? undefined : found[0])
}

/** Lines put in at the beginning of a line, or behind a text that does not end with a line break. */
function insertLines(text: string, at: number, lines: string): Edit {
  const lineBreak = lineBreakOf(text)
  const own = lines.replaceAll('\n', lineBreak)
  if (at === 0 || text[at - 1] === '\n' || text[at - 1] === '\uFEFF') return { from: at, to: at, text: own }
  return { from: at, to: at, text: lineBreak + own.slice(0, -lineBreak.length) }
}

function isEmpty({ node }: Found): boolean {
  if (node.kind === 'scalar') return node.content === '' && (node.style === 'empty' || node.style === 'plain')
  return node.kind === 'mapping' && node.entries.length === 0
}

/** Behind the last entry, written as the entries there are: on a line of its own where they are. */
function insertInFlow(text: string, mapping: YamlMapping, written: string): readonly Edit[] | undefined {
  const last = mapping.entries.at(-1)
  if (!last || text[mapping.contentFrom] !== '{') return undefined
  const before = text.slice(mapping.entries.at(-2)?.to ?? mapping.contentFrom + 1, last.from)
  const space = /\r?\n[ \t]*$/.exec(before)?.[0] ?? ' '
  return [{ from: last.to, to: last.to, text: `,${space}${written}` }]
}

/** The last of the siblings whose names have most in common with a key; the last of all where none has. */
function nearestSibling(
  mapping: YamlMapping,
  key: string,
): { readonly index: number; readonly likeness: number } {
  let nearest = { index: mapping.entries.length - 1, likeness: 0 }
  for (const [index, entry] of mapping.entries.entries()) {
    const likeness = nameLikeness(entry.key, key)
    if (likeness > 0 && likeness >= nearest.likeness) nearest = { index, likeness }
  }
  return nearest
}
