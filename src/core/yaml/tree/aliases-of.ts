import type { YamlAlias, YamlDocument, YamlNode } from '../node/yaml-node.ts'

/** Whether an alias elsewhere in the document stands for something inside of a node: without it the file would break. */
export function isReferredTo(document: YamlDocument, node: YamlNode): boolean {
  if (!document.text.slice(node.from, node.to).includes('&')) return false
  const isInside = ({ from, to }: YamlNode): boolean => node.from <= from && to <= node.to
  return aliasesOf(document.root).some((alias) => isInside(alias.target) && !isInside(alias))
}

/** The aliases in a node, itself included. */
export function aliasesOf(node: YamlNode | undefined): readonly YamlAlias[] {
  if (!node || node.kind === 'scalar') return []
  if (node.kind === 'alias') return [node]
  const children = node.kind === 'mapping' ? node.entries : node.items
  return children.flatMap((child) => aliasesOf(child.value))
}
