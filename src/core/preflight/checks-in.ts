import { oncePer } from '../model/collections/once-per.ts'
import type { Audited } from '../audit/audited.ts'
import { printed } from '../catalogue/jinja/value.ts'
import { optional } from '../model/defined.ts'
import type { PlainValue } from '../yaml/values/plain-value.ts'
import type { Check } from './check.ts'
import { argumentsOf, tasksIn, type Task } from '../catalogue/task.ts'

/** The checks of a file, each with its place; read once. */
export function checksIn(source: Audited, path: string): ReadonlyMap<Task, Check> {
  const files = filesOf(source)
  const read = files.get(path) ?? readChecks(source, path)
  files.set(path, read)
  return read
}

const filesOf = oncePer((_: Audited) => new Map<string, ReadonlyMap<Task, Check>>())

/**
 * YAML's values have no lines. The checks stand in a document in the order in which their modules' names stand at the beginnings
 * of lines; where the two do not count the same, the task's name tells the line.
 */
function readChecks(source: Audited, path: string): ReadonlyMap<Task, Check> {
  const lines = (source.text(path) ?? '').split('\n')
  const tasks = checkTasks(source.document(path))
  const places = lines.flatMap((line, at) => (MODULE.test(line) ? [at + 1] : []))
  return new Map(
    tasks.map((task, index): [Task, Check] => {
      const name = task.get('name')
      const kind = argumentsOf(task, 'assert') === undefined ? 'fail' : 'assert'
      const named = lines.findIndex((line) => name !== undefined && line.includes(printed(name))) + 1
      const line = places.length === tasks.length ? places[index] : named
      return [task, { path, line: line || 1, kind, ...optional(name, (name) => ({ name: printed(name) })) }]
    }),
  )
}

const MODULE = /^\s*(?:-\s+)?(?:ansible\.(?:builtin|legacy)\.)?(?:assert|fail):/

function checkTasks(document: PlainValue): readonly Task[] {
  return tasksIn(document).flatMap((task) => {
    if (argumentsOf(task, 'assert') !== undefined || argumentsOf(task, 'fail') !== undefined) return [task]
    return INNER.flatMap((key) => checkTasks(task.get(key)))
  })
}

/** Where tasks stand in plays and blocks, in the order of the documents of all releases. */
const INNER = ['pre_tasks', 'tasks', 'block', 'rescue', 'always', 'post_tasks']
