import type { KeyPath } from '../../src/core/yaml/tree/key-path.ts'
import type { YamlDocument, YamlNode } from '../../src/core/yaml/node/yaml-node.ts'
import { isTagged, isYamlMap, type YamlValue } from '../../src/core/yaml/values/yaml-value.ts'

export interface Place {
  readonly path: KeyPath
  readonly node: YamlNode
}

/** Every node that one path leads to: of a key that stands twice the last one, and nothing below merge keys. */
export function placesOf(document: YamlDocument): readonly Place[] {
  const places: Place[] = []
  const visit = (node: YamlNode, path: KeyPath): void => {
    places.push({ path, node })
    if (node.kind === 'sequence') node.items.forEach((item, index) => visit(item.value, [...path, index]))
    if (node.kind !== 'mapping') return
    for (const { key, value } of new Map(node.entries.map((entry) => [entry.key, entry])).values()) {
      if (key !== '<<') visit(value, [...path, key])
    }
  }
  if (document.root) visit(document.root, [])
  return places
}

/** A value with another one at a path, made by `change` from what is there; `undefined` takes it away. */
export function valueWith(
  value: YamlValue,
  path: KeyPath,
  change: (old: YamlValue | undefined) => YamlValue | undefined,
): YamlValue {
  const [head, ...rest] = path
  if (head === undefined) return change(value) ?? null
  if (isTagged(value)) return { ...value, value: valueWith(value.value, path, change) }
  const next = (old: YamlValue | undefined): YamlValue | undefined =>
    rest.length === 0 ? change(old) : valueWith(old ?? null, rest, change)
  if (isYamlMap(value)) return mapWith(value, String(head), next(value.get(String(head))))
  if (!Array.isArray(value)) throw new Error('the path leads into a scalar')
  return (value as readonly YamlValue[]).flatMap((item, index) => {
    const kept = index === head ? next(item) : item
    return kept === undefined ? [] : [kept]
  })
}

function mapWith(map: ReadonlyMap<string, YamlValue>, key: string, value: YamlValue | undefined): YamlValue {
  const copy = new Map(map)
  if (value === undefined) copy.delete(key)
  else copy.set(key, value)
  return copy
}
