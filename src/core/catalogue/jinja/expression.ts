import { pythonFloat } from '../../yaml/values/python-number.ts'
import { tokensOf, UnknownForm, type Token } from './tokens-of.ts'
import type { Value } from './value.ts'

/** One Jinja expression as a tree. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'key'; readonly of: Expression; readonly key: Expression }
  | {
      readonly kind: 'slice'
      readonly of: Expression
      readonly from: Expression | undefined
      readonly to: Expression | undefined
    }
  | { readonly kind: 'call'; readonly of: Expression; readonly arguments: readonly Expression[] }
  | {
      readonly kind: 'filter'
      readonly name: string
      readonly of: Expression
      readonly arguments: readonly Expression[]
      /** The arguments' keywords, where any has one (`map(attribute='name')`). */
      readonly keywords?: readonly (string | undefined)[]
    }
  | {
      readonly kind: 'test'
      readonly name: string
      readonly of: Expression
      readonly arguments: readonly Expression[]
    }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: string
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly kind: 'choice'
      readonly condition: Expression
      readonly then: Expression
      readonly otherwise: Expression | undefined
    }

/** Reads one expression; a form Jinja has and we do not read throws `UnknownForm`. */
export function readExpression(text: string): Expression {
  const words = cursorOver(tokensOf(text))
  const expression = readChoice(words)
  if (words.peek().kind !== 'end') throw new UnknownForm(`after the expression: ${words.peek().text}`)
  return expression
}

interface Cursor {
  peek(ahead?: number): Token
  next(): Token
  /** Takes the next word if it is this one. */
  takes(text: string): boolean
  expect(text: string): void
}

function cursorOver(tokens: readonly Token[]): Cursor {
  let at = 0
  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, tokens.length - 1)] as Token
  const next = (): Token => tokens[Math.min(at++, tokens.length - 1)] as Token
  const takes = (text: string): boolean => {
    const is = peek().text === text && peek().kind !== 'string'
    if (is) at++
    return is
  }
  const expect = (text: string): void => {
    if (!takes(text)) throw new UnknownForm(`expected ${text}, found ${peek().text}`)
  }
  return { peek, next, takes, expect }
}

function readChoice(words: Cursor): Expression {
  const then = readOr(words)
  if (!words.takes('if')) return then
  const condition = readOr(words)
  const otherwise = words.takes('else') ? readChoice(words) : undefined
  return { kind: 'choice', condition, then, otherwise }
}

function readOr(words: Cursor): Expression {
  return readBinary(words, ['or'], readAnd)
}

function readAnd(words: Cursor): Expression {
  return readBinary(words, ['and'], readNot)
}

function readNot(words: Cursor): Expression {
  return words.takes('not') ? { kind: 'not', of: readNot(words) } : readComparison(words)
}

function readComparison(words: Cursor): Expression {
  let left = readSum(words)
  for (;;) {
    const operator = ['==', '!=', '<=', '>=', '<', '>', 'in'].find((each) => words.takes(each))
    if (operator) left = { kind: 'binary', operator, left, right: readSum(words) }
    else if (words.peek().text === 'not' && words.peek(1).text === 'in') {
      words.next()
      words.next()
      left = { kind: 'not', of: { kind: 'binary', operator: 'in', left, right: readSum(words) } }
    } else return left
  }
}

function readSum(words: Cursor): Expression {
  return readBinary(words, ['+', '-'], readJoin)
}

function readJoin(words: Cursor): Expression {
  return readBinary(words, ['~'], readProduct)
}

function readProduct(words: Cursor): Expression {
  return readBinary(words, ['*', '//', '/', '%', '**'], readUnary)
}

function readBinary(
  words: Cursor,
  operators: readonly string[],
  operand: (words: Cursor) => Expression,
): Expression {
  let left = operand(words)
  for (;;) {
    const operator = operators.find((each) => words.takes(each))
    if (!operator) return left
    left = { kind: 'binary', operator, left, right: operand(words) }
  }
}

/** As Jinja reads it, a filter is of the number with its sign: `-3 | abs`. */
function readUnary(words: Cursor): Expression {
  return readFilters(words, readSigned(words))
}

function readSigned(words: Cursor): Expression {
  const of: Expression = words.takes('-') ? { kind: 'negative', of: readSigned(words) } : readPrimary(words)
  return readPostfix(words, of)
}

function readPostfix(words: Cursor, start: Expression): Expression {
  let of = start
  for (;;) {
    if (words.takes('.')) of = { kind: 'key', of, key: { kind: 'literal', value: words.next().text } }
    else if (words.takes('[')) of = readSubscript(words, of)
    else if (words.takes('(')) of = { kind: 'call', of, arguments: readArguments(words, ')') }
    else return of
  }
}

function readSubscript(words: Cursor, of: Expression): Expression {
  const from = words.peek().text === ':' ? undefined : readChoice(words)
  if (!words.takes(':')) {
    words.expect(']')
    return { kind: 'key', of, key: from as Expression }
  }
  const to = words.peek().text === ']' ? undefined : readChoice(words)
  words.expect(']')
  return { kind: 'slice', of, from, to }
}

function readFilters(words: Cursor, start: Expression): Expression {
  let of = start
  for (;;) {
    if (words.takes('|')) {
      const name = readDottedName(words)
      of = { kind: 'filter', name, of, ...(words.takes('(') ? readKeywords(words) : NO_ARGUMENTS) }
    } else if (words.takes('is')) of = readTest(words, of)
    else return of
  }
}

function readTest(words: Cursor, of: Expression): Expression {
  const negated = words.takes('not')
  const name = readDottedName(words)
  const test: Expression = { kind: 'test', name, of, arguments: readTestArguments(words) }
  return negated ? { kind: 'not', of: test } : test
}

/** A test takes its one argument with or without brackets: `is divisibleby 2`. */
function readTestArguments(words: Cursor): readonly Expression[] {
  if (words.takes('(')) return readArguments(words, ')')
  const next = words.peek()
  const isName = next.kind === 'name' && !AFTER_TEST.has(next.text)
  const bare = next.kind === 'number' || next.kind === 'string' || next.text === '[' || isName
  return bare ? [readPostfix(words, readPrimary(words))] : []
}

/** Words that go on after a test, and are no argument of it. */
const AFTER_TEST: ReadonlySet<string> = new Set(['and', 'or', 'else', 'if', 'is', 'not', 'in'])

function readDottedName(words: Cursor): string {
  let name = words.next().text
  while (words.takes('.')) name += `.${words.next().text}`
  return name
}

function readArguments(words: Cursor, close: string): readonly Expression[] {
  return readNamed(words, close).map(({ value }) => value)
}

const NO_ARGUMENTS = { arguments: [] }

/** Keyword arguments keep their place: most filters take them in the order of their positions. */
function readKeywords(
  words: Cursor,
): Pick<Extract<Expression, { kind: 'filter' }>, 'arguments' | 'keywords'> {
  const named = readNamed(words, ')')
  const read = { arguments: named.map(({ value }) => value) }
  return named.some(({ keyword }) => keyword !== undefined)
    ? { ...read, keywords: named.map(({ keyword }) => keyword) }
    : read
}

interface Argument {
  readonly keyword: string | undefined
  readonly value: Expression
}

function readNamed(words: Cursor, close: string): readonly Argument[] {
  const list: Argument[] = []
  while (!words.takes(close)) {
    const isKeyword = words.peek().kind === 'name' && words.peek(1).text === '='
    const keyword = isKeyword ? words.next().text : undefined
    if (isKeyword) words.next()
    list.push({ keyword, value: readChoice(words) })
    if (!words.takes(',') && words.peek().text !== close)
      throw new UnknownForm(`in a list: ${words.peek().text}`)
  }
  return list
}

const CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', undefined],
  ['None', undefined],
])

function readPrimary(words: Cursor): Expression {
  const word = words.next()
  if (word.kind === 'string') return { kind: 'literal', value: word.text }
  if (word.kind === 'number') return { kind: 'literal', value: numberOf(word.text) }
  if (word.kind === 'name' && CONSTANTS.has(word.text))
    return { kind: 'literal', value: CONSTANTS.get(word.text) }
  if (word.kind === 'name') return { kind: 'name', name: word.text }
  if (word.text === '[') return { kind: 'list', items: readArguments(words, ']') }
  if (word.text === '{') return readMap(words)
  if (word.text !== '(') throw new UnknownForm(`no expression starts with ${word.text || 'nothing'}`)
  const inner = readChoice(words)
  words.expect(')')
  return inner
}

function readMap(words: Cursor): Expression {
  const entries: [Expression, Expression][] = []
  while (!words.takes('}')) {
    const key = readChoice(words)
    words.expect(':')
    entries.push([key, readChoice(words)])
    if (!words.takes(',') && words.peek().text !== '}')
      throw new UnknownForm(`in a mapping: ${words.peek().text}`)
  }
  return { kind: 'map', entries }
}

/** `1.0` is a float, and printed with its point. */
function numberOf(text: string): Value {
  return text.includes('.') ? pythonFloat(Number(text)) : Number(text)
}
