import type { Offer } from '../../core/catalogue/catalogue.ts'
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

/** Reads the checksums of releases in one batch, and of each release the files that hold them alone. */
export async function readWitnesses(
  store: ObjectReader,
  releases: ReadonlyMap<ReleaseTag, Oid>,
): Promise<Witnesses> {
  if (releases.size === 0) return new Map()
  const trees = new Map<ReleaseTag, Tree>()
  for (const [tag, commit] of releases) trees.set(tag, await store.readTree(commit))
  const oids = [...trees.values()].flatMap((tree) =>
    layoutOf(tree).sharedVariables.flatMap((path) => tree.get(path)?.oid ?? []),
  )
  const blobs = await store.readBlobs([...new Set(oids)])
  const read = new Map<Oid, FileValues>()
  return new Map(
    [...trees].map(([tag, tree]) => {
      const files = releaseFiles(tree, blobs, read)
      return [tag, checksumTable(definitionsIn(files, files.layout.sharedVariables))]
    }),
  )
}

/** Asks the releases beside one whose a checksum is that stands under two architectures; where none does, nothing is read. */
export async function settleOffers<Each extends Offer>(
  { objects }: { readonly objects: ObjectReader },
  offers: ReadonlyMap<ReleaseTag, Each>,
  releases: ReadonlyMap<ReleaseTag, Oid>,
): Promise<ReadonlyMap<ReleaseTag, Each>> {
  const settled = new Map(offers)
  for (const [tag, offer] of offers) {
    if (!offer.faults.some(({ shared }) => shared !== undefined)) continue
    const witnesses = await readWitnesses(objects, releasesBeside(releases, tag))
    settled.set(tag, settleShared(offer, [...witnesses.values()]))
  }
  return settled
}
