import { CATALOGUE_FORMAT, type Offer } from '../../core/catalogue/catalogue.ts'
import { checksumTable, type ChecksumTable } from '../../core/catalogue/checksum-table.ts'
import { definitionsIn } from '../../core/catalogue/definitions.ts'
import { layoutOf } from '../../core/catalogue/layout.ts'
import { releaseFiles } from '../../core/catalogue/release-files.ts'
import { settleShared } from '../../core/catalogue/shared-checksums.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import { compareReleases, minorNumber, minorOf, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { FileValues } from '../../core/yaml/values/read-values.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { ValueCache } from '../../ports/value-cache.ts'

/** What other releases say of the files that a release downloads. */
type Witnesses = ReadonlyMap<ReleaseTag, ChecksumTable>

/** Checksums stay in the maps of a release or two after their own; asking more releases tells nothing new, and over an API each costs. */
const MINORS_AHEAD = 2

/** The last patch releases beside one: of the minor before its own, of its own, and of the next two. */
export function releasesBeside(
  releases: ReadonlyMap<ReleaseTag, Oid>,
  tag: ReleaseTag,
): ReadonlyMap<ReleaseTag, Oid> {
  return lastOfMinors(releases, tag, [-1, MINORS_AHEAD])
}

function lastOfMinors(
  releases: ReadonlyMap<ReleaseTag, Oid>,
  tag: ReleaseTag,
  [from, to]: readonly [number, number],
): ReadonlyMap<ReleaseTag, Oid> {
  const own = minorNumber(tag)
  const near = [...releases.keys()].sort(compareReleases).filter((each) => {
    const distance = minorNumber(each) - own
    return distance >= from && distance <= to && (distance < 0 || compareReleases(each, tag) > 0)
  })
  const last = new Map(near.map((each) => [minorOf(each), each]))
  return new Map([...last.values()].map((each) => [each, releases.get(each) as Oid]))
}

/** Gives the checksums of releases, from the cache where they were read before: a release's tree never changes. */
export async function readWitnesses(
  { objects, cache }: WitnessStore,
  releases: ReadonlyMap<ReleaseTag, Oid>,
): Promise<Witnesses> {
  if (releases.size === 0) return new Map()
  const commits = await objects.readCommits([...releases.values()])
  const trees = new Map([...releases].map(([tag, commit]) => [tag, commits.get(commit)?.tree ?? commit]))
  const found = new Map<Oid, ChecksumTable>()
  for (const tree of trees.values()) {
    const kept = await cache?.get(checksumsKey(tree))
    if (isKept(kept)) found.set(tree, new Map(kept.checksums))
  }
  const open = [...new Set(trees.values())].filter((tree) => !found.has(tree))
  for (const [tree, table] of await readTables(objects, open)) {
    found.set(tree, table)
    await cache?.put(checksumsKey(tree), { format: CATALOGUE_FORMAT, checksums: [...table] } satisfies Kept)
  }
  return new Map([...trees].map(([tag, tree]) => [tag, found.get(tree) ?? new Map<string, string>()]))
}

/** Where releases are read, and what keeps what they were found to hold. */
export interface WitnessStore {
  readonly objects: ObjectReader
  readonly cache?: ValueCache
}

const checksumsKey = (tree: Oid): string => `checksums-${CATALOGUE_FORMAT}-${tree}`

interface Kept {
  readonly format: typeof CATALOGUE_FORMAT
  readonly checksums: readonly (readonly [string, string])[]
}

/** The key holds the format already; this only keeps out what was cut short or written by someone else. */
function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && (value as Partial<Kept>).format === CATALOGUE_FORMAT
}

/** Reads the checksums of trees in one batch, and of each the files that hold them alone. */
async function readTables(
  store: ObjectReader,
  oids: readonly Oid[],
): Promise<ReadonlyMap<Oid, ChecksumTable>> {
  const trees = new Map<Oid, Tree>()
  for (const oid of oids) trees.set(oid, await store.readTree(oid))
  const wanted = [...trees.values()].flatMap((tree) =>
    layoutOf(tree).sharedVariables.flatMap((path) => tree.get(path)?.oid ?? []),
  )
  const blobs = wanted.length > 0 ? await store.readBlobs([...new Set(wanted)]) : new Map<Oid, Uint8Array>()
  const read = new Map<Oid, FileValues>()
  return new Map(
    [...trees].map(([oid, tree]) => {
      const files = releaseFiles(tree, blobs, read)
      return [oid, checksumTable(definitionsIn(files, files.layout.sharedVariables))]
    }),
  )
}

/** Asks the releases beside one whose a checksum is that stands under two architectures; where none does, nothing is read. */
export async function settleOffers<Each extends Offer>(
  store: WitnessStore,
  offers: ReadonlyMap<ReleaseTag, Each>,
  releases: ReadonlyMap<ReleaseTag, Oid>,
): Promise<ReadonlyMap<ReleaseTag, Each>> {
  const settled = new Map(offers)
  for (const [tag, offer] of offers) {
    if (!offer.faults.some(({ shared }) => shared !== undefined)) continue
    const witnesses = await readWitnesses(store, releasesBeside(releases, tag))
    settled.set(tag, settleShared(offer, [...witnesses.values()]))
  }
  return settled
}
