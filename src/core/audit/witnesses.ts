import type { ChecksumTable } from '../catalogue/checksum-table.ts'
import type { ReleaseTag } from '../model/release-tag.ts'

export interface Witnesses {
  /** Nearest first. */
  readonly later: ReadonlyMap<ReleaseTag, ChecksumTable>
  readonly earlier: ReadonlyMap<ReleaseTag, ChecksumTable>
}
