import { splitSpans, TEMPLATE } from '../text/split-spans.ts'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'
import { readDocument } from '../yaml/values/read-values.ts'

/** What a playbook or a file of tasks names. */
export interface Reference {
  readonly kind: 'role' | 'playbook' | 'tasks' | 'variables'
  /** As it is written. */
  readonly name: string
  /** Whether it is looked for in any case; not below a condition that is asked before it. */
  readonly isCertain: boolean
}

/** Roles, playbooks and files that a file names; nothing where it cannot be read. */
export function referencesIn(text: string): readonly Reference[] {
  return inValue(readDocument(text), false)
}

/** What a key names, by Ansible's short name. Static ones are looked for whatever their condition says. */
const KEYS: Readonly<Record<string, { readonly kind: Reference['kind']; readonly isStatic: boolean }>> = {
  import_playbook: { kind: 'playbook', isStatic: true },
  import_role: { kind: 'role', isStatic: true },
  include_role: { kind: 'role', isStatic: false },
  import_tasks: { kind: 'tasks', isStatic: true },
  include_tasks: { kind: 'tasks', isStatic: false },
  include_vars: { kind: 'variables', isStatic: false },
  vars_files: { kind: 'variables', isStatic: true },
}

/** Places that hold further tasks. */
const INNER = ['tasks', 'pre_tasks', 'post_tasks', 'handlers', 'block', 'rescue', 'always']

function inValue(value: PlainValue, outer: boolean): readonly Reference[] {
  if (Array.isArray(value)) return (value as readonly PlainValue[]).flatMap((each) => inValue(each, outer))
  if (!(value instanceof Map)) return []
  const map = value as PlainMap
  const isConditional = outer || map.has('when')
  const own = [...map].flatMap(([key, each]): readonly Reference[] => {
    const short = key.replace(/^ansible\.(?:builtin|legacy)\./, '')
    const known = KEYS[short] ?? includeOf(short, map)
    if (!known) return []
    // Of a list in a list the first that is there counts.
    const isCertain = (name: PlainValue): boolean =>
      !Array.isArray(name) && (known.isStatic || !isConditional)
    const values = Array.isArray(each) ? listOf(each) : [each]
    return values.flatMap((value) =>
      namesOf(value, known.kind).map((name) => ({ kind: known.kind, name, isCertain: isCertain(value) })),
    )
  })
  const roles = [...listOf(map.get('roles')), ...listOf(map.get('dependencies'))].flatMap(
    (each): readonly Reference[] => {
      const name =
        each instanceof Map ? ((each as PlainMap).get('role') ?? (each as PlainMap).get('name')) : each
      return typeof name === 'string' ? [{ kind: 'role', name, isCertain: true }] : []
    },
  )
  return [...own, ...roles, ...INNER.flatMap((key) => inValue(map.get(key), isConditional))]
}

/** The old `include` is of playbooks at the top and of tasks below. */
function includeOf(key: string, map: PlainMap): (typeof KEYS)[string] | undefined {
  if (key !== 'include') return undefined
  const isPlay =
    !map.has('name') && [...map.keys()].every((each) => ['include', 'when', 'tags', 'vars'].includes(each))
  return { kind: isPlay ? 'playbook' : 'tasks', isStatic: false }
}

function listOf(value: PlainValue): readonly PlainValue[] {
  return Array.isArray(value) ? (value as readonly PlainValue[]) : []
}

/** `name=x tasks_from=y`, `{ name: x }`, `{ file: x }`, a bare name, or a list of such. A role has a name, a file may be given one. */
function namesOf(value: PlainValue, kind: Reference['kind']): readonly string[] {
  if (Array.isArray(value)) return listOf(value).flatMap((each) => namesOf(each, kind))
  const keys = kind === 'role' ? ['name', 'role'] : ['file']
  if (value instanceof Map) {
    const name = keys.map((key) => (value as PlainMap).get(key)).find((each) => each !== undefined)
    return typeof name === 'string' ? [name] : []
  }
  if (typeof value !== 'string') return []
  const words = wordsOf(value)
  const named = words.find((word) => keys.some((key) => word.startsWith(`${key}=`)))
  const [first] = words
  const name = named?.slice(named.indexOf('=') + 1) ?? first
  return name === undefined ? [] : [name]
}

/** Cut at blanks, but for those inside of a template. */
function wordsOf(text: string): readonly string[] {
  const solid = splitSpans(text, TEMPLATE).map((part, at) =>
    at % 2 === 1 ? part.replaceAll(' ', '\0') : part,
  )
  return solid
    .join('')
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll('\0', ' '))
}
