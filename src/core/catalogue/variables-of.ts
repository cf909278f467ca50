import type { PlainValue } from '../yaml/values/plain-value.ts'
import { winning, type Definitions } from './definitions.ts'
import { isGivenByAnsible } from '../model/is-given-by-ansible.ts'
import { renderTemplate, type Scope } from './jinja/render-template.ts'
import { isTemplate } from './jinja/read-template.ts'
import { UnknownForm } from './jinja/tokens-of.ts'
import { isList, isMap, Missing, MissingUsed, PartlyKnown, Unread, type Value } from './jinja/value.ts'

/** What a value may depend on besides the release itself. */
export const INPUTS = ['architecture', 'kube_version', 'container_manager', 'kube_network_plugin'] as const
export type Input = (typeof INPUTS)[number]

/** What is asked for; an input that is not given has the release's default. */
export type Inputs = Readonly<Partial<Record<Input, string>>>

/** A release's variables as Ansible would see them, for any inputs. */
export interface Variables {
  /** The value of a variable; `Missing` where it cannot be computed. */
  value(name: string, inputs: Inputs): Value
  /** A computation over variables under a name of its own, remembered as variables are. */
  compute<T>(name: string, inputs: Inputs, work: (scope: Scope) => T): T
  /** The inputs that a computed name was seen to depend on. */
  dependsOn(name: string): ReadonlySet<Input>
}

/** What Ansible calls the architectures (`uname -m`); Kubespray's own names are Debian's. */
const MACHINES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64', arm: 'armv7l' }

/** What Ansible calls an architecture. */
export function machineOf(architecture: string): string {
  return MACHINES[architecture] ?? architecture
}

/** Facts of a node that the defaults ask for: those of a plain Linux machine. */
const FACTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['system', 'Linux'],
  ['os_family', 'Debian'],
  ['distribution', 'Ubuntu'],
  ['distribution_major_version', '22'],
  ['distribution_version', '22.04'],
  ['distribution_release', 'jammy'],
])

/** The longest chain of variables in 67 releases has 9; each costs a few levels of the stack. */
const DEEPEST = 60

interface Remembered {
  /** The inputs the value was seen to depend on, in a fixed order. */
  readonly inputs: readonly Input[]
  readonly values: Map<string, unknown>
}

/**
 * Computes variables on demand. A value is kept together with the inputs it looked at, so that what does not
 * depend on the Kubernetes version is not computed again for each of forty.
 */
export function variablesOf(definitions: Definitions): Variables {
  const memory = new Map<string, Remembered[]>()
  const running = new Set<string>()
  let inputs: Inputs = {}
  let touched = new Set<Input>()

  const remembered = <T>(name: string, work: () => T): T => {
    for (const entry of memory.get(name) ?? []) {
      const key = keyOf(entry.inputs, inputs)
      if (!entry.values.has(key)) continue
      for (const input of entry.inputs) touched.add(input)
      return entry.values.get(key) as T
    }
    const outer = touched
    touched = new Set()
    const value = work()
    remember(memory, name, { touched, inputs, value })
    for (const input of touched) outer.add(input)
    touched = outer
    return value
  }

  const variable = (name: string): Value => {
    if (isInput(name)) {
      touched.add(name)
      if (inputs[name] !== undefined) return inputs[name]
    }
    return remembered(name, () => {
      if (running.has(name)) return new Missing(`${name}, which refers to itself`)
      if (running.size > DEEPEST) return new Unread(`${name}, at the end of a long chain of variables`)
      running.add(name)
      try {
        const definition = winning(definitions, name)
        return definition ? rendered(definition.value, scope) : fact(name)
      } finally {
        running.delete(name)
      }
    })
  }

  const scope: Scope = { variable, read: new Map() }

  const fact = (name: string): Value => {
    const machine = name === 'ansible_architecture' || name === 'ansible_facts'
    if (machine || name === 'host_architecture') touched.add('architecture')
    const architecture = inputs.architecture ?? 'amd64'
    const facts: Value = new PartlyKnown([...FACTS, ['architecture', machineOf(architecture)]])
    if (name === 'ansible_facts') return facts
    // Until v2.12 a task set this fact, from the variable of that name since.
    if (name === 'host_architecture') return architecture
    const known = facts.get(name.replace(/^ansible_/, ''))
    if (name.startsWith('ansible_') && known !== undefined) return known
    return isGivenByAnsible(name) ? new Unread(name) : new Missing(name)
  }

  return {
    value: (name, given) => {
      inputs = given
      return variable(name)
    },
    compute: (name, given, work) => {
      inputs = given
      return remembered(name, () => work(scope))
    },
    dependsOn: (name) => new Set(memory.get(name)?.flatMap((entry) => entry.inputs)),
  }
}

function isInput(name: string): name is Input {
  return name !== 'architecture' && (INPUTS as readonly string[]).includes(name)
}

function remember(
  memory: Map<string, Remembered[]>,
  name: string,
  { touched, inputs, value }: { touched: ReadonlySet<Input>; inputs: Inputs; value: unknown },
): void {
  const order = INPUTS.filter((input) => touched.has(input))
  const entries = memory.get(name) ?? []
  if (!memory.has(name)) memory.set(name, entries)
  let entry = entries.find((each) => each.inputs.join() === order.join())
  if (!entry) entries.push((entry = { inputs: order, values: new Map() }))
  entry.values.set(keyOf(order, inputs), value)
}

function keyOf(order: readonly Input[], inputs: Inputs): string {
  let key = ''
  for (const input of order) key += `${inputs[input] ?? ''}\0`
  return key
}

/**
 * A definition with every template in it rendered, all at once as Ansible does; what is missing makes the
 * whole value `Missing`.
 */
function rendered(value: PlainValue, scope: Scope): Value {
  if (!hasTemplate(value)) return value
  try {
    return renderedDeep(value, scope)
  } catch (error) {
    if (error instanceof MissingUsed) return error.missing
    if (error instanceof UnknownForm) return new Unread(error.message)
    throw error
  }
}

/** Renders templates at any depth; throws `MissingUsed`. */
export function renderedDeep(value: Value, scope: Scope): Value {
  if (typeof value === 'string') return renderTemplate(value, scope)
  if (isList(value)) return value.map((each) => renderedDeep(each, scope))
  if (isMap(value)) return new Map([...value].map(([key, each]) => [key, renderedDeep(each, scope)]))
  return value
}

function hasTemplate(value: Value): boolean {
  if (typeof value === 'string') return isTemplate(value)
  if (isList(value)) return value.some(hasTemplate)
  return isMap(value) && [...value.values()].some(hasTemplate)
}
