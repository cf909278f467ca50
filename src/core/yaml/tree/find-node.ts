import type { KeyPath } from './key-path.ts'
import { lineStart } from './line-start.ts'
import type { Range, YamlDocument, YamlEntry, YamlItem, YamlNode } from '../node/yaml-node.ts'

/** What stands at a key path. */
export interface Found {
  readonly node: YamlNode
  /** The entry or item that holds the node; `undefined` for a document's root. */
  readonly holder: YamlEntry | YamlItem | undefined
  /** The nodes on the way, the root first, the node's own parent last. */
  readonly parents: readonly YamlNode[]
}

/**
 * What stands at a key path of a document. Where a key stands twice the last one is found, which is the one Ansible uses.
 * Aliases and merge keys are not followed: what they bring stands elsewhere and is not this path's to edit.
 */
export function findNode(document: YamlDocument, path: KeyPath): Found | undefined {
  const parents: YamlNode[] = []
  let node = document.root
  let holder: YamlEntry | YamlItem | undefined
  for (const part of path) {
    if (!node) return undefined
    const next = holderIn(node, part)
    if (!next) return undefined
    parents.push(node)
    holder = next
    node = next.value
  }
  return node && { node, holder, parents }
}

/** The entry at a key path that ends in a key. */
export function findEntry(document: YamlDocument, path: KeyPath): YamlEntry | undefined {
  const holder = findNode(document, path)?.holder
  return holder && 'keyRange' in holder ? holder : undefined
}

/** The entry of a key in a mapping, the last one where it stands twice. */
export function entryOf(node: YamlNode, key: string): YamlEntry | undefined {
  return node.kind === 'mapping' ? node.entries.findLast((entry) => entry.key === key) : undefined
}

/** Whether a node is a collection in brackets. */
export function isFlow(node: YamlNode): boolean {
  return (node.kind === 'mapping' || node.kind === 'sequence') && node.style === 'flow'
}

/**
 * The parts of a document that are a mapping's own, with no entry in them, in whole lines: what stands before its first
 * entry, between two, and after its last. Comments are looked for here. `path` leads to the mapping (or to nothing yet).
 */
export function gapsOf(document: YamlDocument, path: KeyPath): readonly Range[] {
  const found = findNode(document, path)
  const holder = found?.holder
  const { text } = document
  const ends = holder ? { from: afterHead(text, holder), to: holder.to } : afterStartMark(document)
  const entries = found?.node.kind === 'mapping' ? found.node.entries : []
  const gaps: Range[] = []
  let from = ends.from
  for (const entry of entries) {
    const own = lineStart(text, entry.start)
    if (own > from) gaps.push({ from, to: own })
    from = Math.max(from, entry.to)
  }
  if (ends.to > from) gaps.push({ from, to: ends.to })
  return gaps
}

function holderIn(node: YamlNode, part: string | number): YamlEntry | YamlItem | undefined {
  if (typeof part === 'string') return entryOf(node, part)
  return node.kind === 'sequence' ? node.items[part] : undefined
}

/** The line below an entry's key or an item's dash. */
function afterHead(text: string, holder: YamlEntry | YamlItem): number {
  const head = 'keyRange' in holder ? holder.colonTo : holder.start
  const end = text.indexOf('\n', head)
  return end < 0 ? holder.to : end + 1
}

/** The line below `---`, where there is one. */
function afterStartMark(document: YamlDocument): Range {
  const { text, from, to, root } = document
  const mark = /(?:^|\n)---(?=\s)/.exec(text.slice(from, root ? root.from : to))
  if (!mark) return { from, to }
  const end = text.indexOf('\n', from + mark.index + mark[0].length)
  return { from: end < 0 ? to : end + 1, to }
}
