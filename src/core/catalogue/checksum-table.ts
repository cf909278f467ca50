import { isArchitecture } from '../model/architecture.ts'
import { bareVersion } from '../model/release-tag.ts'
import type { PlainMap, PlainValue } from '../yaml/values/plain-value.ts'
import { isChecksum } from './checksum-maps.ts'
import { winning, type Definitions } from './definitions.ts'
import { printed } from './jinja/value.ts'

/** Every checksum that one state of upstream's files has, bare, by variable, architecture and version. */
export type ChecksumTable = ReadonlyMap<string, string>

export function checksumTable(definitions: Definitions): ChecksumTable {
  const table = new Map<string, string>()
  for (const name of definitions.keys()) {
    const value = name.endsWith('_checksums') ? winning(definitions, name)?.value : undefined
    if (!(value instanceof Map)) continue
    for (const [architecture, inner] of value as PlainMap) {
      if (!isArchitecture(architecture) && architecture !== FOR_ALL) continue
      for (const [version, digest] of versionsOf(name, inner, definitions)) {
        if (isChecksum(digest))
          table.set(checksumKey(name, architecture, version), bareDigest(printed(digest)))
      }
    }
  }
  return table
}

/** How a map calls what is one file for all architectures. */
export const FOR_ALL = 'no_arch'

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

/** `etcd_binary_checksum` and `etcd_binary_checksums` are one, and so are `v1.2.3` and `1.2.3`. */
export function checksumKey(variable: string, architecture: string, version: string): string {
  return [variable.replace(/s$/, ''), architecture, bareVersion(version)].join(' ')
}

export function bareDigest(text: string): string {
  return text.replace(/^[a-z0-9]+:/, '')
}
