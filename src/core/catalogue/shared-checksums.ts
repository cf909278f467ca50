import { ARCHITECTURES, isArchitecture, type Architecture } from '../model/architecture.ts'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'
import type { Fault, Offer, SharedChecksum } from './catalogue.ts'
import { bareDigest, checksumKey, type ChecksumTable } from './checksum-table.ts'
import { isChecksum } from './checksum-maps.ts'
import { winning, type Definitions } from './definitions.ts'
import { checksumVariable, fileOn } from './download-entries.ts'
import { printed } from './jinja/value.ts'
import type { Inputs, Variables } from './variables-of.ts'

/**
 * Finds checksums that stand under two architectures whose builds are two files: a slip of the pen, and right for one of them at
 * most. Most maps have none, which is seen at once; only then downloads are rendered for each architecture.
 */
export interface SharedChecksums {
  /** Whose checksum an entry has on an architecture besides; `undefined` where it is its own. */
  on(inputs: Inputs): SharedChecksum | undefined
}

export function sharedChecksums(
  entry: readonly [string, PlainValue],
  definitions: Definitions,
  variables: Variables,
): SharedChecksums {
  const variable = checksumVariable(entry, definitions)
  const rows = variable === undefined ? undefined : rowsOf(winning(definitions, variable)?.value)
  const twice = rows && digestsUnderTwo(rows)
  if (variable === undefined || !rows || !twice || twice.size === 0) return { on: () => undefined }
  return {
    on: (inputs) => {
      const architecture = inputs.architecture as Architecture
      const { address, checksum } = fileOn(entry, variables, inputs)
      if (checksum === undefined || address === undefined || !twice.has(bareDigest(checksum)))
        return undefined
      const others = ARCHITECTURES.filter((each) => {
        if (each === architecture) return false
        const other = fileOn(entry, variables, { ...inputs, architecture: each })
        return other.checksum === checksum && other.address !== undefined && other.address !== address
      })
      const digest = bareDigest(checksum)
      return others.length > 0
        ? { variable, version: versionOf(rows.get(architecture), digest), digest, with: others }
        : undefined
    },
  }
}

/** The rows of a map by architecture; `undefined` where the map makes no difference between them. */
function rowsOf(value: PlainValue): PlainMap | undefined {
  if (!(value instanceof Map)) return undefined
  const map = value as PlainMap
  const linux = map.get('linux')
  const rows = linux instanceof Map ? (linux as PlainMap) : map
  return [...rows.keys()].some(isArchitecture) ? rows : undefined
}

function digestsUnderTwo(rows: PlainMap): ReadonlySet<string> {
  const under = new Map<string, string>()
  const twice = new Set<string>()
  for (const [architecture, inner] of rows) {
    const values = inner instanceof Map ? [...(inner as PlainMap).values()] : [inner]
    for (const value of values.filter(isChecksum)) {
      const digest = bareDigest(printed(value))
      if ((under.get(digest) ?? architecture) !== architecture) twice.add(digest)
      under.set(digest, architecture)
    }
  }
  return twice
}

function versionOf(row: PlainValue, digest: string): string {
  if (!(row instanceof Map)) return ''
  return [...(row as PlainMap)].find(([, value]) => bareDigest(printed(value)) === digest)?.[0] ?? ''
}

/**
 * Whose a shared checksum is, as other releases have it: `own` where they have it for this architecture and another for those it is
 * shared with, `others` the other way round, `unknown` where none tells.
 */
export function ownerOf(
  { variable, version, digest, with: others }: SharedChecksum,
  architecture: Architecture,
  tables: readonly ChecksumTable[],
): 'own' | 'others' | 'unknown' {
  const isContradicted = (each: Architecture): boolean =>
    tables.some((table) => {
      const known = table.get(checksumKey(variable, each, version))
      return known !== undefined && known !== digest
    })
  if (isContradicted(architecture)) return 'others'
  return others.every(isContradicted) ? 'own' : 'unknown'
}

/** An offer without the faults that other releases clear up. */
export function settleShared<Each extends Offer>(offer: Each, tables: readonly ChecksumTable[]): Each {
  const isOwn = ({ shared, architecture }: Fault): boolean =>
    shared !== undefined && ownerOf(shared, architecture, tables) === 'own'
  return { ...offer, faults: offer.faults.filter((fault) => !isOwn(fault)) }
}
