export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'end'
  readonly text: string
}

/**
 * A template form that this reader does not know; the caller treats the value as unknown, never as missing.
 */
export class UnknownForm extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'UnknownForm'
  }
}

/** The longest expression of 67 releases has 80 words; each may cost a few levels of the stack. */
const MOST_TOKENS = 400

const TOKEN =
  /\s+|(?<name>[A-Za-z_]\w*)|(?<number>\d+(?:\.\d+)?)|(?<string>'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")|(?<operator>\*\*|\/\/|==|!=|<=|>=|[()[\]{},:.|~+\-*/%<>=])/gy

/** The words of one Jinja expression (what stands between `{{` and `}}`), closed by an `end`. */
export function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < expression.length) {
    const at = TOKEN.lastIndex
    const groups = TOKEN.exec(expression)?.groups
    if (!groups) throw new UnknownForm(`no expression: ${expression.slice(at, at + 40)}`)
    if (groups['name'] !== undefined) tokens.push({ kind: 'name', text: groups['name'] })
    else if (groups['number'] !== undefined) tokens.push({ kind: 'number', text: groups['number'] })
    else if (groups['string'] !== undefined)
      tokens.push({ kind: 'string', text: unescaped(groups['string']) })
    else if (groups['operator'] !== undefined) tokens.push({ kind: 'operator', text: groups['operator'] })
  }
  if (tokens.length > MOST_TOKENS) throw new UnknownForm('an expression too long to be meant')
  tokens.push({ kind: 'end', text: '' })
  return tokens
}

function unescaped(literal: string): string {
  return literal.slice(1, -1).replace(/\\([\s\S])/g, (whole, char: string) => {
    if (char === 'n') return '\n'
    if (char === 't') return '\t'
    // Python keeps a backslash that escapes nothing, which regular expressions rely on (`\d`, `\1`).
    return char === '\\' || char === "'" || char === '"' ? char : whole
  })
}
