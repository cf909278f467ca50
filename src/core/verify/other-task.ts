import { tasksIn, type Task } from '../catalogue/task.ts'
import { readDocument, readValues } from '../yaml/values/read-values.ts'
import type { PlainValue } from '../yaml/values/plain-value.ts'
import { printed } from '../catalogue/jinja/value.ts'
import { foreignInExpression } from './foreign-lookup.ts'

/** Something in a file of tasks that we do not run, with the line where it stands, counted from 1. */
interface OtherTask {
  readonly line: number
  /** What it would do, by the key that says so. */
  readonly doing: string
}

/** Actions that Ansible's controller does by itself, in its own memory. */
const OWN_ACTIONS = ['assert', 'fail', 'debug', 'set_fact', 'group_by']

/** What a task may say beside its action without leaving the controller. */
const KEYWORDS = new Set([
  ...[
    'name',
    'when',
    'vars',
    'run_once',
    'tags',
    'loop',
    'loop_control',
    'register',
    'no_log',
    'ignore_errors',
  ],
  ...[
    'failed_when',
    'changed_when',
    'check_mode',
    'any_errors_fatal',
    'with_items',
    'with_list',
    'with_dict',
  ],
  ...[
    'with_nested',
    'with_together',
    'with_subelements',
    'with_flattened',
    'with_sequence',
    'with_indexed_items',
  ],
])

/** Lists of tasks in a block. */
const LISTS = ['block', 'rescue', 'always']

/**
 * The first thing in a file of tasks that may do more than ask and remember; `undefined` where all of it is harmless. What cannot be
 * read is something else too.
 */
export function otherTask(text: string): OtherTask | undefined {
  const document = readDocument(text)
  if (document === undefined)
    return text.split('\n').some((line) => !/^(?:#|---|$)/.test(line.trim()))
      ? { line: 1, doing: 'unreadable' }
      : undefined
  // Where a reader has to guess, Ansible's may guess something else.
  if (!Array.isArray(document) || readValues(text).problems.length > 0)
    return { line: 1, doing: 'unreadable' }
  const found = otherIn(document)
  return found === undefined ? undefined : { line: lineOf(text, found), doing: found }
}

/** The same of tasks that stand in a play. */
export function otherIn(list: PlainValue): string | undefined {
  if (list === undefined) return undefined
  if (!Array.isArray(list) || tasksIn(list).length !== list.length) return 'unreadable'
  for (const task of tasksIn(list)) {
    const found = otherOf(task)
    if (found !== undefined) return found
  }
  return undefined
}

function otherOf(task: Task): string | undefined {
  const isBlock = task.has('block')
  for (const [key, value] of task) {
    if (KEYWORDS.has(key)) continue
    if (isBlock && LISTS.includes(key)) {
      const inner = otherIn(value)
      if (inner !== undefined) return inner
      continue
    }
    const action = key.replace(/^ansible\.(?:builtin|legacy)\./, '')
    if (isBlock || !OWN_ACTIONS.includes(action)) return key
  }
  return textsIn(task).some((each) => foreignInExpression(each) !== undefined) ? 'lookup' : undefined
}

function textsIn(value: PlainValue): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value instanceof Map)
    return [...(value as Task)].flatMap(([key, inner]) => (SAID.has(key) ? [] : textsIn(inner)))
  return Array.isArray(value) ? (value as readonly PlainValue[]).flatMap(textsIn) : []
}

/** Words for people, in which templates are looked for with the rest of the file. */
const SAID = new Set(['name', 'msg', 'fail_msg', 'success_msg'])

function lineOf(text: string, key: string): number {
  const at = text.split('\n').findIndex((line) => line.replace(/^[\s-]*/, '').startsWith(printed(key)))
  return Math.max(at, 0) + 1
}
