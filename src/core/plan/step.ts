import type { Place } from '../model/problem.ts'
import type { ReleaseTag } from '../model/release-tag.ts'

/** One move on the way up, as `--json` prints it. */
export interface Step {
  readonly kind: 'kubespray' | 'kubernetes' | 'addon' | 'audit'
  readonly kubespray: { readonly from: ReleaseTag; readonly to: ReleaseTag }
  /**
   * Written as the release before and the release after write them: with `v` until v2.27, without it since.
   */
  readonly kubernetes: { readonly from: string; readonly to: string }
  readonly reasons: readonly Reason[]
}

type ReasonCode =
  | 'next-minor-release'
  | 'last-patch-release'
  | 'same-release'
  | 'kubernetes-next-minor'
  | 'kubernetes-same-minor'
  | 'kubernetes-first'
  | 'newest-usable'
  | 'passed-over'
  | 'above-default'
  | 'custom-version'
  | 'below-minimum'
  | 'written-without-v'
  | 'precondition-met'
  | 'container-manager-default'
  | 'ansible-changes'
  | 'with-patches'

/** Why a step is as it is: a stable code, one whole sentence, and what it rests on. */
export interface Reason {
  readonly code: ReasonCode
  readonly message: string
  readonly evidence?: string
}

type StopCode =
  /** The live Kubernetes is newer than anything the newest release offers. */
  | 'kubernetes-ahead'
  /** The next release does not list which versions it can install. */
  | 'kubernetes-unlisted'
  /** The settings do not let Kubernetes go up to what the next release offers. */
  | 'kubernetes-limited'
  /** No version of the next release can be installed on every architecture. */
  | 'not-installable'
  /** What runs now is too old for the next release, and cannot be raised in this one. */
  | 'below-minimum'
  /** A component that runs now is too old for the next release. */
  | 'precondition'
  /** The next release's own check refuses what the inventory sets. */
  | 'setting-refused'
  /** The next minor release of Kubespray is not among the releases known. */
  | 'release-unknown'
  /** The inventory does not tell which Kubernetes runs. */
  | 'kubernetes-unknown'
  /** No release that can be reached has the Kubernetes that is to run now. */
  | 'kubernetes-not-offered'
  /** No inventory could be read, so nothing says what runs. */
  | 'inventory-unreadable'
  /** The version is to stay, and the next release cannot install it. */
  | 'kubernetes-pinned'

/** Why a route ends before the newest release. */
export interface Stop {
  readonly code: StopCode
  readonly message: string
  /** The first release in the way. */
  readonly release?: ReleaseTag
  /** The first component in the way, with all that stand beside it. */
  readonly component?: string
  readonly architecture?: string
  readonly evidence?: readonly string[]
  /** What would open the way, one sentence each. */
  readonly opens?: readonly string[]
  /** What somebody could simply tell as well, where there is a way to: on a command line, `--kubernetes`. */
  readonly asks?: 'kubernetes'
  /** Where the setting stands that it is about. */
  readonly at?: Place
}

/** All steps from here to the newest release, or to where the way ends. */
export interface Route {
  readonly steps: readonly Step[]
  readonly stopped?: Stop
}
