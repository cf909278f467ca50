import { holds, type Scope } from '../../catalogue/jinja/render-template.ts'
import type { Expression } from '../../catalogue/jinja/expression.ts'
import { computed, type Audited } from '../../audit/audited.ts'
import type { PlainValue } from '../../yaml/values/plain-value.ts'
import type { Guard } from './use.ts'
import { looksAt } from './uses-in-expression.ts'

/** `unknown`: only a running host could tell. */
export type Truth = 'yes' | 'no' | 'unknown'

/** A variable with a value that it might have instead of its own. */
interface Instead {
  readonly name: string
  readonly value: PlainValue
  /** Tells this value from others of the same name. */
  readonly key: string
}

/** Whether every condition over a place holds, on some host of any cluster. */
export function allHold(guards: readonly Guard[], source: Audited, instead?: Instead): Truth {
  // One host answers each of these; whether any answers two of them, nobody says.
  const ofHosts = new Set(guards.flatMap(({ expression }) => hostConditionsIn(expression)))
  let all: Truth = ofHosts.size > 1 ? 'unknown' : 'yes'
  for (const { expression, holds: wanted, ofItem } of guards) {
    const truth = ofItem ? 'unknown' : truthOf(expression, source, instead)
    const held = wanted ? truth : opposite(truth)
    if (held === 'no') return 'no'
    if (held === 'unknown') all = 'unknown'
  }
  return all
}

function truthOf(expression: Expression, source: Audited, instead: Instead | undefined): Truth {
  if (expression.kind === 'not') return opposite(truthOf(expression.of, source, instead))
  if (expression.kind === 'binary' && (expression.operator === 'and' || expression.operator === 'or')) {
    const decides = expression.operator === 'and' ? 'no' : 'yes'
    const sides = [expression.left, expression.right].map((each) => truthOf(each, source, instead))
    if (sides.includes(decides)) return decides
    return sides.includes('unknown') ? 'unknown' : opposite(decides)
  }
  // A group that every cluster has is not empty.
  if (isOfSomeHost(expression) || isGroup(expression)) return 'yes'
  if (looksAt(expression, (name) => OF_HOST.test(name))) return 'unknown'
  const key = `shape ${JSON.stringify(expression)} ${instead ? `${instead.name} ${instead.key}` : ''}`
  const held = computed(source, key, (scope) => holds(expression, withValue(scope, instead)))
  if (held === undefined) return 'unknown'
  return held ? 'yes' : 'no'
}

function withValue(scope: Scope, instead: Instead | undefined): Scope {
  if (!instead) return scope
  return { ...scope, variable: (name) => (name === instead.name ? instead.value : scope.variable(name)) }
}

function opposite(truth: Truth): Truth {
  if (truth === 'unknown') return truth
  return truth === 'yes' ? 'no' : 'yes'
}

/** What differs from host to host, or comes to be while a play runs. */
const OF_HOST = /^(?:ansible_\w+|inventory_\w+|groups|group_names|hostvars|play_hosts|item|first_kube_\w+)$/

const EVERY_CLUSTER = /^(?:kube_control_plane|kube[-_]master|kube[-_]node|etcd|k8s[-_]cluster)$/

/** That a host is in a group which every cluster has, or the first of it, is so for one of them. */
function isOfSomeHost(expression: Expression): boolean {
  if (expression.kind !== 'binary') return false
  const { operator, left, right } = expression
  const isHost = left.kind === 'name' && left.name === 'inventory_hostname'
  if (isHost && operator === 'in') return isGroup(right)
  if (isHost && operator === '==') return isFirst(right)
  const isNames = right.kind === 'name' && right.name === 'group_names'
  return operator === 'in' && isNames && isGroupName(left)
}

function hostConditionsIn(expression: Expression): readonly string[] {
  if (expression.kind === 'not') return hostConditionsIn(expression.of)
  if (expression.kind === 'binary' && (expression.operator === 'and' || expression.operator === 'or'))
    return [expression.left, expression.right].flatMap(hostConditionsIn)
  return isOfSomeHost(expression) ? [JSON.stringify(expression)] : []
}

function isGroup(expression: Expression): boolean {
  return (
    expression.kind === 'key' &&
    expression.of.kind === 'name' &&
    expression.of.name === 'groups' &&
    isGroupName(expression.key)
  )
}

function isGroupName(expression: Expression): boolean {
  return (
    expression.kind === 'literal' &&
    typeof expression.value === 'string' &&
    EVERY_CLUSTER.test(expression.value)
  )
}

function isFirst(expression: Expression): boolean {
  if (expression.kind === 'name') return /^first_kube_(?:control_plane|master)$/.test(expression.name)
  if (expression.kind === 'filter') return expression.name === 'first' && isGroup(expression.of)
  return (
    expression.kind === 'key' &&
    expression.key.kind === 'literal' &&
    expression.key.value === 0 &&
    isGroup(expression.of)
  )
}
