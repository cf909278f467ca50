import { isTemplate } from '../catalogue/jinja/read-template.ts'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'
import type { Audited } from './audited.ts'
import { readRolePath } from './read-role-path.ts'
import { listed } from '../catalogue/task.ts'

/** A task of a role, with everything it stands under. */
export interface RoleTask {
  readonly path: string
  readonly task: PlainMap
  /** Its own conditions, those of the blocks around it and of what includes its file. */
  readonly conditions: readonly string[]
}

/**
 * The tasks that a role comes to from its `main.yml`, through blocks and files that it includes by name. A file that only a variable names
 * is not followed.
 */
export function roleTasks(source: Audited, role: string): readonly RoleTask[] {
  const folder = `roles/${role}/tasks/`
  const main = ['main.yml', 'main.yaml']
    .map((name) => `${folder}${name}`)
    .find((path) => source.tree.has(path))
  if (main === undefined) return []
  const found: RoleTask[] = []
  const seen = new Set<string>()
  const waiting: { readonly path: string; readonly conditions: readonly string[] }[] = [
    { path: main, conditions: [] },
  ]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const key = JSON.stringify(next)
    const isNew = !seen.has(key) && source.text(next.path) !== undefined
    seen.add(key)
    if (!isNew || readRolePath(next.path)?.part !== 'tasks') continue
    for (const { task, conditions } of tasksIn(source.document(next.path), next.conditions)) {
      found.push({ path: next.path, task, conditions })
      const file = includedIn(task)
      if (file !== undefined) waiting.push({ path: `${folder}${file}`, conditions })
    }
  }
  return found
}

interface Placed {
  readonly task: PlainMap
  readonly conditions: readonly string[]
}

function tasksIn(value: PlainValue, outer: readonly string[]): readonly Placed[] {
  if (!Array.isArray(value)) return []
  return (value as readonly PlainValue[]).flatMap((each): readonly Placed[] => {
    if (!(each instanceof Map)) return []
    const task = each as PlainMap
    const conditions = [...outer, ...listed(task.get('when')).map(String)]
    const inner = ['block', 'rescue', 'always'].flatMap((key) => tasksIn(task.get(key), conditions))
    return inner.length > 0 ? inner : [{ task, conditions }]
  })
}

const INCLUDES = ['include_tasks', 'import_tasks', 'include'].flatMap((name) => [
  name,
  `ansible.builtin.${name}`,
])

function includedIn(task: PlainMap): string | undefined {
  const value = INCLUDES.map((key) => task.get(key)).find((each) => each !== undefined)
  const file = value instanceof Map ? (value as PlainMap).get('file') : value
  return typeof file === 'string' && !isTemplate(file) ? file.split(' ')[0] : undefined
}
