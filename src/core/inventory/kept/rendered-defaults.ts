import { addTo } from '../../model/collections/grouped.ts'
import type { Catalogue, Variable } from '../../catalogue/catalogue.ts'
import type { DefinitionOf, Definitions } from '../../catalogue/definitions.ts'
import { Missing } from '../../catalogue/jinja/value.ts'
import { variablesOf } from '../../catalogue/variables-of.ts'
import { PythonNumber } from '../../yaml/values/python-number.ts'
import { resolvePlain } from '../../yaml/values/resolve-scalar.ts'
import type { PlainValue } from '../../yaml/values/plain-value.ts'
import { isTagged, isYamlMap, type YamlValue } from '../../yaml/values/yaml-value.ts'
import { isUnknownHere } from '../nature-of.ts'
import { clusterSetting, type InventorySettings } from '../read-settings.ts'

export type ScalarDefault = string | number | boolean

export interface RenderedDefaults {
  /**
   * What a variable comes to where the inventory is as it is: `undefined` where the release defines nothing, or where only a running
   * host can tell.
   */
  value(name: string): ScalarDefault | undefined
  /** The same for a template that the release has elsewhere than among its defaults. */
  template(text: string): ScalarDefault | undefined
  has(name: string): boolean
}

/** A release's defaults as they come out for one inventory, out of its catalogue alone. */
export function renderedDefaults(
  { variables }: Pick<Catalogue, 'variables'>,
  settings: Pick<InventorySettings, 'named'>,
  /** What is set besides, by a step. */
  besides: ReadonlyMap<string, ScalarDefault> = new Map(),
): RenderedDefaults {
  const own = new Set(variables.map(({ name }) => name))
  const definitions = new Map<string, DefinitionOf[]>()
  for (const each of [...variables].sort((a, b) => rankOf(a) - rankOf(b))) {
    const { name, path, line } = each
    addTo(definitions, name, { name, path, line, value: valueOf(each) })
  }
  for (const name of settings.named.keys()) {
    const setting = clusterSetting(settings, name)
    const known = definitions.get(name) ?? []
    // A role's constants (`vars/`) outrank whatever an inventory says.
    if (!setting || known.at(-1)?.path.includes('/vars/')) continue
    const { file, line } = setting.at
    const value = isUnknownHere(setting) ? UNREAD : plainOf(setting.value)
    addTo(definitions, name, { name, path: file, line, value })
  }
  for (const [name, value] of besides) {
    addTo(definitions, name, { name, path: '', line: 1, value })
  }
  const scalar = (name: string, definitionsOf: Definitions): ScalarDefault | undefined =>
    asksHost(name, definitionsOf, new Set())
      ? undefined
      : scalarOf(variablesOf(definitionsOf).value(name, {}))
  return {
    value: (name) => scalar(name, definitions),
    template: (text) => {
      const name = '(template)'
      return scalar(name, new Map([...definitions, [name, [{ name, path: '', line: 1, value: text }]]]))
    },
    has: (name) => own.has(name),
  }
}

/** Roles that every play takes come later than others, and constants last, as Ansible has them. */
function rankOf({ path }: Variable): number {
  if (path.includes('/vars/')) return 2
  return /^roles\/(?:kubespray[-_]defaults|download)\//.test(path) ? 1 : 0
}

/** A form that no reader of templates takes: what is built on it is unknown, and not missing. */
const UNREAD = '{{ unread() }}'

/** What the catalogue keeps as one line, as the value it was. */
function valueOf({ value }: Variable): PlainValue {
  if (/… \(\d+ characters, [0-9a-f]+\)$/.test(value)) return UNREAD
  if (/^(?:\[|\{(?!\{|%|#))/.test(value)) return UNREAD
  const { type, value: meaning } = resolvePlain(value)
  return type === 'bool' || type === 'int' ? (meaning ?? undefined) : value
}

function plainOf(value: YamlValue): PlainValue {
  if (value === null) return undefined
  if (isTagged(value)) return plainOf(value.value)
  if (isYamlMap(value)) return new Map([...value].map(([key, each]) => [key, plainOf(each)]))
  if (Array.isArray(value)) return (value as readonly YamlValue[]).map(plainOf)
  return value as Exclude<typeof value, readonly YamlValue[]>
}

function scalarOf(value: unknown): ScalarDefault | undefined {
  if (value instanceof Missing) return undefined
  if (value instanceof PythonNumber) return value.text
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}

/** Whether something on the way to a value differs from host to host, as its facts or its place among groups do. */
function asksHost(name: string, definitions: Definitions, seen: Set<string>): boolean {
  if (/^(?:ansible_\w+|inventory_\w+|groups|group_names|hostvars)$/.test(name)) return true
  if (seen.has(name)) return false
  seen.add(name)
  const value = definitions.get(name)?.at(-1)?.value
  if (typeof value !== 'string' || !/\{[{%]/.test(value)) return false
  return [...value.matchAll(/[A-Za-z_]\w*/g)].some(([word]) => asksHost(word, definitions, seen))
}
