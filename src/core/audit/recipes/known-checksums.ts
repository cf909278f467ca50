import { isChecksum } from '../../catalogue/checksums.ts'
import { winning, type Definitions } from '../../catalogue/definitions.ts'
import { printed } from '../../catalogue/jinja/value.ts'
import { isArchitecture, type Architecture } from '../../model/arch.ts'
import { bareVersion } from '../../model/version.ts'
import type { PlainMap, PlainValue } from '../../yaml/plain-value.ts'

/** Checksums that some release of upstream has: the only ones a recipe may write. */
export interface KnownChecksums {
  /** The bare digest; `undefined` where no release that was read knows it. */
  find(question: ChecksumQuestion): string | undefined
}

export interface ChecksumQuestion {
  /** The variable as the tree calls it: `etcd_binary_checksum` and `etcd_binary_checksums` are one. */
  readonly variable: string
  readonly architecture: Architecture
  readonly version: string
  /** What the tree itself says for amd64: a release that says otherwise is not believed. */
  readonly amd64: string | undefined
}

/** Gathers what releases know, the first one's word counting most. */
export function gatherChecksums(tables: readonly ChecksumTable[]): KnownChecksums {
  return {
    find: ({ variable, architecture, version, amd64 }) => {
      for (const table of tables) {
        const digest = table.get(keyOf(variable, architecture, version))
        const witness = table.get(keyOf(variable, 'amd64', version))
        if (digest !== undefined && (amd64 === undefined || witness === bareDigest(amd64))) return digest
      }
      return undefined
    },
  }
}

/** What one state of upstream's files knows. */
export type ChecksumTable = ReadonlyMap<string, string>

export function checksumTable(definitions: Definitions): ChecksumTable {
  const table = new Map<string, string>()
  for (const name of definitions.keys()) {
    const value = name.endsWith('_checksums') ? winning(definitions, name)?.value : undefined
    if (!(value instanceof Map)) continue
    for (const [architecture, inner] of value as PlainMap) {
      if (!isArchitecture(architecture)) continue
      for (const [version, digest] of versionsOf(name, inner, definitions)) {
        if (isChecksum(digest)) table.set(keyOf(name, architecture, version), bareDigest(printed(digest)))
      }
    }
  }
  return table
}

/** Early maps have one checksum for each architecture, and the version stands in a variable beside them (`etcd_version`). */
function versionsOf(
  name: string,
  inner: PlainValue,
  definitions: Definitions,
): readonly (readonly [string, PlainValue])[] {
  if (inner instanceof Map) return [...(inner as PlainMap)]
  const component = name.replace(/(?:_binary|_archive)?_checksums$/, '')
  const version = winning(definitions, `${component}_version`)?.value
  return typeof version === 'string' ? [[version, inner]] : []
}

function keyOf(variable: string, architecture: string, version: string): string {
  return [variable.replace(/s$/, ''), architecture, bareVersion(version)].join(' ')
}

function bareDigest(text: string): string {
  return text.replace(/^[a-z0-9]+:/, '')
}
