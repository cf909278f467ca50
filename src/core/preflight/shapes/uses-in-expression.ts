import type { Expression } from '../../catalogue/jinja/expression.ts'
import { optional } from '../../model/defined.ts'
import { UNREAD, type Bound, type Guard, type Subject, type Use, type Want } from './use.ts'

/** Where an expression stands. */
interface Standing {
  readonly path: string
  readonly line: number
  /** Names of the inventory's variables, and of loops over them. */
  readonly bound: Bound
  readonly guards: readonly Guard[]
}

/** What an expression does with variables, in the order it is worked out; where one part decides about another, under that guard. */
export function usesInExpression(expression: Expression, standing: Standing): readonly Use[] {
  const uses: Use[] = []
  walk(expression, { ...standing, soft: false, add: (use) => uses.push(use) })
  return uses
}

/** What an expression stands for, where it is a variable or a part of one and nothing else. */
export function subjectOf(expression: Expression, bound: Bound): Subject | undefined {
  switch (expression.kind) {
    case 'name': {
      const subject = bound.get(expression.name)
      return subject === 'other' ? undefined : subject
    }
    case 'key':
      return partOf(subjectOf(expression.of, bound), expression.key)
    case 'filter': {
      const of = subjectOf(expression.of, bound)
      const name = lastWord(expression.name)
      if (!of) return undefined
      if (name === 'default' || name === 'd' || (name === 'list' && of.as !== 'value')) return of
      return name === 'dict2items' && of.as === 'value' ? { ...of, as: 'pairs' } : undefined
    }
    case 'call': {
      const method = methodOf(expression)
      const of = method && subjectOf(method.of, bound)
      if (of?.as !== 'value') return undefined
      if (method?.name === 'items') return { ...of, as: 'pairs' }
      return method?.name === 'values' ? { ...of, as: 'values' } : undefined
    }
    default:
      return undefined
  }
}

/** Binds what a loop goes over to its variables: `for a in x`, `for name, value in x.items()`. */
export function boundInLoop(names: readonly string[], over: Subject | undefined, bound: Bound): Bound {
  const [first, second, more] = names
  const inner = new Map(bound)
  for (const name of names) inner.set(name, 'other')
  if (!over || first === undefined || more !== undefined) return inner
  const { name, ways } = over
  if (second === undefined) {
    if (over.as === 'value') inner.set(first, { name, ways: [...ways, 'items'], as: 'value' })
    if (over.as === 'values') inner.set(first, { name, ways: [...ways, 'values'], as: 'value' })
    if (over.as === 'pairs') inner.set(first, { ...over, as: 'pair' })
  } else if (over.as === 'pairs') inner.set(second, { name, ways: [...ways, 'values'], as: 'value' })
  return inner
}

/** Whether an expression looks at the variable of a loop. */
export function looksAt(expression: Expression, names: (name: string) => boolean): boolean {
  if (expression.kind === 'name') return names(expression.name)
  return partsOf(expression).some((part) => looksAt(part, names))
}

function partOf(of: Subject | undefined, key: Expression): Subject | undefined {
  if (!of || key.kind !== 'literal' || typeof key.value !== 'string' || /^\d+$/.test(key.value))
    return undefined
  if (of.as === 'pair' && key.value === 'value') return { ...of, ways: [...of.ways, 'values'], as: 'value' }
  return of.as === 'value' ? { ...of, ways: [...of.ways, { key: key.value }] } : undefined
}

interface Walking extends Standing {
  /** What is undefined here does not matter: a default stands behind it, or it is what is asked. */
  readonly soft: boolean
  readonly add: (use: Use) => void
}

function walk(expression: Expression, walking: Walking): void {
  switch (expression.kind) {
    case 'key':
      walkKey(expression, walking)
      return
    case 'call':
      walkCall(expression, walking)
      return
    case 'filter':
      walkFilter(expression, walking)
      return
    case 'test': {
      const soft = expression.name === 'defined' || expression.name === 'undefined'
      walk(expression.of, { ...walking, soft })
      for (const each of expression.arguments) walk(each, firm(walking))
      return
    }
    case 'binary':
      walkBinary(expression, walking)
      return
    case 'choice': {
      walk(expression.condition, firm(walking))
      walk(expression.then, guarded(walking, expression.condition, true))
      if (expression.otherwise) walk(expression.otherwise, guarded(walking, expression.condition, false))
      return
    }
    default:
      for (const part of partsOf(expression)) walk(part, firm(walking))
  }
}

function firm(walking: Walking): Walking {
  return walking.soft ? { ...walking, soft: false } : walking
}

function guarded(walking: Walking, expression: Expression, holds: boolean): Walking {
  return { ...walking, guards: [...walking.guards, guardOf(expression, holds, walking.bound)] }
}

/** A condition as a guard over what it decides about. */
export function guardOf(expression: Expression, holds: boolean, bound: Bound): Guard {
  const isOfItem = (name: string): boolean => {
    const subject = bound.get(name)
    return (
      subject === 'other' || (subject !== undefined && (subject.ways.length > 0 || subject.as !== 'value'))
    )
  }
  return { expression, holds, ofItem: looksAt(expression, isOfItem) }
}

/** That a loop over this has something to go over. */
export function loopGuard(over: Expression | undefined, bound: Bound): Guard {
  if (!over) return UNREAD
  const subject = subjectOf(over, bound)
  return {
    ...guardOf(over, true, bound),
    ...optional(subject, ({ name, ways }) => ({ over: { name, ways } })),
  }
}

function walkKey(expression: Extract<Expression, { kind: 'key' }>, walking: Walking): void {
  const of = subjectOf(expression.of, walking.bound)
  const { key } = expression
  const isPart = of?.as === 'value' && key.kind === 'literal' && typeof key.value === 'string'
  if (of && isPart && !walking.soft && !/^\d+$/.test(key.value))
    use(of, { kind: 'key', key: key.value, how: `.${key.value}` }, walking)
  walk(expression.of, walking)
  if (key.kind !== 'literal') walk(key, firm(walking))
}

const METHODS: Readonly<Record<string, Want['kind']>> = {
  items: 'mapping',
  keys: 'mapping',
  values: 'mapping',
  get: 'mapping',
  split: 'text',
  splitlines: 'text',
  startswith: 'text',
  endswith: 'text',
  strip: 'text',
  lower: 'text',
  upper: 'text',
}

function methodOf(
  expression: Extract<Expression, { kind: 'call' }>,
): { readonly of: Expression; readonly name: string } | undefined {
  const { of } = expression
  if (of.kind !== 'key' || of.key.kind !== 'literal' || typeof of.key.value !== 'string') return undefined
  return { of: of.of, name: of.key.value }
}

function walkCall(expression: Extract<Expression, { kind: 'call' }>, walking: Walking): void {
  const method = methodOf(expression)
  const of = method && subjectOf(method.of, walking.bound)
  const kind = method && METHODS[method.name]
  if (method && of?.as === 'value' && (kind === 'mapping' || kind === 'text'))
    use(of, { kind, how: `.${method.name}()` }, walking)
  if (method) walk(method.of, firm(walking))
  else walk(expression.of, firm(walking))
  for (const each of expression.arguments) walk(each, firm(walking))
}

const FILTERS: Readonly<Record<string, 'mapping' | 'many' | 'text'>> = {
  dict2items: 'mapping',
  combine: 'mapping',
  length: 'many',
  count: 'many',
  join: 'many',
  sort: 'many',
  unique: 'many',
}

function walkFilter(expression: Extract<Expression, { kind: 'filter' }>, walking: Walking): void {
  const name = lastWord(expression.name)
  if (name === 'default' || name === 'd') {
    walk(expression.of, { ...walking, soft: true })
    for (const each of expression.arguments) walk(each, firm(walking))
    return
  }
  const of = subjectOf(expression.of, walking.bound)
  const kind = FILTERS[name]
  if (of?.as === 'value' && kind !== undefined) use(of, { kind, how: `| ${name}` }, walking)
  walk(expression.of, firm(walking))
  for (const each of expression.arguments) walk(each, firm(walking))
}

function walkBinary(expression: Extract<Expression, { kind: 'binary' }>, walking: Walking): void {
  const { operator, left, right } = expression
  walk(left, firm(walking))
  if (operator === 'and' || operator === 'or') {
    walk(right, guarded(firm(walking), left, operator === 'and'))
    return
  }
  walk(right, firm(walking))
  if (operator === 'in') wantOf(right, { kind: 'many', how: 'in' }, walking)
  if (operator !== '+' && operator !== '-' && operator !== '/') return
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const kind = addedTo(other, operator)
    if (kind) wantOf(one, { kind, how: operator }, walking)
  }
}

/** What can be joined with a literal by an operator: Python takes its own kind alone. */
function addedTo(other: Expression, operator: string): 'number' | 'text' | 'list' | undefined {
  if (other.kind === 'list') return operator === '+' ? 'list' : undefined
  if (other.kind !== 'literal') return undefined
  if (typeof other.value === 'number') return 'number'
  return typeof other.value === 'string' && operator === '+' ? 'text' : undefined
}

function wantOf(expression: Expression, want: Want, walking: Walking): void {
  const of = subjectOf(expression, walking.bound)
  if (of?.as === 'value') use(of, want, walking)
}

function use({ name, ways }: Subject, want: Want, { path, line, guards, add }: Walking): void {
  add({ name, ways, want, path, line, guards })
}

function lastWord(name: string): string {
  return name.split('.').at(-1) ?? name
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'name':
      return []
    case 'list':
      return expression.items
    case 'map':
      return expression.entries.flat()
    case 'key':
      return [expression.of, expression.key]
    case 'slice':
      return [expression.of, expression.from, expression.to].filter((each) => each !== undefined)
    case 'call':
    case 'filter':
    case 'test':
      return [expression.of, ...expression.arguments]
    case 'not':
    case 'negative':
      return [expression.of]
    case 'binary':
      return [expression.left, expression.right]
    case 'choice':
      return [expression.condition, expression.then, expression.otherwise].filter(
        (each) => each !== undefined,
      )
  }
}
