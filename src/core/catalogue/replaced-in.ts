import { readDocument } from '../yaml/values/read-values.ts'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'
import type { Replaced } from './catalogue.ts'
import { tasksIn } from './task.ts'

/**
 * What a file of tasks puts in the place of a variable: a `set_fact` of another one where it is on, or a message that says what to set
 * instead.
 */
export function replacedIn(path: string, text: string): readonly Replaced[] {
  const said = [...text.matchAll(SAID)].flatMap((match): readonly Replaced[] => {
    const [, by, becomes, name, value] = match
    if (by === undefined || becomes === undefined || name === undefined || value === undefined) return []
    return [{ name, value, by, becomes, path, how: 'said' }]
  })
  const facts = /\bset_fact:/.test(text)
    ? tasksIn(readDocument(text)).flatMap((task) => factsOf(task, path))
    : []
  return [...facts, ...said]
}

const SAID = /set `(\w+)` to `([\w.-]+)` instead of setting `(\w+)` to `([\w.-]+)`/g

function factsOf(task: PlainMap, path: string): readonly Replaced[] {
  const fact = task.get('set_fact') ?? task.get('ansible.builtin.set_fact')
  const when = task.get('when')
  const [condition, ...more] = Array.isArray(when) ? (when as readonly PlainValue[]) : [when]
  const name = typeof condition === 'string' && more.length === 0 ? ON.exec(condition.trim()) : undefined
  const of = name?.[1] ?? name?.[3]
  if (of === undefined || !(fact instanceof Map)) return []
  return [...(fact as PlainMap)].flatMap(([by, becomes]): readonly Replaced[] =>
    typeof becomes === 'string' && /^[\w.-]+$/.test(becomes)
      ? [{ name: of, value: 'true', by, becomes, path, how: 'fact' }]
      : [],
  )
}

/** `x is defined and x`, `x`, each with `| bool` or without. */
const ON = /^(?:(\w+) is defined and (\1)|(\w+))(?: ?\| ?bool)?$/
