import type { YamlNode } from '../yaml/node/yaml-node.ts'

/** The node behind aliases. */
function plainNode(node: YamlNode | undefined): YamlNode | undefined {
  return node?.kind === 'alias' ? plainNode(node.target) : node
}

/** What a key of a mapping holds, merge keys followed; the last one where it stands twice. */
export function valueAt(node: YamlNode | undefined, key: string): YamlNode | undefined {
  const mapping = plainNode(node)
  if (mapping?.kind !== 'mapping') return undefined
  const own = mapping.entries.findLast((entry) => entry.key === key && !entry.merges)
  if (own) return plainNode(own.value)
  const merged = mapping.entries.filter(({ merges }) => merges).flatMap(({ value }) => itemsOf(value))
  return merged.map((each) => valueAt(each, key)).find((each) => each !== undefined)
}

/** Keys and values of a mapping; nothing of anything else. */
export function entriesOf(node: YamlNode | undefined): readonly (readonly [key: string, value: YamlNode])[] {
  const mapping = plainNode(node)
  if (mapping?.kind !== 'mapping') return []
  return mapping.entries.map(({ key, value }) => [key, plainNode(value) ?? value] as const)
}

/** The items of a list; what is no list is one item. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  const plain = plainNode(node)
  if (!plain || (plain.kind === 'scalar' && plain.style === 'empty')) return []
  return plain.kind === 'sequence' ? plain.items.map(({ value }) => plainNode(value) ?? value) : [plain]
}

export function wordOf(node: YamlNode | undefined): string | undefined {
  const plain = plainNode(node)
  return plain?.kind === 'scalar' && plain.style !== 'empty' ? plain.content : undefined
}

export function wordsOf(node: YamlNode | undefined): readonly string[] {
  return itemsOf(node).flatMap((each) => wordOf(each) ?? [])
}
