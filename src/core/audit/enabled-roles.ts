import { oncePer } from '../model/collections/once-per.ts'
import { addAllTo } from '../model/collections/grouped.ts'
import { holds, renderTemplate, type Scope } from '../catalogue/jinja/render-template.ts'
import { readExpression } from '../catalogue/jinja/expression.ts'
import { isTemplate } from '../catalogue/jinja/read-template.ts'
import { printed } from '../catalogue/jinja/value.ts'
import { renderedDeep } from '../catalogue/variables-of.ts'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'
import { computed, type Audited } from './audited.ts'
import { readRolePath } from './read-role-path.ts'
import { listed, mapIn } from '../catalogue/task.ts'

/**
 * The roles that a cluster's settings lead to: from the playbooks through dependencies and included roles, past every condition that
 * is known to be false. A condition that only a running host can answer lets through.
 */
export const enabledRoles = oncePer(findRoles)

function findRoles(source: Audited): ReadonlySet<string> {
  const references = new Map<string, Reference[]>()
  for (const path of source.tree.keys()) {
    const from = callerOf(path)
    const text = from === undefined ? undefined : source.text(path)
    if (from === undefined || text === undefined || !/\broles?\b|_role\b|\bdependencies\b/.test(text))
      continue
    addAllTo(references, from, referencesIn(source.document(path), []))
  }
  const enabled = new Set<string>()
  const waiting = [PLAYBOOKS]
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    for (const reference of (references.get(from) ?? []).flatMap((each) => turnsOf(each, source))) {
      const name = nameOf(reference, source)
      if (enabled.has(name) || reference.conditions.some((each) => isKnownFalse(each, reference, source)))
        continue
      enabled.add(name)
      waiting.push(name)
    }
  }
  return enabled
}

/** Not the name of a role: where plays begin. */
const PLAYBOOKS = '(playbooks)'

interface Reference {
  readonly role: string
  readonly conditions: readonly string[]
  /** What the task sets for itself: its `vars`, and in a loop `item`. */
  readonly locals: PlainMap
  /** What it loops over. */
  readonly loop?: PlainValue
}

function callerOf(path: string): string | undefined {
  if (/^(?:playbooks\/)?[^/]+\.ya?ml$/.test(path)) return PLAYBOOKS
  const place = /\.ya?ml$/.test(path) ? readRolePath(path) : undefined
  return place && ['tasks', 'meta', 'handlers'].includes(place.part) ? place.role : undefined
}

const INCLUDES = [
  'include_role',
  'import_role',
  'ansible.builtin.include_role',
  'ansible.builtin.import_role',
]

/** Roles of plays, dependencies of roles and roles that tasks include, at any depth. */
function referencesIn(value: PlainValue, outer: readonly string[]): readonly Reference[] {
  if (Array.isArray(value))
    return (value as readonly PlainValue[]).flatMap((each) => referencesIn(each, outer))
  if (!(value instanceof Map)) return []
  const map = value as PlainMap
  const conditions = [...outer, ...listed(map.get('when')).map(String)]
  const included = INCLUDES.map((key) => map.get(key)).filter((value) => !takesAway(value))
  const own = [map.get('role'), ...included.map(nameIn)]
    .filter((role) => typeof role === 'string')
    .map((role) => ({
      role,
      conditions,
      locals: mapIn(map.get('vars')),
      loop: map.get('loop') ?? map.get('with_items'),
    }))
  const inner = ['roles', 'dependencies', 'tasks', 'pre_tasks', 'post_tasks', 'block', 'rescue', 'always']
  return [
    ...own,
    ...namesIn(map.get('roles'), outer),
    ...namesIn(map.get('dependencies'), outer),
    ...inner.flatMap((key) => referencesIn(map.get(key), conditions)),
  ]
}

/** What is run of a role then is what removes it from a node, where another one took its place. */
function takesAway(value: PlainValue): boolean {
  const from =
    typeof value === 'string'
      ? /(?:^|\s)tasks_from=(\S+)/.exec(value)?.[1]
      : value instanceof Map && (value as PlainMap).get('tasks_from')
  return typeof from === 'string' && /^(?:reset|uninstall|remove)(?:\.ya?ml)?$/.test(from)
}

/** A play, or a role of its dependencies, may list a role by its bare name. */
function namesIn(roles: PlainValue, conditions: readonly string[]): readonly Reference[] {
  if (!Array.isArray(roles)) return []
  return (roles as readonly PlainValue[])
    .filter((role) => typeof role === 'string')
    .map((role) => ({ role, conditions, locals: new Map() }))
}

/** `include_role: name=thing` is the short form. */
function nameIn(value: PlainValue): PlainValue {
  if (typeof value === 'string') return /(?:^|\s)name=(\S+)/.exec(value)?.[1]
  return value instanceof Map ? (value as PlainMap).get('name') : undefined
}

/** A loop over a list that is written out comes by once for each item. */
function turnsOf(reference: Reference, source: Audited): readonly Reference[] {
  const { loop, locals } = reference
  if (!Array.isArray(loop)) return [reference]
  return (loop as readonly PlainValue[]).map((item) => {
    const known = computed(source, `item ${keyOf(item)}`, (scope) => renderedDeep(item, scope))
    return { ...reference, locals: new Map([...locals, ['item', (known ?? item) as PlainValue]]) }
  })
}

function nameOf(reference: Reference, source: Audited): string {
  const { role } = reference
  const name = isTemplate(role)
    ? computedIn(reference, source, {
        name: `role ${role}`,
        work: (scope) => printed(renderTemplate(role, scope)),
      })
    : role
  return (name ?? role).replace(/\/$/, '')
}

function isKnownFalse(condition: string, reference: Reference, source: Audited): boolean {
  if (/^(?:true|false)$/i.test(condition)) return /^false$/i.test(condition)
  const work = (scope: Scope): boolean => holds(readExpression(condition), scope)
  return computedIn(reference, source, { name: `when ${condition}`, work }) === false
}

/** Works something out where a task's own variables come before all others. */
function computedIn<T>(
  { locals }: Reference,
  source: Audited,
  { name, work }: { name: string; work: (scope: Scope) => T },
): T | undefined {
  return computed(source, `${name} with ${keyOf(locals)}`, (scope) =>
    work({
      ...scope,
      variable: (each) => (locals.has(each) ? renderedDeep(locals.get(each), scope) : scope.variable(each)),
    }),
  )
}

/** Tells values apart by what they hold. */
function keyOf(value: PlainValue): string {
  if (value instanceof Map)
    return `{${[...(value as PlainMap)].map(([key, each]) => `${key}: ${keyOf(each)}`).join()}}`
  if (Array.isArray(value)) return `[${(value as readonly PlainValue[]).map(keyOf).join()}]`
  return JSON.stringify(value) ?? 'null'
}
