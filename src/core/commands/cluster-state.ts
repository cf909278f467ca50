import { optional } from '../model/defined.ts'
import { bareVersion, readReleaseTag, type ReleaseTag } from '../model/release-tag.ts'

/** What a branch says of its cluster: the release of Kubespray, and the Kubernetes where an inventory tells it. */
export interface ClusterState {
  readonly release: ReleaseTag
  /** Without `v`. */
  readonly kubernetes?: string
}

/** In one line of a commit message: `v2.30.0 1.34.3`. */
export function writeState({ release, kubernetes }: ClusterState): string {
  return kubernetes === undefined ? release : `${release} ${kubernetes}`
}

/** Reads that line, and the sentence that stood in its place before: `v2.30.0 with Kubernetes 1.34.3`. */
export function readState(line: string): ClusterState | undefined {
  const [, tag = '', version] = /^(\S+?)(?: (?:with Kubernetes )?v?(\d\S*))?$/.exec(line.trim()) ?? []
  const release = readReleaseTag(tag)
  return release && { release, ...optional(version, (kubernetes) => ({ kubernetes })) }
}

export function sameState(a: ClusterState, b: ClusterState): boolean {
  return a.release === b.release && bareVersion(a.kubernetes ?? '') === bareVersion(b.kubernetes ?? '')
}
