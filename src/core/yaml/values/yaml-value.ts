import type { YamlMapping, YamlNode } from '../node/yaml-node.ts'
import { PythonNumber } from './python-number.ts'
import { resolveScalar, type ScalarMeaning } from './resolve-scalar.ts'

/**
 * What a node means. `null` is YAML's null, a value; absence is `undefined` as everywhere. Mappings are maps, since their
 * order counts and a key may have any name. A value with a tag of Ansible's is passed through as it is.
 */
export type YamlValue = ScalarMeaning | readonly YamlValue[] | YamlMap | TaggedValue
export type YamlMap = ReadonlyMap<string, YamlValue>

/** A value whose meaning is not ours to read: `!vault` (encrypted), `!unsafe` (no template). */
interface TaggedValue {
  readonly tag: string
  readonly value: YamlValue
}

/** The value of a node, aliases and merge keys followed; `parseYaml` has already refused what that would make explode. */
export function valueOf(node: YamlNode): YamlValue {
  const value = untagged(node)
  return node.tag !== undefined && !isStandardTag(node.tag) ? { tag: node.tag, value } : value
}

export function isYamlMap(value: YamlValue | undefined): value is YamlMap {
  return value instanceof Map
}

export function isTagged(value: YamlValue | undefined): value is TaggedValue {
  return typeof value === 'object' && value !== null && 'tag' in value
}

/** Whether two values are the same, the order of mappings aside: Ansible does not see it. */
export function sameValue(a: YamlValue | undefined, b: YamlValue | undefined): boolean {
  if (Object.is(a, b)) return true
  if (a instanceof PythonNumber && b instanceof PythonNumber) return a.text === b.text && a.type === b.type
  if (isYamlMap(a) && isYamlMap(b)) {
    return a.size === b.size && [...a].every(([key, value]) => b.has(key) && sameValue(value, b.get(key)))
  }
  if (isTagged(a) && isTagged(b)) return a.tag === b.tag && sameValue(a.value, b.value)
  if (!isList(a) || !isList(b)) return false
  return a.length === b.length && a.every((item, index) => sameValue(item, b[index]))
}

function isList(value: YamlValue | undefined): value is readonly YamlValue[] {
  return Array.isArray(value)
}

function untagged(node: YamlNode): YamlValue {
  switch (node.kind) {
    case 'scalar':
      return resolveScalar(node)
    case 'alias':
      return valueOf(node.target)
    case 'sequence':
      return node.items.map((item) => valueOf(item.value))
    case 'mapping':
      return mapOf(node)
  }
}

/** `!!str` and its like say what the parser would find by itself, and `!` says "no special meaning". */
function isStandardTag(tag: string): boolean {
  return tag.startsWith('!!') || tag === '!'
}

/** An entry outranks what merge keys bring; of several merge keys the last one wins, as in PyYAML. */
function mapOf(mapping: YamlMapping): YamlMap {
  const map = new Map<string, YamlValue>()
  for (const { merges, value } of mapping.entries) {
    if (merges) for (const [name, brought] of mergedEntries(value)) map.set(name, brought)
  }
  for (const { merges, name, value } of mapping.entries) if (!merges) map.set(name, valueOf(value))
  return map
}

/** What a merge key brings: a mapping's entries, or those of several, where an earlier one wins. */
function mergedEntries(node: YamlNode): Iterable<[string, YamlValue]> {
  const target = node.kind === 'alias' ? node.target : node
  if (target.kind === 'mapping') return mapOf(target)
  if (target.kind !== 'sequence') return []
  return target.items
    .map((item) => mergedEntries(item.value))
    .reverse()
    .flatMap((entries) => [...entries])
}
