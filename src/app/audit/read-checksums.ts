import { gatherChecksums, type KnownChecksums } from '../../core/audit/recipes/known-checksums.ts'
import { checksumTable, type ChecksumTable } from '../../core/catalogue/checksum-table.ts'
import { definitionsIn, type Definitions } from '../../core/catalogue/definitions.ts'
import { blobsNeeded, releaseFiles, type ReleaseFiles } from '../../core/catalogue/release-files.ts'
import type { Oid } from '../../core/model/oid.ts'
import { readValues, type FileValues } from '../../core/yaml/values/read-values.ts'
import type { History, ObjectReader } from '../../ports/object-store.ts'

/**
 * The checksums that upstream has, or once had: releases first, the nearest one's word counting most, then every state of their
 * files between them. Versions come and go between two releases, and with them checksums that no release has.
 */
export async function readChecksums(
  store: ObjectReader & History,
  releases: readonly Oid[],
  memory: ChecksumMemory = { read: new Map(), releases: new Map(), states: new Map() },
): Promise<KnownChecksums> {
  for (const release of releases.filter((each) => !memory.releases.has(each))) {
    const tree = await store.readTree(release)
    const files = releaseFiles(tree, await store.readBlobs(blobsNeeded(tree)), memory.read)
    memory.releases.set(release, {
      table: checksumTable(definitionsIn(files, files.layout.sharedVariables)),
      paths: checksumFiles(files),
    })
  }
  const known = releases.map((release) => memory.releases.get(release) as KnownRelease)
  const paths = [...new Set(known.flatMap((each) => each.paths))]
  const between = await betweenReleases(store, { releases, paths, memory })
  return gatherChecksums([...known.map(({ table }) => table), ...between])
}

/** What was read before: a plan asks for the checksums of one release after another, which share most of their history. */
export interface ChecksumMemory {
  readonly read: Map<Oid, FileValues>
  readonly releases: Map<Oid, KnownRelease>
  /** By the blob of the file. */
  readonly states: Map<Oid, ChecksumTable>
}

interface KnownRelease {
  readonly table: ChecksumTable
  /** The files that hold checksums. */
  readonly paths: readonly string[]
}

function checksumFiles(files: ReleaseFiles): readonly string[] {
  return files.layout.sharedVariables.filter((path) =>
    [...files.values(path).values.keys()].some((name) => name.endsWith('_checksums')),
  )
}

/** Each state of each file for itself: until v2.22 versions and checksums stood in one. */
async function betweenReleases(
  store: ObjectReader & History,
  { releases, paths, memory }: { releases: readonly Oid[]; paths: readonly string[]; memory: ChecksumMemory },
): Promise<readonly ChecksumTable[]> {
  const [first, last] = [releases[0], releases.at(-1)]
  if (!first || !last || first === last || paths.length === 0) return []
  const log = await store.log({ to: last, not: [first], paths })
  const oids = log.flatMap(({ changes }) =>
    changes.filter(({ path }) => paths.includes(path)).flatMap(({ after }) => after?.oid ?? []),
  )
  const states = [...new Set(oids)]
  const blobs = await store.readBlobs(states.filter((oid) => !memory.states.has(oid)))
  for (const [oid, bytes] of blobs) memory.states.set(oid, checksumTable(definitionsOf(bytes)))
  return states.flatMap((oid) => memory.states.get(oid) ?? [])
}

function definitionsOf(bytes: Uint8Array): Definitions {
  const { values, lines } = readValues(aboutChecksums(new TextDecoder().decode(bytes)))
  return new Map(
    [...values].map(([name, value]) => [name, [{ name, path: '', line: lines.get(name) ?? 1, value }]]),
  )
}

/** Checksums and versions alone: the rest of some hundred states of a file takes longest to read, and nobody asks for it. */
function aboutChecksums(text: string): string {
  let isWanted = false
  const lines = text.split('\n').filter((line) => {
    if (/^\S/.test(line)) isWanted = /^\w+_(?:checksums|version):/.test(line)
    return isWanted
  })
  return lines.join('\n')
}
