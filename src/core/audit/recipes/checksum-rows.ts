import { printed } from '../../catalogue/jinja/value.ts'
import type { Architecture } from '../../model/architecture.ts'
import { bareVersion } from '../../model/release-tag.ts'
import type { PlainMap, PlainValue } from '../../yaml/values/plain-value.ts'
import type { KnownChecksums } from './known-checksums.ts'

/** A map from architectures to checksums that lacks some architectures, or the version in use for them. */
interface LackingMap {
  readonly variable: string
  readonly value: PlainMap
  /** The version that these settings install. */
  readonly version: string | undefined
  readonly architectures: readonly Architecture[]
  readonly checksums: KnownChecksums
}

/** What has to be added for one architecture. */
interface ChecksumRows {
  readonly architecture: Architecture
  /** By version; a map of architectures alone has one row without one. */
  readonly rows: readonly (readonly [version: string, digest: string])[]
  /** Whether nobody knows the checksum in use, so that its row says `0`. */
  readonly isUnknown: boolean
}

/** The rows that a map lacks: what upstream knows of the versions that amd64 has, and `0` for one in use that nobody knows. */
export function checksumRows(lacking: LackingMap): readonly ChecksumRows[] {
  const amd64 = lacking.value.get('amd64')
  return lacking.architectures.map((architecture) =>
    amd64 instanceof Map
      ? rowsByVersion(lacking, architecture, amd64 as PlainMap)
      : oneRow(lacking, architecture, amd64),
  )
}

function rowsByVersion(
  { variable, value, version, checksums }: LackingMap,
  architecture: Architecture,
  amd64: PlainMap,
): ChecksumRows {
  const own = value.get(architecture)
  const has = own instanceof Map ? (own as PlainMap) : new Map<string, PlainValue>()
  const isUsed = (key: string): boolean => version !== undefined && bareVersion(key) === bareVersion(version)
  const rows: (readonly [string, string])[] = []
  let isUnknown = false
  for (const [key, digest] of amd64) {
    // Where the architecture has a list of its own, only the version in use is anybody's business.
    if (has.has(key) || (has.size > 0 && !isUsed(key))) continue
    const witness = printed(digest)
    const known = checksums.find({ variable, architecture, version: key, amd64: witness })
    if (known !== undefined) rows.push([key, `${styleOf(witness)}${known}`])
    else if (isUsed(key)) {
      rows.push([key, '0'])
      isUnknown = true
    }
  }
  return { architecture, rows, isUnknown }
}

function oneRow(
  { variable, version, checksums }: LackingMap,
  architecture: Architecture,
  amd64: PlainValue,
): ChecksumRows {
  const witness = printed(amd64)
  const known =
    version === undefined ? undefined : checksums.find({ variable, architecture, version, amd64: witness })
  const digest = known === undefined ? '0' : `${styleOf(witness)}${known}`
  return { architecture, rows: [['', digest]], isUnknown: known === undefined }
}

/** `sha256:`, where a release writes it in front of its checksums. */
function styleOf(digest: string): string {
  return /^[a-z0-9]+:/.exec(digest)?.[0] ?? ''
}

/** Puts rows into a map: an architecture that is there gets them first, and a new one comes last. */
export function withRows(
  lines: readonly string[],
  variable: string,
  { architecture, rows }: ChecksumRows,
): readonly string[] {
  const start = lines.findIndex((line) => line.startsWith(`${variable}:`))
  if (start < 0 || rows.length === 0) return lines
  const end = endOfValue(lines, start)
  const indent = /^\s+/.exec(lines.slice(start + 1, end).find((line) => /^\s+[\w"']+:/.test(line)) ?? '')?.[0]
  // Written in one line, or anchored somewhere else: nothing to put a row under.
  if (indent === undefined) return lines
  const own = lines.findIndex(
    (line, at) => at > start && at < end && new RegExp(`^${indent}${architecture}:\\s*(?:#.*)?$`).test(line),
  )
  const [first] = rows
  if (first?.[0] === '') return inserted(lines, end, [`${indent}${architecture}: ${first[1]}`])
  const block = rows.map(([version, digest]) => `${indent}${indent}${keyOf(version)}: ${digest}`)
  if (own >= 0) return inserted(lines, own + 1, block)
  return inserted(lines, end, [`${indent}${architecture}:`, ...block])
}

function inserted(lines: readonly string[], at: number, added: readonly string[]): readonly string[] {
  return [...lines.slice(0, at), ...added, ...lines.slice(at)]
}

/** `1.10` would be read as the number 1.1. */
function keyOf(version: string): string {
  return /^\d+(?:\.\d+)?$/.test(version) ? `'${version}'` : version
}

/** Behind the last line of a top-level value; blank lines and comments at its end belong to what follows. */
export function endOfValue(lines: readonly string[], start: number): number {
  let end = start + 1
  for (let at = start + 1; at < lines.length && !/^\S/.test(lines[at] ?? ''); at++)
    if (lines[at]?.trim() !== '') end = at + 1
  return end
}
