import { parseYaml } from '../yaml/tree/parse-yaml.ts'
import type { YamlDocument } from '../yaml/node/yaml-node.ts'

/** The files of an inventory, each parsed once and only when asked for. */
export interface FileTexts {
  textOf(file: string): string
  /** The first document, the only one Ansible reads. The file must be one that was read without faults. */
  documentOf(file: string): YamlDocument
  /** `undefined` where the file does not parse. */
  readDocument(file: string): YamlDocument | undefined
}

export function fileTexts(texts: ReadonlyMap<string, string>): FileTexts {
  const documents = new Map<string, YamlDocument | undefined>()
  const textOf = (file: string): string => {
    const text = texts.get(file)
    if (text === undefined) throw new Error(`no text of ${file}`)
    return text
  }
  const readDocument = (file: string): YamlDocument | undefined => {
    if (!documents.has(file)) {
      const parsed = parseYaml(textOf(file))
      documents.set(file, parsed.kind === 'parsed' ? parsed.source.documents[0] : undefined)
    }
    return documents.get(file)
  }
  const documentOf = (file: string): YamlDocument => {
    const document = readDocument(file)
    if (!document) throw new Error(`${file} was read before and does not parse now`)
    return document
  }
  return { textOf, documentOf, readDocument }
}
