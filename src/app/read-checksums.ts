import { gatherChecksums, type KnownChecksums } from '../core/audit/recipes/known-checksums.ts'
import { definitionsIn, type Definitions } from '../core/catalogue/definitions.ts'
import { blobsNeeded, releaseFiles, type ReleaseFiles } from '../core/catalogue/release-files.ts'
import type { Oid } from '../core/model/oid.ts'
import { readValues, type FileValues } from '../core/yaml/read-values.ts'
import type { History, ObjectReader } from '../ports/objects.ts'

/**
 * The checksums that upstream has, or once had: releases first, the nearest one's word counting most, then every state of their
 * files between them. Versions come and go between two releases, and with them checksums that no release has.
 */
export async function readChecksums(
  store: ObjectReader & History,
  releases: readonly Oid[],
): Promise<KnownChecksums> {
  const read = new Map<Oid, FileValues>()
  const known: Definitions[] = []
  const paths = new Set<string>()
  for (const release of releases) {
    const tree = await store.readTree(release)
    const files = releaseFiles(tree, await store.readBlobs(blobsNeeded(tree)), read)
    known.push(definitionsIn(files, files.layout.sharedVariables))
    for (const path of checksumFiles(files)) paths.add(path)
  }
  return gatherChecksums([...known, ...(await betweenReleases(store, releases, [...paths]))])
}

function checksumFiles(files: ReleaseFiles): readonly string[] {
  return files.layout.sharedVariables.filter((path) =>
    [...files.values(path).values.keys()].some((name) => name.endsWith('_checksums')),
  )
}

/** Each state of each file for itself: until v2.22 versions and checksums stood in one. */
async function betweenReleases(
  store: ObjectReader & History,
  releases: readonly Oid[],
  paths: readonly string[],
): Promise<readonly Definitions[]> {
  const [first, last] = [releases[0], releases.at(-1)]
  if (!first || !last || first === last || paths.length === 0) return []
  const log = await store.log({ to: last, not: [first], paths })
  const states = log.flatMap(({ changes }) =>
    changes.filter(({ path }) => paths.includes(path)).flatMap(({ after }) => after?.oid ?? []),
  )
  const blobs = await store.readBlobs([...new Set(states)])
  return [...blobs.values()].map((bytes) => {
    const { values, lines } = readValues(new TextDecoder().decode(bytes))
    return new Map(
      [...values].map(([name, value]) => [name, [{ name, path: '', line: lines.get(name) ?? 1, value }]]),
    )
  })
}
