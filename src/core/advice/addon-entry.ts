import type { AddonPolicy } from './addon-policy.ts'
import { compareReleases } from '../model/release-tag.ts'

/** Releases from one to another, both included; an end that is absent is open. */
interface ReleaseRange {
  readonly since?: string
  readonly until?: string
}

/** Why a policy is advised, for the releases it is true of. */
export interface AddonReason extends ReleaseRange {
  /** One whole sentence. */
  readonly text: string
  /** Where to read up: a commit, a pull request or an announcement of upstream, as plain text. */
  readonly references: readonly string[]
}

interface RemovalCommand extends ReleaseRange {
  readonly command: string
}

/** What to use instead: whole sentences, for the releases that can do what they say. */
interface Replacement extends ReleaseRange {
  readonly text: string
}

/** What we know about an add-on that Kubespray bundles. */
export interface AddonEntry {
  /** Its switch: `ingress_nginx_enabled`. */
  readonly flag: string
  /** What people call it. */
  readonly title: string
  /** The releases that have its role. */
  readonly bundled: ReleaseRange
  readonly advice: AddonPolicy
  /** The releases for which the advice holds; all of `bundled` where it is absent. */
  readonly advised?: ReleaseRange
  /** Only in clusters of more than one architecture, or with another one than amd64. */
  readonly only?: 'mixed' | 'other-than-amd64'
  readonly reasons: readonly AddonReason[]
  /** The variable with its version (`ingress_nginx_controller_image_tag`). */
  readonly version?: string
  /** Variables of its own: names, or beginnings of names that end in `*`. */
  readonly variables: readonly string[]
  /** What of the cluster leans on it. */
  readonly dependents: string
  /** One whole sentence: what is left behind, and whose data. */
  readonly stays: string
  /** How to take it away for good, in order. */
  readonly removal: readonly RemovalCommand[]
  readonly replacement: readonly Replacement[]
}

export function isIn({ since, until }: ReleaseRange, release: string): boolean {
  return (
    (since === undefined || compareReleases(since, release) <= 0) &&
    (until === undefined || compareReleases(release, until) <= 0)
  )
}

export function isVariableOf({ flag, variables }: AddonEntry, name: string): boolean {
  return (
    name === flag ||
    variables.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each))
  )
}
