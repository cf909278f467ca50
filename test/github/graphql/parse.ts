/** A field with its alias, arguments and what is asked of its value. */
export interface Field {
  readonly kind: 'field'
  readonly name: string
  readonly alias: string
  readonly args: Readonly<Record<string, Value>>
  readonly selections: readonly Selection[]
}

/** `... on Type { … }`. */
export interface Fragment {
  readonly kind: 'fragment'
  readonly on: string
  readonly selections: readonly Selection[]
}

export type Selection = Field | Fragment

export type Value =
  | { readonly kind: 'plain'; readonly value: string | number | boolean | null }
  | { readonly kind: 'enum'; readonly value: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Value>> }

export interface Document {
  readonly operation: 'query' | 'mutation'
  /** Name → type as written, `String!`. */
  readonly variables: Readonly<Record<string, string>>
  readonly selections: readonly Selection[]
}

export class ParseError extends Error {}

/** Reads one GraphQL operation: the part of the language that one needs without named fragments or directives. */
export function parseGraphql(source: string): Document {
  const tokens =
    source.match(/"(?:[^"\\\n]|\\.)*"|\.\.\.|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|[{}()[\]:$!=]|[^\s,#]|#.*/g) ?? []
  const reader = readerOf(tokens.filter((token) => !token.startsWith('#')))
  const operation = reader.peek() === '{' ? 'query' : reader.next()
  if (operation !== 'query' && operation !== 'mutation') throw new ParseError(`Parse error on "${operation}"`)
  if (/^[A-Za-z_]/.test(reader.peek())) reader.next()
  const variables = reader.peek() === '(' ? readVariables(reader) : {}
  const selections = readSelections(reader)
  if (reader.peek() !== '') throw new ParseError(`Parse error on "${reader.peek()}"`)
  return { operation, variables, selections }
}

interface Reader {
  peek(this: void): string
  next(this: void): string
  expect(this: void, token: string): void
}

function readerOf(tokens: readonly string[]): Reader {
  let at = 0
  const next = () => tokens[at++] ?? ''
  return {
    peek: () => tokens[at] ?? '',
    next,
    expect: (token) => {
      const got = next()
      if (got !== token) throw new ParseError(`Expected "${token}", actual: "${got}"`)
    },
  }
}

function readVariables(reader: Reader): Record<string, string> {
  const variables: Record<string, string> = {}
  reader.expect('(')
  while (reader.peek() !== ')') {
    reader.expect('$')
    const name = reader.next()
    reader.expect(':')
    let type = ''
    while (/^[A-Za-z_[\]!]/.test(reader.peek())) type += reader.next()
    variables[name] = type
  }
  reader.expect(')')
  return variables
}

function readSelections(reader: Reader): Selection[] {
  const selections: Selection[] = []
  reader.expect('{')
  while (reader.peek() !== '}') {
    if (reader.peek() === '') throw new ParseError('Unexpected end of document')
    selections.push(reader.peek() === '...' ? readFragment(reader) : readField(reader))
  }
  reader.expect('}')
  return selections
}

function readFragment(reader: Reader): Fragment {
  reader.expect('...')
  reader.expect('on')
  return { kind: 'fragment', on: reader.next(), selections: readSelections(reader) }
}

function readField(reader: Reader): Field {
  const first = readName(reader)
  let name = first
  if (reader.peek() === ':') {
    reader.next()
    name = readName(reader)
  }
  const args = reader.peek() === '(' ? readPairs(reader, ['(', ')']) : {}
  const selections = reader.peek() === '{' ? readSelections(reader) : []
  return { kind: 'field', name, alias: first, args, selections }
}

function readName(reader: Reader): string {
  const name = reader.next()
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new ParseError(`Parse error on "${name}"`)
  return name
}

function readPairs(reader: Reader, [open, close]: readonly [string, string]): Record<string, Value> {
  const pairs: Record<string, Value> = {}
  reader.expect(open)
  while (reader.peek() !== close) {
    const name = readName(reader)
    reader.expect(':')
    pairs[name] = readValue(reader)
  }
  reader.expect(close)
  return pairs
}

function readValue(reader: Reader): Value {
  if (reader.peek() === '{') return { kind: 'object', fields: readPairs(reader, ['{', '}']) }
  const token = reader.next()
  if (token === '$') return { kind: 'variable', name: reader.next() }
  if (token === '[') {
    const items: Value[] = []
    while (reader.peek() !== ']') items.push(readValue(reader))
    reader.expect(']')
    return { kind: 'list', items }
  }
  if (/^("|-?\d|true$|false$|null$)/.test(token)) return { kind: 'plain', value: JSON.parse(token) as string }
  if (/^[A-Z_]+$/.test(token)) return { kind: 'enum', value: token }
  throw new ParseError(`Parse error on "${token}"`)
}
