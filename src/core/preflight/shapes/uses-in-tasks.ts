import type { Expression } from '../../catalogue/jinja/expression.ts'
import { readDocument } from '../../yaml/values/read-values.ts'
import type { PlainMap, PlainValue } from '../../yaml/values/plain-value.ts'
import { UNREAD, type Bound, type Guard, type Subject, type Use, type Want } from './use.ts'
import { boundInLoop, guardOf, loopGuard, subjectOf, usesInExpression } from './uses-in-expression.ts'
import { parsed, usesInTemplate } from './uses-in-template.ts'
import { listed } from '../../catalogue/task.ts'

/** A file that a task hands on to: a template that it writes, or tasks that it includes. */
export interface Handed {
  readonly to: 'template' | 'tasks'
  /** As it is written: a name, or a template that comes to one. */
  readonly file: string
  readonly bound: Bound
  readonly guards: readonly Guard[]
}

export interface TaskFile {
  readonly uses: readonly Use[]
  readonly handed: readonly Handed[]
}

/** What a file of tasks does with variables itself, and where it goes on. What may fail is left out. */
export function usesInTasks(path: string, text: string, bound: Bound): TaskFile {
  const found = { uses: [] as Use[], handed: [] as Handed[] }
  readTasks(readDocument(text), { path, text, bound, guards: [], found })
  return found
}

interface Reading {
  readonly path: string
  readonly text: string
  readonly bound: Bound
  readonly guards: readonly Guard[]
  readonly found: { readonly uses: Use[]; readonly handed: Handed[] }
}

function readTasks(tasks: PlainValue, reading: Reading): void {
  if (!Array.isArray(tasks)) return
  for (const task of tasks as readonly PlainValue[])
    if (task instanceof Map) readTask(task as PlainMap, reading)
}

/** Words of a task that are no template of its module, or that nothing but Ansible itself looks at. */
const KEYWORDS =
  /^(?:name|when|loop|loop_control|with_\w+|vars|register|tags|notify|listen|until|retries|delay|changed_when|failed_when|ignore_errors|block|rescue|always|assert|ansible\.builtin\.assert|fail|ansible\.builtin\.fail|debug|ansible\.builtin\.debug|delegate_to|become\w*|no_log|run_once|check_mode|environment|asyn\w|poll|args)$/

function readTask(task: PlainMap, reading: Reading): void {
  if (task.get('ignore_errors') === true || task.get('failed_when') === false) return
  const outer = { ...reading, bound: withoutNames(reading.bound, namesIn(task.get('vars'))) }
  const { bound, uses, guards } = loopOf(task, outer)
  reading.found.uses.push(...uses)
  const inner = underConditions(listed(task.get('when')), {
    ...outer,
    bound,
    guards: [...outer.guards, ...guards],
  })
  // What fails in such a block is made good.
  if (task.has('block')) {
    if (!task.has('rescue')) readTasks(task.get('block'), inner)
    return
  }
  for (const [key, value] of task) {
    const module = key.split('.').at(-1) ?? key
    const file = fileOf(module, value)
    if (file) reading.found.handed.push({ ...file, bound: inner.bound, guards: inner.guards })
    if (!KEYWORDS.test(key)) readArguments(value, inner)
  }
}

/** Each condition is asked only where those before it held. */
function underConditions(conditions: readonly PlainValue[], reading: Reading): Reading {
  let { guards } = reading
  for (const condition of conditions) {
    const text = textOf(condition)
    const expression = parsed(text)
    if (!expression) {
      guards = [...guards, UNREAD]
      continue
    }
    const { path, bound } = reading
    const standing = { path, line: lineOf(reading.text, text), bound, guards }
    reading.found.uses.push(...usesInExpression(expression, standing))
    guards = [...guards, guardOf(expression, true, bound)]
  }
  return { ...reading, guards }
}

function readArguments(value: PlainValue, reading: Reading): void {
  const { path, bound, guards } = reading
  if (typeof value === 'string') {
    if (!/\{[{%]/.test(value)) return
    const line = lineOf(reading.text, value.trim().split('\n')[0] ?? '')
    reading.found.uses.push(...usesInTemplate({ text: value, path, line, bound, guards }))
  } else if (Array.isArray(value))
    for (const each of value as readonly PlainValue[]) readArguments(each, reading)
  else if (value instanceof Map) for (const each of (value as PlainMap).values()) readArguments(each, reading)
}

/** What a task loops over, and what its item is then. Ansible works that out before it asks the task's conditions. */
function loopOf(
  task: PlainMap,
  { path, text, bound }: Reading,
): { readonly bound: Bound; readonly uses: readonly Use[]; readonly guards: readonly Guard[] } {
  const keyword = [...task.keys()].find((key) => key === 'loop' || key.startsWith('with_'))
  if (keyword === undefined) return { bound, uses: [], guards: [] }
  const control = task.get('loop_control')
  const named = control instanceof Map ? (control as PlainMap).get('loop_var') : undefined
  const item = typeof named === 'string' ? named : 'item'
  const given = task.get(keyword)
  const [first, second] = Array.isArray(given) ? (given as readonly PlainValue[]) : [given]
  const single = keyword === 'with_subelements' || !Array.isArray(given)
  const source = typeof first === 'string' && single ? loneExpression(first) : undefined
  const expression = source === undefined ? undefined : parsed(source)
  const other = new Map([...bound, [item, 'other' as const]])
  const guards = somethingIn(given, expression, bound)
  if (!expression) return { bound: other, uses: [], guards }
  const line = lineOf(text, textOf(first))
  const standing = { path, line, bound, guards: [] }
  // What is undefined may be passed over by a condition; what has the wrong type is not.
  const own = usesInExpression(expression, standing).filter(
    ({ want }) => want.kind !== 'key' && !want.how.startsWith('.'),
  )
  const subject = subjectOf(expression, bound)
  const uses = own.map((use): Use => ({ ...use, first: true }))
  if (!subject) return { bound: other, uses, guards }
  const wanted = loopWants(keyword, subject, second).map(({ want, ways }): Use => ({
    name: subject.name,
    ways,
    want,
    path,
    line,
    guards: [],
    first: true,
  }))
  return { bound: itemBound(keyword, item, subject, bound), uses: [...uses, ...wanted], guards }
}

/** That a task comes by at least once: of what is written out where anything is, of an expression where it comes to anything. */
function somethingIn(given: PlainValue, expression: Expression | undefined, bound: Bound): readonly Guard[] {
  if (expression) return [loopGuard(expression, bound)]
  const items = given instanceof Map ? [...(given as PlainMap).keys()] : listed(given)
  if (items.length === 0) return [{ ...UNREAD, expression: { kind: 'literal', value: false }, ofItem: false }]
  return items.every((each) => typeof each === 'string' && /\{[{%]/.test(each)) ? [UNREAD] : []
}

function loopWants(
  keyword: string,
  { as, ways }: Subject,
  key: PlainValue,
): readonly { readonly want: Want; readonly ways: Use['ways'] }[] {
  if (as !== 'value') return []
  if (keyword === 'loop') return [{ want: { kind: 'list', how: 'loop' }, ways }]
  if (keyword === 'with_dict') return [{ want: { kind: 'mapping', how: 'with_dict' }, ways }]
  if (keyword !== 'with_subelements' || typeof key !== 'string') return []
  return [{ want: { kind: 'key', key, how: 'with_subelements' }, ways: [...ways, 'items'] }]
}

function itemBound(keyword: string, item: string, subject: Subject, bound: Bound): Bound {
  if (keyword === 'loop') return boundInLoop([item], subject, bound)
  if (keyword === 'with_dict' && subject.as === 'value')
    return new Map([...bound, [item, { ...subject, as: 'pair' as const }]])
  if (keyword !== 'with_items' || subject.as !== 'value') return new Map([...bound, [item, 'other' as const]])
  const { name, ways } = subject
  return new Map([...bound, [item, { name, ways: [...ways, 'flat-items' as const], as: 'value' as const }]])
}

function loneExpression(text: string): string | undefined {
  return /^\s*\{\{([\s\S]*)\}\}\s*$/.exec(text)?.[1]
}

function fileOf(module: string, value: PlainValue): Pick<Handed, 'to' | 'file'> | undefined {
  const key = module === 'template' ? 'src' : 'file'
  const inner = value instanceof Map ? (value as PlainMap).get(key) : undefined
  const short =
    typeof value === 'string' ? (/(?:^|\s)src=(\S+)/.exec(value)?.[1] ?? value.split(' ')[0]) : undefined
  const file = typeof inner === 'string' ? inner : short
  if (file === undefined) return undefined
  if (module === 'template') return { to: 'template', file }
  return ['include_tasks', 'import_tasks', 'include'].includes(module) ? { to: 'tasks', file } : undefined
}

function textOf(value: PlainValue): string {
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : ''
}

function namesIn(vars: PlainValue): readonly string[] {
  return vars instanceof Map ? [...(vars as PlainMap).keys()] : []
}

function withoutNames(bound: Bound, names: readonly string[]): Bound {
  return names.length === 0 ? bound : new Map([...bound, ...names.map((name) => [name, 'other'] as const)])
}

/** The first line that has a text; a task's words stand in it as they are, unless they are folded. */
function lineOf(text: string, part: string): number {
  const at = part === '' ? -1 : text.indexOf(part)
  return at < 0 ? 1 : text.slice(0, at).split('\n').length
}
