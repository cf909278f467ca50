import { bareDigest, checksumKey, type ChecksumTable } from '../../catalogue/checksum-table.ts'
import type { Architecture } from '../../model/architecture.ts'

/** Checksums that some release of upstream has: the only ones a recipe may write. */
export interface KnownChecksums {
  /** The bare digest; `undefined` where no release that was read knows it. */
  find(question: ChecksumQuestion): string | undefined
}

interface ChecksumQuestion {
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
        const digest = table.get(checksumKey(variable, architecture, version))
        const witness = table.get(checksumKey(variable, 'amd64', version))
        if (digest !== undefined && (amd64 === undefined || witness === bareDigest(amd64))) return digest
      }
      return undefined
    },
  }
}
