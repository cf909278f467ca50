import { readOid } from '../model/oid.ts'
import { readReleaseTag } from '../model/release-tag.ts'
import type { PinnedVersion } from './layout.ts'

/** What a value names that stands where a version of Kubespray is expected; what is no release and no commit is some branch. */
export function readVersion(value: string): Exclude<PinnedVersion, { kind: 'variable' }> {
  const bare = value.replace(/^(?:refs\/)?tags\//, '')
  const release = readReleaseTag(bare.startsWith('v') ? bare : `v${bare}`)
  if (release !== undefined) return { kind: 'release', release }
  const commit = readOid(bare)
  if (commit !== undefined) return { kind: 'commit', commit }
  return { kind: 'branch', branch: bare.replace(/^refs\/heads\//, '') }
}

/** Whether a value is by itself a version that Kubespray may have: nothing around it says so yet. */
export function looksLikeRelease(value: string): boolean {
  return /^(?:(?:refs\/)?tags\/)?v?2\.\d{1,2}\.\d{1,2}$/.test(value)
}

/** Whether a value is a version by its form: a release of Kubespray's, a commit, or one of upstream's branches. */
export function looksLikeVersion(value: string): boolean {
  return looksLikeRelease(value) || readOid(value) !== undefined || isUpstreamBranch(value)
}

export function isUpstreamBranch(value: string): boolean {
  return /^(?:refs\/heads\/)?(?:master|main|latest|release-\d+\.\d+)$/.test(value)
}
