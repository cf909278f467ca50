import type { Scalar } from 'yaml'
import type { YamlScalar } from '../node/yaml-node.ts'

/** With the failsafe schema every scalar's value is its text. */
export function contentOf(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? '')
}

const STYLES: Readonly<Record<string, YamlScalar['style']>> = {
  QUOTE_DOUBLE: 'double',
  QUOTE_SINGLE: 'single',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
}

/** An empty plain scalar is a style of its own: there is nothing to replace, only a place to write to. */
export function styleOf(node: Scalar, isEmpty: boolean): YamlScalar['style'] {
  return STYLES[node.type ?? 'PLAIN'] ?? (isEmpty ? 'empty' : 'plain')
}

/** `yaml` counts the empty lines behind a block scalar to it; they are its own only where its header has a `+`. */
export function blockScalarTo(text: string, from: number, end: number): number {
  const keepsAll = /^[|>]\d?\+/.test(text.slice(from, from + 3))
  let to = withoutLineBreak(text, end)
  while (!keepsAll) {
    const line = text.lastIndexOf('\n', to - 1) + 1
    if (line <= from || text.slice(line, to).trim() !== '') break
    to = withoutLineBreak(text, line)
  }
  return to
}

function withoutLineBreak(text: string, end: number): number {
  if (text[end - 1] !== '\n') return end
  return text[end - 2] === '\r' ? end - 2 : end - 1
}
