import type { Place } from '../model/problem.ts'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'
import { PythonNumber } from '../yaml/values/python-number.ts'
import { optional } from '../model/defined.ts'
import { readDocument } from '../yaml/values/read-values.ts'
import type { ValueCheck } from './catalogue.ts'
import { winning, type Definitions } from './definitions.ts'
import { attempt, decideCondition, isUndecided } from './jinja/decision.ts'
import { readExpression, type Expression } from './jinja/expression.ts'
import { isTemplate } from './jinja/read-template.ts'
import { evaluate } from './jinja/render-template.ts'
import { isList, Missing, printed, printedScalar, Unsure, type Value } from './jinja/value.ts'
import type { ReleaseFiles } from './release-files.ts'
import { argumentsOf, listed, mapIn, tasksIn, type Task } from './task.ts'

/** Where releases check what an inventory says before they change anything: since v2.28 in a role of its own. */
const CHECKS_OF_SETTINGS = /(?:verify-settings|validate_inventory\/tasks\/main)\.yml$/

/** The checks that list what a variable may be: `name in ['a', 'b']` and `name == 'a'`. */
export function valueChecks(files: ReleaseFiles, definitions: Definitions): readonly ValueCheck[] {
  return files.layout.checks.flatMap((path) => {
    const text = files.text(path)
    const tasks = assertsIn(readDocument(text), [])
    return tasks.flatMap(({ task, when }) => checksOf({ path, text, task, when, definitions }))
  })
}

interface Assert {
  readonly task: Task
  readonly when: readonly PlainValue[]
}

function assertsIn(list: PlainValue, outer: readonly PlainValue[]): readonly Assert[] {
  return tasksIn(list).flatMap((task): readonly Assert[] => {
    const when = [...outer, ...listed(task.get('when'))]
    // A failure that may be ignored, or that is caught, is no end.
    if (task.has('rescue') || task.has('ignore_errors') || task.has('loop') || task.has('with_items'))
      return []
    const own = argumentsOf(task, 'assert') === undefined ? [] : [{ task, when }]
    return [...own, ...assertsIn(task.get('block'), when)]
  })
}

function checksOf({
  path,
  text,
  task,
  when,
  definitions,
}: Assert & {
  readonly path: string
  readonly text: string
  readonly definitions: Definitions
}): readonly ValueCheck[] {
  const given: PlainMap = mapIn(argumentsOf(task, 'assert'))
  const message = given.get('fail_msg') ?? given.get('msg')
  return listed(given.get('that')).flatMap((that): readonly ValueCheck[] => {
    const found = typeof that === 'string' ? readAccepted(that) : undefined
    if (!found) return []
    const conditions = when.map(printed)
    return [
      {
        ...found,
        when: conditions,
        given: literalsIn(conditions, definitions),
        path,
        line: text.split('\n').findIndex((line) => line.includes(printed(that))) + 1 || 1,
        ...optional(message, (message) => ({ message: listed(message).map(printed).join(' ').trim() })),
      },
    ]
  })
}

/** The variable that a condition is about, and what it takes; `undefined` for a condition of another form. */
export function readAccepted(condition: string): Pick<ValueCheck, 'variable' | 'accepts'> | undefined {
  const read = attempt(() => readExpression(condition))
  if (isUndecided(read) || read.kind !== 'binary' || !['in', '=='].includes(read.operator)) return undefined
  const variable = nameOf(read.left)
  const value = attempt(() => evaluate(read.right, NOTHING))
  if (variable === undefined || isUndecided(value) || value instanceof Missing) return undefined
  return { variable, accepts: isList(value) ? value.map(printed) : [printed(value)] }
}

/** A default beside the name is for who sets nothing. */
function nameOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name
  const isDefault = expression.kind === 'filter' && /^(?:d|default)$/.test(expression.name)
  return isDefault ? nameOf(expression.of) : undefined
}

const NOTHING = { variable: (name: string) => new Missing(name), read: new Map() }

/** What the names in conditions are by default, where the release writes that out. */
function literalsIn(conditions: readonly string[], definitions: Definitions): ValueCheck['given'] {
  const names = conditions.flatMap((each) => [...each.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name))
  const entries = [...new Set(names)].flatMap(
    (name): readonly (readonly [string, string | number | boolean])[] => {
      const value = winning(definitions, name)?.value
      if (typeof value === 'boolean' || typeof value === 'number') return [[name, value]]
      if (value instanceof PythonNumber) return [[name, Number(value)]]
      return typeof value === 'string' && !isTemplate(value) ? [[name, value]] : []
    },
  )
  return Object.fromEntries(entries)
}

/** What a cluster sets, as the planner hears of it: plain values of the whole cluster by the name of the variable. */
export type SetValues = ReadonlyMap<string, SetValue>

interface SetValue {
  readonly value: PlainValue
  readonly at: Place
}

/** The first check that certainly refuses what a cluster sets. What only a host or a template could tell refuses nothing. */
export function refusedBy(checks: readonly ValueCheck[], set: SetValues): ValueCheck | undefined {
  return checks.find(({ variable, accepts, when, given, path }) => {
    // Checks of a role are asked where the role is on.
    if (!CHECKS_OF_SETTINGS.test(path)) return false
    const value = set.has(variable) ? plainText(set.get(variable)?.value) : undefined
    if (value === undefined || accepts.includes(value)) return false
    const known = (name: string): Value => {
      if (set.has(name)) return set.get(name)?.value
      return name in given ? given[name] : new Unsure(name, { why: 'host', isThere: true })
    }
    const scope = { variable: known, read: new Map() }
    return when.every((condition) => decideCondition(condition, scope) === true)
  })
}

/** The first check that takes no such value of a variable whatever else the cluster sets. */
export function alwaysRefusing(
  checks: readonly ValueCheck[],
  name: string,
  value: string,
): ValueCheck | undefined {
  const known = new Map<string, Value>([
    [name, value],
    ['ignore_assert_errors', false],
  ])
  const scope = {
    variable: (each: string): Value =>
      known.has(each) ? known.get(each) : new Unsure(each, { why: 'host', isThere: true }),
    read: new Map(),
  }
  return checks.find(
    ({ variable, accepts, when }) =>
      variable === name &&
      !accepts.includes(value) &&
      when.every((condition) => decideCondition(condition, scope) === true),
  )
}

function plainText(value: PlainValue): string | undefined {
  return typeof value === 'boolean' ? printed(value) : printedScalar(value)
}
