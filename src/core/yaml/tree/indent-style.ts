import type { YamlDocument, YamlNode } from '../node/yaml-node.ts'

/** How a document indents: what a mapping inside of another stands deeper, and what a list's dashes do. */
export interface IndentStyle {
  readonly mapping: number
  readonly sequence: number
}

/** The style in use, by the first nested mapping and the first list under a key; Kubespray's own where there is none. */
export function indentStyleOf(document: YamlDocument): IndentStyle {
  let mapping: number | undefined
  let sequence: number | undefined
  const open: YamlNode[] = document.root ? [document.root] : []
  for (let node = open.shift(); node; node = open.shift()) {
    if (mapping !== undefined && sequence !== undefined) break
    if (node.kind === 'sequence') for (const item of node.items) open.push(item.value)
    if (node.kind !== 'mapping') continue
    for (const { value, indent } of node.entries) {
      open.push(value)
      if (value.kind === 'mapping' && value.style === 'block') mapping ??= value.indent - indent
      if (value.kind === 'sequence' && value.style === 'block') sequence ??= value.indent - indent
    }
  }
  return { mapping: mapping ?? 2, sequence: sequence ?? 2 }
}

/**
 * Moves whole lines from one column to another: every line alike, so that block scalars keep their text. Empty lines stay
 * empty; a line that stands further left than the shift goes to the left edge.
 */
export function reindent(lines: string, from: number, to: number): string {
  if (from === to) return lines
  const shift = to - from
  return lines.replace(/^([ \t]*)(?=[^\s])/gm, (indent) =>
    shift > 0 ? ' '.repeat(shift) + indent : indent.slice(Math.min(-shift, indent.length)),
  )
}
