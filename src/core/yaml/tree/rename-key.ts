import type { Edit } from '../../text/edit.ts'
import { findEntry } from './find-node.ts'
import type { KeyPath } from './key-path.ts'
import type { YamlDocument } from '../node/yaml-node.ts'
import { renderKey } from './render-entry.ts'

/** Gives a key another name and leaves its value, its place and its quotes. `undefined`: no key stands there. */
export function renameKey(document: YamlDocument, path: KeyPath, key: string): readonly Edit[] | undefined {
  const entry = findEntry(document, path)
  if (!entry) return undefined
  const written = document.text.slice(entry.keyRange.from, entry.keyRange.to)
  const props = /^(?:[&!]\S*\s+)*/.exec(written)?.[0].length ?? 0
  return [
    { from: entry.keyRange.from + props, to: entry.keyRange.to, text: inQuotesOf(written.slice(props), key) },
  ]
}

function inQuotesOf(written: string, key: string): string {
  if (written.startsWith('"')) return JSON.stringify(key)
  if (written.startsWith("'")) return `'${key.replaceAll("'", "''")}'`
  return renderKey(key)
}
