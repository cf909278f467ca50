import type { Witnesses } from '../../core/audit/witnesses.ts'
import type { Oid } from '../../core/model/oid.ts'
import { compareReleases, type ReleaseTag } from '../../core/model/release-tag.ts'
import { readWitnesses, releasesBeside, type WitnessStore } from './read-witnesses.ts'

/** Where a tree stands among the releases that are known. */
export interface StandsOn {
  readonly release: ReleaseTag
  readonly releases: ReadonlyMap<ReleaseTag, Oid>
}

/** What the releases before and after one say of the files that it downloads. */
export async function witnessesOf(store: WitnessStore, { release, releases }: StandsOn): Promise<Witnesses> {
  const all = await readWitnesses(store, releasesBeside(releases, release))
  const isLater = ([tag]: readonly [ReleaseTag, unknown]): boolean => compareReleases(tag, release) > 0
  return {
    earlier: new Map([...all].filter((each) => !isLater(each))),
    later: new Map([...all].filter(isLater)),
  }
}
