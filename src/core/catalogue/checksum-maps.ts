import { ARCHITECTURES } from '../model/architecture.ts'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'
import type { PythonNumber } from '../yaml/values/python-number.ts'
import type { ChecksumMap } from './catalogue.ts'
import { winning, type Definitions } from './definitions.ts'
import { isNumber } from './jinja/value.ts'

/**
 * Every variable that maps architectures or versions to checksums (`kubelet_checksums`,
 * `etcd_binary_checksums`), by name.
 */
export function checksumMaps(definitions: Definitions): Readonly<Record<string, ChecksumMap>> {
  const maps: Record<string, ChecksumMap> = {}
  for (const name of definitions.keys()) {
    const definition = winning(definitions, name)
    if (!definition || !name.endsWith('_checksums') || !isMapping(definition.value)) continue
    maps[name] = { path: definition.path, ...readMap(definition.value) }
  }
  return maps
}

/**
 * Whether a checksum says that there is a build: early releases write `0` for "none", and some nothing at
 * all.
 */
export function isChecksum(value: PlainValue): boolean {
  if (typeof value === 'string') return !/^(?:sha256:)?0*$/.test(value)
  return isNumber(value) && Number(value) !== 0
}

/** How many checksums are written in which way: `bare` (zeros, too), or with a prefix such as `sha256:`. */
export function checksumStyle(maps: readonly PlainValue[]): Readonly<Record<string, number>> {
  const styles: Record<string, number> = {}
  for (const value of maps.flatMap(leaves)) {
    const style = /^[a-z0-9]+:/.exec(String(value))?.[0] ?? 'bare'
    styles[style] = (styles[style] ?? 0) + 1
  }
  return styles
}

function leaves(value: PlainValue): readonly (string | number | PythonNumber)[] {
  if (isMapping(value)) return [...value.values()].flatMap(leaves)
  return typeof value === 'string' || isNumber(value) ? [value] : []
}

function readMap(map: PlainMap): Omit<ChecksumMap, 'path'> {
  const inner = [...map].filter((row): row is [string, PlainMap] => isMapping(row[1]))
  // Krew's map has the operating system outermost; nodes run Linux.
  const linux = inner.find(([key, each]) => key === 'linux' && isPerArchitecture(each))
  if (linux) return readMap(linux[1])
  if (!isPerArchitecture(map)) return { layout: 'version', ...split([['amd64', map]]) }
  if (inner.length > 0) return { layout: 'architecture-version', ...split(inner) }
  return { layout: 'architecture', ...split([...map].map(([key, value]) => [key, new Map([['', value]])])) }
}

function isPerArchitecture(map: PlainMap): boolean {
  return [...map.keys()].every(
    (key) => key === 'no_arch' || (ARCHITECTURES as readonly string[]).includes(key),
  )
}

function split(rows: readonly (readonly [string, PlainMap])[]): Pick<ChecksumMap, 'versions' | 'zero'> {
  const versions: Record<string, readonly string[]> = {}
  const zero: Record<string, readonly string[]> = {}
  for (const [architecture, map] of rows) {
    const all = [...map]
    versions[architecture] = all.filter(([, value]) => isChecksum(value)).map(([version]) => version)
    const none = all.filter(([, value]) => !isChecksum(value)).map(([version]) => version)
    if (none.length > 0) zero[architecture] = none
  }
  return { versions, zero }
}

function isMapping(value: PlainValue): value is PlainMap {
  return value instanceof Map
}
