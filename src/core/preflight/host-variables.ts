import { oncePer } from '../model/collections/once-per.ts'
import { grouped } from '../model/collections/grouped.ts'
import { plainOf, type Audited } from '../audit/audited.ts'
import { definitionsIn, type DefinitionOf, type Definitions } from '../catalogue/definitions.ts'
import { isTemplate } from '../catalogue/jinja/read-template.ts'
import type { Scope } from '../catalogue/jinja/render-template.ts'
import { readPattern } from '../catalogue/jinja/read-pattern.ts'
import { Missing, printed, Unsure, UnsureMap, type Value } from '../catalogue/jinja/value.ts'
import { machineOf, renderedDeep } from '../catalogue/variables-of.ts'
import { isUnknownHere } from '../inventory/nature-of.ts'
import type { Setting } from '../inventory/setting.ts'
import type { Architecture } from '../model/architecture.ts'
import type { PlainValue } from '../yaml/values/plain-value.ts'
import { attempt, isUndecided } from '../catalogue/jinja/decision.ts'
import { namesOfGroup, type HostClass, type Hosts } from './host-class.ts'

/** The hosts that a play is thought through for. */
export interface On {
  readonly architecture: Architecture
  /** Absent where the inventory names no hosts. */
  readonly of?: { readonly hosts: Hosts; readonly class: HostClass }
  /** What the inventory sets for them, the last of a name counting. */
  readonly settings: readonly Setting[]
}

/** Variables of a block, a task or an inclusion, which come before others. */
export type Locals = ReadonlyMap<string, PlainValue | Missing>

interface Kept {
  readonly value: Value
  readonly from: ReadonlySet<string>
}

/** A scope that knows what it was asked for, and what that led to. */
export interface TracedScope extends Scope {
  readonly asked: ReadonlySet<string>
}

const NONE: ReadonlyMap<string, DefinitionOf> = new Map()

/** The variables of a host while a play runs. */
export class HostVariables {
  readonly #definitions: Definitions
  readonly #ofRoles: ReadonlyMap<string, ReadonlyMap<string, DefinitionOf>>
  readonly #facts = new Map<string, Value>()
  readonly #extra: ReadonlySet<string>
  readonly #given: ReadonlyMap<string, Value>
  /** Values with all names that they were worked out from: a task's own variables may hide any of those. */
  readonly #memory = new Map<string, Kept>()
  #local = new WeakMap<Locals, Map<string, Map<string, Kept>>>()
  readonly #read: Scope['read'] = new Map()

  constructor(source: Audited, { architecture, of, settings }: On) {
    const { roles, definitions } = releaseDefinitions(source.files)
    this.#definitions = withSettings(definitions, settings, of?.class.hosts.length === 1)
    this.#ofRoles = roles
    this.#extra = new Set(settings.filter(({ extra }) => extra !== undefined).map(({ name }) => name))
    this.#given = givenTo(architecture, of)
  }

  /** What a task finds out, or sets; an extra variable stays as it was handed in. */
  set(name: string, value: Value): void {
    if (this.#extra.has(name)) return
    this.#facts.set(name, value)
    // Anything worked out from it may be another by now.
    for (const [each, { from }] of this.#memory) if (from.has(name)) this.#memory.delete(each)
    this.#local = new WeakMap()
  }

  /** Whether anything gives the variable a value so far. */
  has(name: string): boolean {
    return this.#facts.has(name) || this.#definitions.has(name) || this.#given.has(name)
  }

  /** The variables as a task of a role sees them. */
  scope(locals: Locals, role: string | undefined): TracedScope {
    const own = (role === undefined ? undefined : this.#ofRoles.get(role)) ?? NONE
    const local = this.#localMemory(locals, role)
    const running = new Set<string>()
    const asked = new Set<string>()
    let from = asked
    const isHidden = ({ from: names }: Kept): boolean =>
      [...locals.keys(), ...own.keys()].some((each) => names.has(each))
    const variable = (name: string): Value => {
      const shared = this.#memory.get(name)
      const known = shared && !isHidden(shared) ? shared : local.get(name)
      if (known) {
        for (const each of known.from) from.add(each)
        return known.value
      }
      if (running.has(name)) return new Missing(`${name}, which refers to itself`)
      const outer = from
      from = new Set([name])
      running.add(name)
      try {
        const fact = this.#facts.get(name)
        const isFact = fact !== undefined || this.#facts.has(name)
        const value = isFact ? fact : this.#valueOf(name, { locals, own, scope })
        const kept: Kept = { value, from }
        // What was asked for while a circle was open may be another outside of it.
        if (running.size === 1 || !(value instanceof Missing))
          (isHidden(kept) ? local : this.#memory).set(name, kept)
        return value
      } finally {
        running.delete(name)
        for (const each of from) outer.add(each)
        from = outer
      }
    }
    const scope: TracedScope = {
      variable,
      read: this.#read,
      call: (name, rest) => this.#call(name, rest),
      asked,
    }
    return scope
  }

  #localMemory(locals: Locals, role: string | undefined): Map<string, Kept> {
    const known = this.#local.get(locals) ?? new Map<string, Map<string, Kept>>()
    this.#local.set(locals, known)
    const memory = known.get(role ?? '') ?? new Map<string, Kept>()
    known.set(role ?? '', memory)
    return memory
  }

  #valueOf(
    name: string,
    { locals, own, scope }: { locals: Locals; own: ReadonlyMap<string, DefinitionOf>; scope: Scope },
  ): Value {
    if (locals.has(name)) {
      const local = locals.get(name)
      return local instanceof Missing ? local : rendered(local, scope)
    }
    const given = this.#given.get(name)
    if (given !== undefined) return given
    const definition = this.#definitions.get(name)?.at(-1)
    // A role's own default comes before another role's; what an inventory sets comes before both.
    const ownDefault = definition !== undefined && isOfRole(definition.path) ? own.get(name) : undefined
    const winner = ownDefault ?? definition
    if (winner) return isKept(winner) ? winner.kept : rendered(winner.value, scope)
    return HOSTS_OWN.test(name) ? new Unsure(name, { why: 'host', isThere: true }) : new Missing(name)
  }

  #call(name: string, rest: readonly Value[]): { readonly value: Value } | undefined {
    const isLookup = name === 'lookup' || name === 'query' || name === 'q'
    if (!isLookup) return undefined
    const [kind, ...words] = rest
    if (kind === 'vars' || kind === 'ansible.builtin.vars') return undefined
    if (kind === 'varnames' || kind === 'ansible.builtin.varnames') {
      const patterns = words.map((each) => readPattern(printed(each), '', ''))
      const names = [...this.#definitions.keys(), ...this.#facts.keys()]
      const found = patterns.flatMap((pattern) => names.filter((each) => pattern.test(each)))
      return { value: name === 'lookup' ? found.join(',') : found }
    }
    return { value: new Unsure(`${name}('${printed(kind)}', …)`, { why: 'host', isThere: true }) }
  }
}

/** What a running host, or Ansible while it runs, knows of itself. */
const HOSTS_OWN =
  /^(?:ansible_\w+|inventory_(?:dir|file)|hostvars|play_hosts|playbook_dir|role_\w+|omit|environment|vars)$/

function givenTo(architecture: Architecture, of: On['of']): ReadonlyMap<string, Value> {
  const machine = machineOf(architecture)
  const given = new Map<string, Value>([
    ['ansible_architecture', machine],
    ['ansible_facts', new UnsureMap([['architecture', machine]])],
  ])
  if (!of) {
    for (const name of ['groups', 'group_names', 'inventory_hostname', 'inventory_hostname_short'])
      given.set(name, new Unsure(name, { why: 'host', isThere: true }))
    return given
  }
  const { hosts, class: own } = of
  const named = [...hosts.groups].flatMap(([name, members]) =>
    namesOfGroup(name).map((each): [string, Value] => [each, members]),
  )
  return given
    .set('groups', new UnsureMap(named))
    .set('group_names', [...own.groups].filter((name) => name !== 'all').flatMap(namesOfGroup))
    .set('inventory_hostname', own.host)
    .set('inventory_hostname_short', own.host.split('.', 1)[0])
}

interface ReleaseDefinitions {
  /** As any role sees them. */
  readonly definitions: Definitions
  /** By role the defaults of its own, where another role has a default of the same name. */
  readonly roles: ReadonlyMap<string, ReadonlyMap<string, DefinitionOf>>
}

/** What the release itself defines, read once for all hosts. */
const releaseDefinitions = oncePer((files: Audited['files']): ReleaseDefinitions => {
  const ofRoles = definitionsIn(files, files.layout.roleVariables)
  const definitions = new Map([...ofRoles, ...definitionsIn(files, files.layout.sharedVariables)])
  const roles = new Map<string, Map<string, DefinitionOf>>()
  for (const [name, places] of ofRoles) {
    if (places.length < 2) continue
    for (const definition of places) {
      const role = /^roles\/(.+?)\/(?:defaults|vars)\//.exec(definition.path)?.[1]
      if (role === undefined) continue
      const known = roles.get(role) ?? new Map<string, DefinitionOf>()
      roles.set(role, known.set(name, definition))
    }
  }
  return { definitions, roles }
})

interface KeptDefinition extends DefinitionOf {
  readonly kept: Value
}

function isKept(definition: DefinitionOf): definition is KeptDefinition {
  return 'kept' in definition
}

function isOfRole(path: string): boolean {
  return /^roles\/.+\/defaults\//.test(path)
}

/** The inventory's values on top; a role's constants (`vars/`) outrank all but what a command hands in. */
function withSettings(
  definitions: Definitions,
  settings: readonly Setting[],
  isOneHost: boolean,
): Definitions {
  const merged = new Map(definitions)
  for (const [name, all] of grouped(settings, ({ name }) => name)) {
    const places = definitions.get(name) ?? []
    const own = ownDefinition(name, all, isOneHost)
    const isConstant = places.at(-1)?.path.includes('/vars/') === true && all.at(-1)?.extra === undefined
    merged.set(name, isConstant ? [own, ...places] : [...places, own])
  }
  return merged
}

/** What hosts of one class have otherwise each is none of the class. */
function ownDefinition(name: string, all: readonly Setting[], isOneHost: boolean): DefinitionOf {
  const last = all.at(-1) as Setting
  const place = { name, path: last.at.file, line: last.at.line, value: plainOf(last.value) }
  const unsure = (isThere: boolean): KeptDefinition => {
    return { ...place, kept: new Unsure(name, { why: 'host', isThere }) }
  }
  if (isUnknownHere(last)) return unsure(true)
  const ofHosts = !isOneHost && last.scope.kind === 'host' && last.extra === undefined
  return ofHosts ? unsure(all.some(({ scope }) => scope.kind === 'group')) : place
}

function rendered(value: PlainValue, scope: Scope): Value {
  if (!holdsTemplate(value)) return value
  const result = attempt(() => renderedDeep(value, scope))
  if (!isUndecided(result)) return result
  if (result.why === 'undefined') return new Missing(result.what)
  return new Unsure(result.what, { why: result.why, isThere: true })
}

function holdsTemplate(value: PlainValue): boolean {
  if (typeof value === 'string') return isTemplate(value)
  if (value instanceof Map) return [...value.values()].some((each) => holdsTemplate(each as PlainValue))
  return Array.isArray(value) && (value as readonly PlainValue[]).some(holdsTemplate)
}
