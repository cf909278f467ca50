import { pythonFloat, PythonNumber } from '../../yaml/values/python-number.ts'
import type { Expression } from './expression.ts'
import { applyFilter } from './apply-filter.ts'
import { applyTest } from './apply-test.ts'
import { isTemplate, readTemplate, type Piece } from './read-template.ts'
import { UnknownForm } from './tokens-of.ts'
import {
  isList,
  isMap,
  isNumber,
  isSame,
  isTrue,
  Missing,
  MissingUsed,
  PartlyKnown,
  printed,
  typeName,
  Unread,
  Unsure,
  type Value,
} from './value.ts'

/** What a template is rendered in. */
export interface Scope {
  /** The value of a variable, `Missing` where nothing defines it. */
  variable(name: string): Value
  /** What a function comes to, where that depends on who asks; absent, or `undefined`: as for a release by itself. */
  readonly call?: (name: string, rest: readonly Value[]) => { readonly value: Value } | undefined
  /** Templates read so far: they are few, and used for every architecture and version. */
  readonly read: Map<string, readonly Piece[]>
}

/**
 * Renders a template as Ansible does: a lone `{{ expression }}` keeps its type, everything else becomes text. What is missing throws
 * `MissingUsed`; a form that is not read throws `UnknownForm`.
 */
export function renderTemplate(text: string, scope: Scope): Value {
  if (!isTemplate(text)) return text
  let pieces = scope.read.get(text)
  if (!pieces) scope.read.set(text, (pieces = readTemplate(text)))
  const [first] = pieces
  if (pieces.length === 1 && first?.kind === 'output') return used(evaluate(first.expression, scope))
  return renderPieces(pieces, scope)
}

function renderPieces(pieces: readonly Piece[], scope: Scope): string {
  return bounded(pieces.map((piece) => renderPiece(piece, scope)).join(''))
}

/** Values that double at every variable would fill the memory long before they said anything. */
const LARGEST = 100_000

function bounded<T extends string | readonly Value[]>(value: T): T {
  if (value.length > LARGEST) throw new UnknownForm('a value too large to be meant')
  return value
}

function renderPiece(piece: Piece, scope: Scope): string {
  switch (piece.kind) {
    case 'text':
      return piece.text
    case 'output':
      return printed(used(evaluate(piece.expression, scope)))
    case 'branches': {
      const taken = piece.branches.find(({ condition }) => !condition || holds(condition, scope))
      return taken ? renderPieces(taken.body, scope) : ''
    }
  }
}

/**
 * The value of one expression; `Missing` only where the expression itself names something that is not there.
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  const value = (each: Expression): Value => used(evaluate(each, scope))
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'name':
      return scope.variable(expression.name)
    case 'list':
      return expression.items.map(value)
    case 'map':
      return new Map(expression.entries.map(([key, each]) => [printed(value(key)), value(each)]))
    case 'key':
      return keyOf(expression, scope)
    case 'slice':
      return sliceOf(
        value(expression.of),
        expression.from && value(expression.from),
        expression.to && value(expression.to),
      )
    case 'call':
      return callOf(expression, scope)
    case 'filter':
      return filterOf(expression, scope)
    case 'test':
      if (expression.name === 'defined') return !isAbsent(evaluate(expression.of, scope))
      if (expression.name === 'undefined') return isAbsent(evaluate(expression.of, scope))
      return applyTest(expression.name, value(expression.of), expression.arguments.map(value))
    case 'not':
      return !isTrue(value(expression.of))
    case 'negative':
      return arithmetic('-', 0, value(expression.of))
    case 'binary':
      return binaryOf(expression, scope)
    case 'choice':
      if (holds(expression.condition, scope)) return evaluate(expression.then, scope)
      return expression.otherwise ? evaluate(expression.otherwise, scope) : ''
  }
}

/** Whether a condition is true; using something missing in it throws. */
export function holds(condition: Expression, scope: Scope): boolean {
  return isTrue(used(evaluate(condition, scope)))
}

function isAbsent(value: Value): value is Missing {
  if (value instanceof Unsure && !value.isThere) throw new MissingUsed(value)
  return value instanceof Missing && !(value instanceof Unread)
}

function used(value: Value): Value {
  if (value instanceof Missing) throw new MissingUsed(value)
  return value
}

function keyOf(expression: Extract<Expression, { kind: 'key' }>, scope: Scope): Value {
  const of = evaluate(expression.of, scope)
  if (of instanceof Unsure) return new Unsure(of.what, { why: of.why, isThere: false })
  if (of instanceof Missing) return of
  const key = used(evaluate(expression.key, scope))
  if (isMap(of) && of.has(printed(key))) return of.get(printed(key))
  if (isList(of) && typeof key === 'number') {
    const item = of.at(key)
    if (item !== undefined) return item
  }
  if (typeof of === 'string' && typeof key === 'number' && of.at(key) !== undefined) return of.at(key)
  if (of instanceof PartlyKnown) return of.other(`${pathOf(expression.of, scope)}['${printed(key)}']`)
  return new Missing(`${pathOf(expression.of, scope)}['${printed(key)}']`, rootOf(expression.of))
}

/** The way to a value as a person would look it up, with the keys as they came out. */
function pathOf(expression: Expression, scope: Scope): string {
  if (expression.kind === 'name') return expression.name
  if (expression.kind === 'key')
    return `${pathOf(expression.of, scope)}['${printed(evaluate(expression.key, scope))}']`
  if (expression.kind === 'filter' || expression.kind === 'call') return pathOf(expression.of, scope)
  return '(…)'
}

function rootOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name
  if (expression.kind === 'key' || expression.kind === 'filter' || expression.kind === 'call')
    return rootOf(expression.of)
  return undefined
}

function sliceOf(of: Value, from: Value, to: Value): Value {
  if (typeof of !== 'string' && !isList(of)) throw new UnknownForm('a slice of neither text nor list')
  return of.slice(Number(from ?? 0), to === undefined ? undefined : Number(to))
}

function filterOf(expression: Extract<Expression, { kind: 'filter' }>, scope: Scope): Value {
  const of = evaluate(expression.of, scope)
  const rest = (): Value[] => expression.arguments.map((each) => used(evaluate(each, scope)))
  if (expression.name === 'default' || expression.name === 'd') {
    if (!isAbsent(of) && (expression.arguments.length < 2 || isTrue(of))) return of
    return expression.arguments[0] ? evaluate(expression.arguments[0], scope) : ''
  }
  return applyFilter(expression.name, used(of), rest(), expression.keywords)
}

/** Methods of strings and mappings, and the global functions that defaults use. */
function callOf(expression: Extract<Expression, { kind: 'call' }>, scope: Scope): Value {
  const rest = expression.arguments.map((each) => used(evaluate(each, scope)))
  if (expression.of.kind === 'name') return globalCall(expression.of.name, rest, scope)
  if (expression.of.kind !== 'key' || expression.of.key.kind !== 'literal')
    throw new UnknownForm('a call of an expression')
  const of = used(evaluate(expression.of.of, scope))
  return methodCall(printed(expression.of.key.value), of, rest)
}

function globalCall(name: string, rest: readonly Value[], scope: Scope): Value {
  const known = scope.call?.(name, rest)
  if (known) return used(known.value)
  if (name === 'undef') return new Missing('a value that has to be set')
  if (name === 'lookup' && rest[0] === 'vars') return scope.variable(printed(rest[1]))
  // What the operator's machine has in its environment is not part of a release.
  if (name === 'lookup' && rest[0] === 'env') return ''
  throw new UnknownForm(`${name}(…)`)
}

function methodCall(name: string, of: Value, rest: readonly Value[]): Value {
  if (isMap(of)) {
    if (name === 'keys') return [...of.keys()]
    if (name === 'values') return [...of.values()]
    if (name === 'items') return [...of].map(([key, each]) => [key, each])
    if (name === 'get') return entryOf(of, rest)
  }
  if (typeof of === 'string') {
    if (name === 'startswith') return of.startsWith(printed(rest[0]))
    if (name === 'endswith') return of.endsWith(printed(rest[0]))
    if (name === 'replace') return of.replaceAll(printed(rest[0]), printed(rest[1]))
    if (name === 'split' || name === 'strip' || name === 'lower' || name === 'upper')
      return applyFilter(name === 'strip' ? 'trim' : name, of, rest)
  }
  throw new UnknownForm(`.${name}(…)`)
}

function entryOf(of: ReadonlyMap<string, Value>, [key, otherwise]: readonly Value[]): Value {
  if (of.has(printed(key))) return of.get(printed(key))
  return of instanceof PartlyKnown ? used(of.other(printed(key))) : otherwise
}

function binaryOf(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): Value {
  const left = used(evaluate(expression.left, scope))
  const right = (): Value => used(evaluate(expression.right, scope))
  switch (expression.operator) {
    case 'and':
      return isTrue(left) ? right() : left
    case 'or':
      return isTrue(left) ? left : right()
    case 'in':
      return applyTest('in', left, [right()])
    case '==':
      return isSame(left, right())
    case '!=':
      return !isSame(left, right())
    case '~':
      return bounded(printed(left) + printed(right()))
    default:
      return arithmetic(expression.operator, left, right())
  }
}

function arithmetic(operator: string, left: Value, right: Value): Value {
  if (operator === '+' && isList(left) && isList(right)) return bounded([...left, ...right])
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return bounded(left + right)
  if (/^[<>]=?$/.test(operator) && (typeof left === 'string' || typeof right === 'string'))
    return textOrder(operator, left, right)
  const [a, b] = [asNumber(left, operator), asNumber(right, operator)]
  if (b === 0 && /^(?:\/\/?|%)$/.test(operator)) throw new UnknownForm('a division by nothing')
  // A float makes floats, and a division always does: `4 / 2` is printed `2.0`.
  const result = (value: number): Value =>
    operator === '/' || isFloat(left) || isFloat(right) ? pythonFloat(value) : value
  if (operator === '+') return result(a + b)
  if (operator === '-') return result(a - b)
  if (operator === '*') return result(a * b)
  if (operator === '/') return result(a / b)
  if (operator === '//') return result(Math.floor(a / b))
  if (operator === '%') return result(a - b * Math.floor(a / b))
  if (operator === '**') return result(a ** b)
  if (operator === '<') return a < b
  if (operator === '>') return a > b
  if (operator === '<=') return a <= b
  if (operator === '>=') return a >= b
  throw new UnknownForm(`operator ${operator}`)
}

/** Python works with numbers and truth values; with anything else it does something else, or refuses. */
function asNumber(value: Value, operator: string): number {
  if (!isNumber(value) && typeof value !== 'boolean')
    throw new UnknownForm(`${typeName(value)} ${operator} something`)
  return Number(value)
}

/** Python orders texts by their characters, and refuses to order a text and a number. */
function textOrder(operator: string, left: Value, right: Value): boolean {
  if (typeof left !== 'string' || typeof right !== 'string')
    throw new UnknownForm(`a text ${operator} a number`)
  if (operator === '<') return left < right
  if (operator === '>') return left > right
  return operator === '<=' ? left <= right : left >= right
}

function isFloat(value: Value): boolean {
  return value instanceof PythonNumber
    ? value.type === 'float'
    : typeof value === 'number' && !Number.isInteger(value)
}
