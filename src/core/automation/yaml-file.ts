import type { YamlNode } from '../yaml/node/yaml-node.ts'
import { parseYaml } from '../yaml/tree/parse-yaml.ts'
import { positionAt } from '../yaml/tree/position-at.ts'

/** A file of YAML, and where its nodes stand. */
export interface YamlFile {
  readonly file: string
  readonly text: string
  readonly root: YamlNode
  /** From 1. */
  readonly lineAt: (offset: number) => number
}

/** A file by its first document, or by its last one; `undefined` where it is no YAML or holds nothing. */
export function readYamlFile(file: string, text: string, which: 'first' | 'last'): YamlFile | undefined {
  const parsed = parseYaml(text)
  if (parsed.kind !== 'parsed') return undefined
  const { documents, lineStarts } = parsed.source
  const root = documents.at(which === 'first' ? 0 : -1)?.root
  return root && { file, text, root, lineAt: (offset) => positionAt(lineStarts, offset).line }
}
