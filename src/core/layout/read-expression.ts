import type { TextRange } from './layout.ts'

/** What stands where a version is expected: the version itself, or the name of a variable that holds it. */
type Expression =
  | { readonly kind: 'literal'; readonly value: string }
  | {
      readonly kind: 'variable'
      readonly name: string
      /** What it is where nobody sets it, within the expression. */
      readonly fallback?: TextRange
      /** A `v` stands before it. */
      readonly isBare: boolean
    }
  /** Made of several parts, or by a command. */
  | { readonly kind: 'other' }

/** Reads what a version is written as in shells, Makefiles, Jinja, workflows, Terraform, Ruby. */
export function readExpression(text: string): Expression {
  if (/^[\w.+/-]*$/.test(text)) {
    const name = /^(?:var|local|env|inputs|each\.value)\.([A-Za-z_]\w*)$/.exec(text)?.[1]
    return name === undefined ? { kind: 'literal', value: text } : { kind: 'variable', name, isBare: false }
  }
  for (const form of VARIABLES) {
    const match = form.exec(text)
    const name = match?.groups?.['name']
    if (!match || name === undefined) continue
    const isBare = (match.groups?.['before'] ?? '').endsWith('v')
    const fallback = match.groups?.['fallback']
    if (fallback === undefined || fallback === '') return { kind: 'variable', name, isBare }
    const start = text.lastIndexOf(fallback)
    return { kind: 'variable', name, isBare, fallback: { start, end: start + fallback.length } }
  }
  return { kind: 'other' }
}

const BEFORE = String.raw`^(?<before>(?:(?:refs\/)?(?:tags|heads)\/)?v?)`

const VARIABLES: readonly RegExp[] = [
  // Workflows: ${{ env.X }}, ${{ inputs.x || 'v2.28.0' }}.
  String.raw`\$\{\{\s*(?:[\w-]+\.)*(?<name>[\w-]+)\s*(?:\|\|\s*['"](?<fallback>[^'"]*)['"]\s*)?\}\}$`,
  // Shells and compose: ${X}, ${X:-v2.28.0}, ${X#v}; Terraform: ${var.x}.
  String.raw`\$\{(?:var\.|local\.|env\.|env:)?(?<name>\w+)(?::?[-=](?<fallback>[^}]*)|[#%/^,:][^}]*)?\}$`,
  // Make.
  String.raw`\$\((?<name>[A-Za-z_][\w.-]*)\)$`,
  String.raw`\$\$?(?:env:)?(?<name>[A-Za-z_]\w*)$`,
  // Jinja, Just, Taskfile.
  String.raw`\{\{-?\s*\.?(?:[A-Za-z_]\w*\.)*(?<name>[A-Za-z_]\w*)\s*(?:\|\s*default\(\s*['"](?<fallback>[^'"]*)['"][^)]*\)\s*)?(?:\|[^}]*)?-?\}\}$`,
  // Ruby.
  String.raw`#\{(?:[\w.]+\.)?(?<name>[A-Za-z_]\w*)\}$`,
].map((form) => new RegExp(BEFORE + form))

/** Where an expression ends that begins at this place of a text; an empty range where there is none. */
export function expressionAt(text: string, start: number): TextRange {
  EXPRESSION.lastIndex = start
  let found = EXPRESSION.exec(text)?.[0] ?? ''
  found = found.replace(/(?:\.tar\.gz|\.tgz|\.tar|\.zip|\.git)$/, '')
  while (/[.+-]$/.test(found)) found = found.slice(0, -1)
  return { start, end: start + found.length }
}

/** Each part begins in its own way, so that there is one way to read a text. */
const EXPRESSION =
  /(?:(?:refs\/)?(?:tags|heads)\/)?(?:\$\{\{[^}\n]{0,200}\}\}|\$\{[^}\n]{0,200}\}|\$\([\w.-]{1,100}\)|\$\$?(?:env:)?[A-Za-z_]\w{0,100}|\{\{[^}\n]{0,200}\}\}|#\{[^}\n]{0,100}\}|[\w.+-])+/y
