import { ARCHITECTURES, type Architecture } from '../model/architecture.ts'
import { minorOf } from '../model/release-tag.ts'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'
import type { Component } from './catalogue.ts'
import { isChecksum } from './checksum-maps.ts'
import { winning, type Definitions } from './definitions.ts'
import type { Scope } from './jinja/render-template.ts'
import { UnknownForm } from './jinja/tokens-of.ts'
import {
  isMap,
  isTrue,
  MissingUsed,
  printed,
  printedScalar,
  Unread,
  type Missing,
  type Value,
} from './jinja/value.ts'
import { renderedDeep, type Inputs, type Variables } from './variables-of.ts'

/**
 * What became of one entry of the `downloads` dictionary for one architecture, Kubernetes version and so on.
 */
export interface Rendered {
  readonly enabled: boolean
  readonly file: boolean
  /** What it asked for in vain; then the dictionary as a whole cannot be rendered. */
  readonly missing: Missing | undefined
  /** A file whose checksum says that there is no build. */
  readonly zero: boolean
}

/** The raw entries of `downloads`. */
export function downloadEntries(definitions: Definitions): PlainMap {
  const value = winning(definitions, 'downloads')?.value
  return value instanceof Map ? (value as PlainMap) : new Map<string, PlainValue>()
}

/** The name under which a rendered entry is remembered. */
export function entryKey(name: string): string {
  return `downloads.${name}`
}

/** The map (or the single value) that an entry's checksum comes from. */
export function checksumVariable(
  [, raw]: readonly [string, PlainValue],
  definitions: Definitions,
): string | undefined {
  if (!(raw instanceof Map)) return undefined
  const fields = raw as PlainMap
  const checksum = fields.get('checksum') ?? fields.get('sha256')
  return (
    firstVariable(checksum, /_checksums$/, definitions) ?? firstVariable(checksum, /_checksum$/, definitions)
  )
}

/** Renders one entry as the download role would. */
export function renderEntry(
  variables: Variables,
  entry: readonly [string, PlainValue],
  inputs: Inputs,
): Rendered {
  const [name, raw] = entry
  return variables.compute(entryKey(name), inputs, (scope) => render(raw, scope))
}

interface ComponentSource {
  readonly definitions: Definitions
  readonly variables: Variables
  /** The newest version of each minor offered. */
  readonly kubernetes: readonly string[]
}

/** What each entry is and where it can be had with the release's defaults. */
export function componentsOf(source: ComponentSource): Readonly<Record<string, Component>> {
  const { definitions, variables } = source
  const components: Record<string, Component> = {}
  for (const entry of downloadEntries(definitions)) {
    const on = (architecture: Architecture): Rendered => renderEntry(variables, entry, { architecture })
    const { enabled, file } = on('amd64')
    const built = file && isOneBuild(entry, variables) ? (['amd64'] as const) : ARCHITECTURES
    components[entry[0]] = {
      ...versionsOf(entry, source),
      enabled,
      kind: file ? 'file' : 'container',
      ...imagesOf(entry, variables),
      architectures: built.filter((each) => !on(each).missing && !on(each).zero),
    }
  }
  return components
}

/**
 * Whether a file is the one for amd64, whatever asks for it, as many were until v2.9: its address says so, or addresses of
 * several builds share one checksum, which can be right for only one of them.
 */
function isOneBuild(entry: readonly [string, PlainValue], variables: Variables): boolean {
  const [one, other] = [
    fileOn(entry, variables, { architecture: 'amd64' }),
    fileOn(entry, variables, { architecture: 'arm64' }),
  ]
  if (one.address === other.address)
    return /(?<![a-z0-9])(?:amd64|x86_64)(?![a-z0-9])/i.test(one.address ?? '')
  return one.checksum === other.checksum && one.checksum !== undefined && isChecksum(one.checksum)
}

/** The file that nodes of an architecture are given, and the checksum it is held against; `undefined` where it cannot be worked out. */
export function fileOn(
  [name, raw]: readonly [string, PlainValue],
  variables: Variables,
  inputs: Inputs,
): { readonly address: string | undefined; readonly checksum: string | undefined } {
  if (!(raw instanceof Map)) return { address: undefined, checksum: undefined }
  const fields = raw as PlainMap
  return variables.compute(`${entryKey(name)}.build`, inputs, (scope) => {
    const [address, checksum] = [fields.get('url'), fields.get('checksum') ?? fields.get('sha256')].map(
      (each) => printedScalar(attempt(each, scope).value),
    )
    return { address, checksum }
  })
}

function render(raw: PlainValue, scope: Scope): Rendered {
  if (!(raw instanceof Map)) return { enabled: false, file: false, missing: undefined, zero: false }
  const fields = raw as PlainMap
  const isOn = (name: string): boolean => {
    const { value, missing } = attempt(fields.get(name), scope)
    return !missing && isTrue(value) && !OFF.test(printed(value))
  }
  const [enabled, file] = [isOn('enabled'), isOn('file')]
  // The key was `sha256` until v2.27, `checksum` since. What it lacks tells most, so it is asked first.
  const checksum = attempt(fields.get('checksum') ?? fields.get('sha256'), scope)
  const missing = checksum.missing ?? firstMissing(fields, scope)
  // Without the key, as forks have it where the release has one checksum for all, nothing is verified, and nothing fails.
  const isVerified = fields.has('checksum') || fields.has('sha256')
  const isNone = !isMap(checksum.value) && !isChecksum(textOrNothing(checksum.value))
  const zero = file && isVerified && !missing && isNone
  return { enabled, file, missing, zero }
}

/** A condition that is text is read once more by Ansible. */
const OFF = /^(?:false|no|off|0)$/i

function firstMissing(fields: PlainMap, scope: Scope): Missing | undefined {
  for (const value of fields.values()) {
    const { missing } = attempt(value, scope)
    if (missing) return missing
  }
  return undefined
}

function textOrNothing(value: Value): string | undefined {
  return value === undefined ? undefined : printed(value)
}

/** A form we do not read says nothing about whether a value is there: it counts as there. */
function attempt(value: PlainValue, scope: Scope): { value: Value; missing?: Missing } {
  try {
    return { value: renderedDeep(value, scope) }
  } catch (error) {
    if (error instanceof UnknownForm || (error instanceof MissingUsed && error.missing instanceof Unread))
      return { value: '(unread)' }
    if (error instanceof MissingUsed) return { value: undefined, missing: error.missing }
    throw error
  }
}

function imagesOf(
  [name, raw]: readonly [string, PlainValue],
  variables: Variables,
): Pick<Component, 'image' | 'images'> {
  if (!(raw instanceof Map) || !(raw as PlainMap).has('repo')) return {}
  const fields = raw as PlainMap
  const on = (architecture: Architecture): string | undefined =>
    variables.compute(`${entryKey(name)}.image`, { architecture }, (scope) => {
      const [repository, tag] = [fields.get('repo'), fields.get('tag')].map((each) =>
        printedScalar(attempt(each, scope).value),
      )
      return repository === undefined || tag === undefined ? undefined : `${repository}:${tag}`
    })
  const image = on('amd64')
  if (image === undefined) return {}
  const all = ARCHITECTURES.map((architecture) => [architecture, on(architecture)] as const)
  if (all.every(([, each]) => each === image)) return { image }
  return { image, images: Object.fromEntries(all.filter(([, each]) => each !== undefined)) }
}

type Versions = Pick<Component, 'version' | 'perKubernetes'>

/**
 * The version of an entry: written out in early releases, else the version its address names, else an image's
 * tag.
 */
function versionsOf(
  entry: readonly [string, PlainValue],
  { definitions, variables, kubernetes }: ComponentSource,
): Versions {
  const [name, raw] = entry
  if (!(raw instanceof Map)) return { version: undefined }
  const fields = raw as PlainMap
  const address = fields.get('version') ?? fields.get('url') ?? fields.get('tag')
  const variable = firstVariable(address, /_version$/, definitions) ?? `${name}_version`
  const version = printedScalar(variables.value(variable, {}))
  if (version === undefined) {
    const tag = variables.compute(
      `${entryKey(name)}.tag`,
      {},
      (scope) => attempt(fields.get('tag'), scope).value,
    )
    return { version: printedScalar(tag) }
  }
  if (!variables.dependsOn(variable).has('kube_version')) return { version }
  const rows = kubernetes.map(
    (each) => [minorOf(each), printedScalar(variables.value(variable, { kube_version: each }))] as const,
  )
  const known = rows.filter((row): row is readonly [string, string] => row[1] !== undefined)
  return { version, perKubernetes: Object.fromEntries(known) }
}

/**
 * The first variable with such a name that a value leads to, through other variables: the version an address
 * names, for example.
 */
export function firstVariable(
  value: PlainValue,
  pattern: RegExp,
  definitions: Definitions,
): string | undefined {
  return search(value, pattern, { definitions, seen: new Set() })
}

interface Walk {
  readonly definitions: Definitions
  readonly seen: Set<string>
}

function search(value: PlainValue, pattern: RegExp, walk: Walk): string | undefined {
  if (typeof value !== 'string') return undefined
  for (const [name] of value.matchAll(/[a-z]\w*/g)) {
    if (!walk.definitions.has(name) || walk.seen.has(name)) continue
    walk.seen.add(name)
    if (pattern.test(name)) return name
    const deeper = search(winning(walk.definitions, name)?.value, pattern, walk)
    if (deeper) return deeper
  }
  return undefined
}
