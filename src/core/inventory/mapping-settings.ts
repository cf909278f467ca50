import type { KeyPath } from '../yaml/tree/key-path.ts'
import type { YamlNode, YamlSource } from '../yaml/node/yaml-node.ts'
import { positionAt } from '../yaml/tree/position-at.ts'
import { isYamlMap, valueOf } from '../yaml/values/yaml-value.ts'
import type { Scope } from './variable-files.ts'
import { natureOf } from './nature-of.ts'
import type { Setting } from './setting.ts'

/** Whose variables a mapping holds, and where it stands. */
interface MappingOwner {
  readonly file: string
  readonly scope: Scope
  /** The mapping's own path in the first document. */
  readonly path: KeyPath
}

/**
 * The settings of one mapping; `undefined` where the node is none. What a merge key brings is set at that key, and an
 * edit writes the variable out. Of a key that stands twice the last one counts.
 */
export function mappingSettings(
  source: YamlSource,
  node: YamlNode,
  owner: MappingOwner,
): readonly Setting[] | undefined {
  const values = valueOf(node)
  if (!isYamlMap(values)) return undefined
  const target = node.kind === 'alias' ? node.target : node
  const entries = target.kind === 'mapping' ? target.entries : []
  const merge = entries.find((entry) => entry.merges)
  const last = new Map(entries.map((entry) => [entry.name, entry]))
  return [...values].map(([name, value]): Setting => {
    const entry = last.get(name)
    const from = (entry ?? merge)?.keyRange.from ?? node.from
    return {
      name,
      value,
      written: entry ? source.text.slice(entry.value.from, entry.value.to) : '',
      nature: natureOf(value),
      scope: owner.scope,
      at: { file: owner.file, ...positionAt(source.lineStarts, from) },
      source: { kind: 'yaml', path: [...owner.path, entry?.key ?? name] },
    }
  })
}
