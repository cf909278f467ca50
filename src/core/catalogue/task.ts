import { parentOf } from '../model/parent-of.ts'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'

/** A task, a block, a play or an entry of a list of roles, as it is written. */
export type Task = PlainMap

/** What stands in a list of tasks or plays; anything else in it is none of ours. */
export function tasksIn(document: PlainValue): readonly Task[] {
  if (!Array.isArray(document)) return []
  return (document as readonly PlainValue[]).filter((each): each is Task => each instanceof Map)
}

/** What a task hands to a module, under the module's short or full name; `undefined` where it is another module's. */
export function argumentsOf(task: Task, module: string): PlainValue | undefined {
  for (const name of [module, `ansible.builtin.${module}`, `ansible.legacy.${module}`])
    if (task.has(name)) return task.get(name) ?? new Map<string, PlainValue>()
  return undefined
}

/** A value that may stand alone or in a list, as a list. */
export function listed(value: PlainValue): readonly PlainValue[] {
  if (value === undefined) return []
  return Array.isArray(value) ? (value as readonly PlainValue[]) : [value]
}

/** A mapping that is written out; nothing where a template or a list stands in its place. */
export function mapIn(value: PlainValue): PlainMap {
  return value instanceof Map ? (value as PlainMap) : new Map<string, PlainValue>()
}

/** The file or the name that an inclusion names, in any of its forms. */
export function namedBy(value: PlainValue, key: string): string | undefined {
  if (value instanceof Map) {
    const named = (value as PlainMap).get(key)
    return typeof named === 'string' ? named : undefined
  }
  if (typeof value !== 'string') return undefined
  const pair = new RegExp(`(?:^|\\s)${key}=(\\S+)`).exec(value)?.[1]
  return pair ?? value.trim().split(/\s(?=\w+=)/)[0]
}

/** A path that a file names, seen from where that file stands. */
export function beside(path: string, named: string): string {
  const parts: string[] = []
  for (const part of `${parentOf(path)}/${named}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}
