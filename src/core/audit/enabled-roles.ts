import { holds } from '../catalogue/jinja/evaluate.ts'
import { readExpression } from '../catalogue/jinja/expression.ts'
import { isTemplate } from '../catalogue/jinja/template.ts'
import type { PlainMap, PlainValue } from '../yaml/plain-value.ts'
import { readDocument } from '../yaml/read-values.ts'
import { computed, renderedOn, type Audited } from './audited.ts'
import { readRolePath } from './role-path.ts'

/**
 * The roles that a cluster's settings lead to: from the playbooks through dependencies and included roles, past every condition that
 * is known to be false. A condition that only a running host can answer lets through.
 */
export function enabledRoles(source: Audited): ReadonlySet<string> {
  const references = new Map<string, Reference[]>()
  for (const path of source.tree.keys()) {
    const from = callerOf(path)
    const text = from === undefined ? undefined : source.text(path)
    if (from === undefined || text === undefined || !/\brole\b|_role\b/.test(text)) continue
    const known = references.get(from) ?? []
    references.set(from, [...known, ...referencesIn(readDocument(text), [])])
  }
  const enabled = new Set<string>()
  const waiting = [PLAYBOOKS]
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    for (const { role, conditions } of references.get(from) ?? []) {
      const name = nameOf(role, source)
      if (enabled.has(name) || conditions.some((each) => isKnownFalse(each, source))) continue
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
  const conditions = [...outer, ...conditionsOf(map.get('when'))]
  const own = [map.get('role'), ...INCLUDES.map((key) => nameIn(map.get(key)))]
    .filter((role) => typeof role === 'string')
    .map((role) => ({ role, conditions }))
  const inner = ['roles', 'dependencies', 'tasks', 'pre_tasks', 'post_tasks', 'block', 'rescue', 'always']
  return [
    ...own,
    ...namesIn(map.get('roles')),
    ...inner.flatMap((key) => referencesIn(map.get(key), conditions)),
  ]
}

/** A play may list a role by its bare name. */
function namesIn(roles: PlainValue): readonly Reference[] {
  if (!Array.isArray(roles)) return []
  return (roles as readonly PlainValue[])
    .filter((role) => typeof role === 'string')
    .map((role) => ({ role, conditions: [] }))
}

function nameIn(value: PlainValue): PlainValue {
  return value instanceof Map ? (value as PlainMap).get('name') : undefined
}

function conditionsOf(when: PlainValue): readonly string[] {
  if (when === undefined) return []
  return (Array.isArray(when) ? (when as readonly PlainValue[]) : [when]).map(String)
}

function nameOf(role: string, source: Audited): string {
  const name = isTemplate(role)
    ? renderedOn(source, { name: `role ${role}`, value: role }, source.architectures[0] ?? 'amd64')
    : role
  return (name ?? role).replace(/\/$/, '')
}

function isKnownFalse(condition: string, source: Audited): boolean {
  if (/^(?:true|false)$/i.test(condition)) return /^false$/i.test(condition)
  return computed(source, `when ${condition}`, (scope) => holds(readExpression(condition), scope)) === false
}
