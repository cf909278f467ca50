import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { defined } from '../../model/defined.ts'
import { ownCommentsFrom, ownLinesTo } from './commented-defaults.ts'
import { positionAt } from './position-at.ts'
import { pythonText } from '../values/python-number.ts'
import { resolveScalar } from '../values/resolve-scalar.ts'
import { blockScalarTo, contentOf, styleOf } from '../values/content-of.ts'
import type {
  YamlAlias,
  YamlEntry,
  YamlItem,
  YamlMapping,
  YamlNode,
  YamlScalar,
  YamlSequence,
} from '../node/yaml-node.ts'

/** What building one document needs and finds. */
interface Building {
  readonly text: string
  readonly lineStarts: readonly number[]
  readonly ends: ReadonlyMap<number, number>
  readonly anchors: Map<string, YamlNode>
  /** How many nodes a node comes to with its aliases written out; this is what an alias bomb makes explode. */
  readonly sizes: Map<YamlNode, number>
  readonly report: Report
}

interface Report {
  duplicateKey(key: string, offset: number): void
  unknownAlias(name: string, offset: number): void
}

interface Composed {
  readonly text: string
  readonly lineStarts: readonly number[]
  readonly document: Document.Parsed
  readonly from: number
  /** Start → end of scalars whose end the composed document does not know (`tightenQuotes`). */
  readonly ends: ReadonlyMap<number, number>
}

interface Built {
  readonly root: YamlNode | undefined
  /** How many nodes there would be with all aliases written out. */
  readonly size: number
}

/** Our own tree of a document that `yaml` composed with its source tokens kept; `from` is where the one before it ends. */
export function buildDocument(composed: Composed, report: Report): Built {
  const { text, lineStarts, document, from, ends } = composed
  const building: Building = { text, lineStarts, ends, anchors: new Map(), sizes: new Map(), report }
  const contents: unknown = document.contents
  if (!contents) return { root: undefined, size: 0 }
  const root = buildNode(building, contents, from)
  if (root.kind === 'scalar' && root.style === 'empty' && !root.anchor && !root.tag) {
    return { root: undefined, size: 0 }
  }
  return { root, size: building.sizes.get(root) as number }
}

/** `floor` is an offset behind everything before the node, so that its tag and anchor stand between the two. */
function buildNode(building: Building, node: unknown, floor: number): YamlNode {
  let built: YamlNode
  if (isAlias(node)) built = buildAlias(building, node.source, rangeOf(node))
  else if (isMap(node)) built = buildMapping(building, node, floor)
  else if (isSeq(node)) built = buildSequence(building, node, floor)
  else if (isScalar(node)) built = buildScalar(building, node, floor)
  else throw new Error('yaml composed a node of no known kind')
  if (built.anchor !== undefined) building.anchors.set(built.anchor, built)
  return built
}

function buildAlias(building: Building, name: string, [from, to]: Ends): YamlNode {
  const target = building.anchors.get(name)
  if (!target) {
    building.report.unknownAlias(name, from)
    return sized(
      building,
      { kind: 'scalar', style: 'plain', content: `*${name}`, from, to, contentFrom: from },
      1,
    )
  }
  const alias: YamlAlias = { kind: 'alias', name, target, from, to, contentFrom: from }
  return sized(building, alias, building.sizes.get(target) as number)
}

function buildScalar(building: Building, node: Scalar, floor: number): YamlScalar {
  const [contentFrom, seenEnd] = rangeOf(node)
  const end = building.ends.get(contentFrom) ?? seenEnd
  const style = styleOf(node, contentFrom === end)
  if (style === 'empty' && node.anchor === undefined && node.tag === undefined)
    return emptyValue(building, floor)
  const isBlock = style === 'literal' || style === 'folded'
  const scalar: YamlScalar = {
    kind: 'scalar',
    style,
    content: contentOf(node),
    ...placed(building, node, { floor, contentFrom }),
    to: isBlock ? blockScalarTo(building.text, contentFrom, end) : end,
  }
  return sized(building, scalar, 1)
}

function buildMapping(building: Building, node: YAMLMap, floor: number): YamlMapping {
  const [contentFrom, end] = rangeOf(node)
  const style = node.flow ? 'flow' : 'block'
  const entries: YamlEntry[] = []
  const seen = new Set<string>()
  let size = 1
  let behind = contentFrom
  for (const pair of node.items) {
    const entry = buildEntry(building, pair, { style, floor: entries.length === 0 ? floor : behind, behind })
    if (seen.has(entry.name)) building.report.duplicateKey(entry.key, entry.keyRange.from)
    seen.add(entry.name)
    entries.push(entry)
    behind = entry.value.to
    size += building.sizes.get(entry.value) as number
  }
  const mapping: YamlMapping = {
    kind: 'mapping',
    style,
    indent: columnOf(building, entries[0] && style === 'block' ? entries[0].start : contentFrom),
    entries,
    ...placed(building, node, {
      floor,
      contentFrom: style === 'block' && entries[0] ? entries[0].start : contentFrom,
    }),
    to: style === 'block' ? behind : end,
  }
  return sized(building, mapping, size)
}

interface EntryPlace {
  readonly style: 'block' | 'flow'
  /** Where what stands before the entry ends, its comments included. */
  readonly floor: number
  /** An offset between the collection's own tag and anchor and those of the key. */
  readonly behind: number
}

function buildEntry(building: Building, pair: Pair, place: EntryPlace): YamlEntry {
  const { text } = building
  const keyNode = buildKey(building, pair, place.behind)
  const colon = pair.srcToken?.sep?.find((token) => token.type === 'map-value-ind')
  const colonTo = colon ? colon.offset + 1 : keyNode.to
  const value = pair.value ? buildNode(building, pair.value, colonTo) : emptyValue(building, colonTo)
  const question = pair.srcToken?.start.find((token) => token.type === 'explicit-key-ind')
  const start = question ? question.offset : keyNode.from
  const indent = columnOf(building, start)
  const ends = place.style === 'flow' ? { from: start, to: Math.max(value.to, colonTo) } : undefined
  return {
    key: keyNode.kind === 'scalar' ? keyNode.content : text.slice(keyNode.from, keyNode.to),
    name: nameOf(keyNode) ?? text.slice(keyNode.from, keyNode.to),
    merges:
      keyNode.kind === 'scalar' && keyNode.style === 'plain' && keyNode.content === '<<' && !keyNode.tag,
    keyRange: { from: keyNode.from, to: keyNode.to },
    colonTo,
    value,
    indent,
    start,
    from: ends?.from ?? ownCommentsFrom(text, start, place.floor),
    to: ends?.to ?? ownLinesTo(text, value.to, indent),
  }
}

/** What a key means; `undefined` where it is a collection. */
function nameOf(key: YamlNode): string | undefined {
  const target = key.kind === 'alias' ? key.target : key
  return target.kind === 'scalar' ? pythonText(resolveScalar(target)) : undefined
}

/** A key's own tag and anchor stand nearest to it; those further up are the mapping's. */
function buildKey(building: Building, pair: Pair, behind: number): YamlNode {
  const start = pair.srcToken?.start ?? []
  const own = start.find((token) => token.type === 'anchor' || token.type === 'tag')
  const key: unknown = pair.key
  return key ? buildNode(building, key, own?.offset ?? behind) : emptyValue(building, behind)
}

function emptyValue(building: Building, at: number): YamlScalar {
  return sized(
    building,
    { kind: 'scalar', style: 'empty', content: '', from: at, to: at, contentFrom: at },
    1,
  )
}

function buildSequence(building: Building, node: YAMLSeq, floor: number): YamlSequence {
  const [contentFrom, end] = rangeOf(node)
  const style = node.flow ? 'flow' : 'block'
  const dashes = style === 'block' ? dashesOf(node) : []
  const items: YamlItem[] = []
  let size = 1
  let behind = contentFrom
  for (const [index, each] of node.items.entries()) {
    const dash = dashes[index]
    const value = buildNode(building, each, dash === undefined ? behind : dash + 1)
    items.push(buildItem(building, value, { dash, floor: index === 0 ? floor : behind }))
    behind = value.to
    size += building.sizes.get(value) as number
  }
  const sequence: YamlSequence = {
    kind: 'sequence',
    style,
    indent: columnOf(building, contentFrom),
    items,
    ...placed(building, node, { floor, contentFrom }),
    to: style === 'block' ? behind : end,
  }
  return sized(building, sequence, size)
}

function dashesOf(node: YAMLSeq): readonly number[] {
  const token = node.srcToken
  if (token?.type !== 'block-seq') return []
  return token.items.flatMap((item) => {
    const dash = item.start.find((each) => each.type === 'seq-item-ind')
    return dash ? [dash.offset] : []
  })
}

function buildItem(
  building: Building,
  value: YamlNode,
  at: { dash: number | undefined; floor: number },
): YamlItem {
  const { text } = building
  const { dash, floor } = at
  if (dash === undefined) {
    return {
      value,
      start: value.from,
      indent: columnOf(building, value.from),
      from: value.from,
      to: value.to,
    }
  }
  const indent = columnOf(building, dash)
  const to = ownLinesTo(text, Math.max(value.to, dash + 1), indent)
  return { value, start: dash, indent, from: ownCommentsFrom(text, dash, floor), to }
}

interface Props {
  readonly from: number
  readonly contentFrom: number
  readonly tag?: string
  readonly anchor?: string
}

/** Where a node's tag and anchor begin: nothing but them, white space and comments stands between floor and content. */
function placed(
  building: Building,
  node: Scalar | YAMLMap | YAMLSeq,
  at: { floor: number; contentFrom: number },
): Props {
  const { floor, contentFrom } = at
  const { anchor } = node
  if (anchor === undefined && node.tag === undefined) return { from: contentFrom, contentFrom }
  const between = building.text
    .slice(floor, contentFrom)
    .replace(/(^|\s)#.*/g, (comment) => ' '.repeat(comment.length))
  // A directive (`%TAG !e! …`) further up looks alike: the node's own stand nearest.
  const count = Number(anchor !== undefined) + Number(node.tag !== undefined)
  const props = [...between.matchAll(/[&!][^\s,]*/g)].slice(-count)
  const tag = props.find((match) => match[0].startsWith('!'))?.[0]
  return {
    from: floor + (props[0]?.index ?? contentFrom - floor),
    contentFrom,
    ...defined({ tag }),
    ...defined({ anchor }),
  }
}

/** How many columns an offset stands in, counted from 0; by halving, since all of a file may stand on one line. */
function columnOf({ lineStarts }: Building, offset: number): number {
  return positionAt(lineStarts, offset).column - 1
}

type Ends = readonly [from: number, to: number]

function rangeOf(node: { range?: readonly [number, number, number] | null | undefined }): Ends {
  if (!node.range) throw new Error('yaml composed a node without a range')
  return [node.range[0], node.range[1]]
}

function sized<T extends YamlNode>(building: Building, node: T, size: number): T {
  building.sizes.set(node, size)
  return node
}
