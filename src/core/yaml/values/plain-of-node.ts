import { isAlias, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml'
import { defined } from '../../model/defined.ts'
import { plainScalar, type PlainMap, type PlainValue } from './plain-value.ts'
import { pythonText } from './python-number.ts'
import { resolveScalar } from './resolve-scalar.ts'
import { contentOf, styleOf } from './content-of.ts'

/** More values than any file means; aliases of aliases come to as many as they like. */
const MOST_VALUES = 1_000_000

/** Why a document cannot be written out. */
export class NotReadable extends Error {}

/**
 * What a document composed by `yaml` with its failsafe schema means to PyYAML: scalars by the one resolver, what merge keys
 * bring before a mapping's own entries. Throws `NotReadable` for an alias that leads nowhere and for aliases without end.
 */
export function plainOfNode(root: unknown): PlainValue {
  return valueOf(root, { anchors: new Map() }).value
}

/** A key as Python prints it: an unquoted `1.10` is a float there, and its zero is lost. */
export function printedKey(key: unknown): string {
  return isScalar(key) ? pythonText(meaningOf(key)) : 'None'
}

export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && styleOf(key, false) === 'plain' && contentOf(key) === '<<' && key.tag === undefined
}

interface Sized {
  readonly value: PlainValue
  /** How many values it comes to with all aliases written out. */
  readonly size: number
}

interface Reading {
  /** What each anchor stands for, as far as the document was read. */
  readonly anchors: Map<string, Sized>
}

function valueOf(node: unknown, reading: Reading): Sized {
  if (isAlias(node)) {
    const target = reading.anchors.get(node.source)
    if (!target) throw new NotReadable(`Nothing is marked with the anchor that *${node.source} names.`)
    return target
  }
  const built = contentValue(node, reading)
  if (built.size > MOST_VALUES)
    throw new NotReadable(`Written out, the aliases come to more than ${MOST_VALUES} values.`)
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined
  if (anchor !== undefined) reading.anchors.set(anchor, built)
  return built
}

function contentValue(node: unknown, reading: Reading): Sized {
  if (isScalar(node)) return { value: plainScalar(meaningOf(node)), size: 1 }
  if (isMap(node)) return mappingValue(node, reading)
  if (!isSeq(node)) return { value: undefined, size: 1 }
  const items = node.items.map((item) => valueOf(item, reading))
  return { value: items.map(({ value }) => value), size: sum(items) }
}

function mappingValue(node: YAMLMap, reading: Reading): Sized {
  const brought: (readonly [string, PlainValue])[] = []
  const own: (readonly [string, PlainValue])[] = []
  const parts: Sized[] = []
  for (const { key, value } of node.items as readonly Pair[]) {
    // An anchor may stand at a key as well.
    const name = isAlias(key) ? pythonText(scalarOf(valueOf(key, reading).value)) : printedKey(key)
    if (isScalar(key) && key.anchor !== undefined) valueOf(key, reading)
    const part = valueOf(value, reading)
    parts.push(part)
    if (isMergeKey(key)) brought.push(...broughtBy(part.value))
    else own.push([name, part.value])
  }
  return { value: new Map([...brought, ...own]), size: sum(parts) }
}

/** What a merge key brings: a mapping's entries, or those of several, where an earlier one wins. */
function broughtBy(value: PlainValue): readonly (readonly [string, PlainValue])[] {
  if (value instanceof Map) return [...(value as PlainMap)]
  if (!Array.isArray(value)) throw new NotReadable('A merge key needs a mapping, or a list of mappings.')
  return [...(value as readonly PlainValue[])].reverse().flatMap(broughtBy)
}

function meaningOf(node: Scalar): ReturnType<typeof resolveScalar> {
  const content = contentOf(node)
  return resolveScalar({
    style: styleOf(node, content === ''),
    content,
    ...defined({ tag: node.tag }),
  })
}

function scalarOf(value: PlainValue): Parameters<typeof pythonText>[0] {
  return typeof value === 'object' && (Array.isArray(value) || value instanceof Map) ? '' : (value as string)
}

function sum(parts: readonly Sized[]): number {
  return parts.reduce((total, { size }) => total + size, 1)
}
