import { applyEdits, type Edit } from '../../src/core/text/edit.ts'
import type { YamlDocument, YamlSource } from '../../src/core/yaml/node/yaml-node.ts'
import { parseYaml } from '../../src/core/yaml/tree/parse-yaml.ts'

/** A YAML text written inside of a test: the indentation of its first line is taken off all of them. */
export function yaml(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  const text = String.raw({ raw: strings.raw }, ...values).replace(/^\n/, '')
  const indent = /^ */.exec(text)?.[0] ?? ''
  return text.replace(new RegExp(`^${indent}`, 'gm'), '').replace(/ *$/, '')
}

/** Parses a text that has to parse. */
export function sourceOf(text: string): YamlSource {
  const parsed = parseYaml(text)
  if (parsed.kind === 'refused') throw new Error(parsed.faults.map((each) => each.message).join('\n'))
  return parsed.source
}

export function documentOf(text: string, index = 0): YamlDocument {
  const document = sourceOf(text).documents[index]
  if (!document) throw new Error(`no document ${index} in ${JSON.stringify(text)}`)
  return document
}

/** The text after an edit that has to be possible. */
export function edited(text: string, make: (document: YamlDocument) => readonly Edit[] | undefined): string {
  const edits = make(documentOf(text))
  if (!edits) throw new Error('the edit was not possible')
  return applyEdits(text, edits)
}
