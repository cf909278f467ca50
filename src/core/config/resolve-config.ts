import { readArchitecture, type Architecture } from '../model/architecture.ts'
import { readLayoutSetting, type LayoutSetting } from '../model/layout-setting.ts'
import { minorOf, readReleaseTag, type ReleaseTag } from '../model/release-tag.ts'
import type { AddonPolicy, FilledConfig } from './config-schema.ts'

/** The config in full: every choice made, every name in our spelling. */
export interface Config {
  /** `owner/name`. */
  readonly upstream: string
  /** The branch with the patches; `undefined`: to be found. */
  readonly branch: string | undefined
  /** Where Kubespray is; `undefined`: to be found. */
  readonly layout: LayoutSetting | undefined
  /** The release that runs; `undefined`: to be found. */
  readonly base: ReleaseTag | undefined
  /** Empty: to be read from inventories and patches. */
  readonly architectures: readonly Architecture[]
  /** Empty: to be looked for. */
  readonly inventories: readonly string[]
  /** The Kubespray minor to stay on, `2.29`; `undefined` goes to the newest release. */
  readonly stayOn: string | undefined
  readonly kubernetes: {
    readonly follow: 'step' | 'release' | 'pinned'
    /** The newest minor to go to, `1.33`. */
    readonly max: string | undefined
  }
  /** By the add-on's name without `_enabled`. */
  readonly addons: ReadonlyMap<string, AddonPolicy>
  readonly advance: 'on-merge' | 'on-applied'
  readonly patches: {
    readonly author: 'keep' | 'app'
    readonly dropUpstreamed: 'propose' | 'keep'
  }
  readonly pullRequests: {
    readonly labels: readonly string[]
    /** Users as `name`, teams as `org/team`. */
    readonly reviewers: readonly string[]
    readonly maxOpen: number
  }
}

/** From the file's words to ours. The defaults are in already; nothing can be wrong any more. */
export function resolveConfig(filled: FilledConfig): Config {
  const { kubernetes, patches, 'pull-requests': pulls } = filled
  return {
    upstream: filled.upstream,
    branch: filled.branch,
    layout: filled.layout === undefined ? undefined : readLayoutSetting(filled.layout),
    base: filled.base === undefined ? undefined : readReleaseTag(filled.base),
    architectures: unique((filled.architectures ?? []).map(knownArchitecture)),
    inventories: unique(filled.inventories ?? []),
    stayOn: filled.follow === 'latest' ? undefined : minorOf(filled.follow),
    kubernetes: { follow: kubernetes.follow, max: kubernetes.max && minorOf(kubernetes.max) },
    addons: new Map(Object.entries(filled.addons).map(([name, policy]) => [addonName(name), policy])),
    advance: filled.advance,
    patches: { author: patches.author, dropUpstreamed: patches['drop-upstreamed'] },
    pullRequests: {
      labels: unique(pulls.labels),
      reviewers: unique(pulls.reviewers.map((each) => each.replace(/^@/, ''))),
      maxOpen: pulls['max-open'],
    },
  }
}

/** Kubespray's switches are `<name>_enabled`; people write either. */
export function addonName(written: string): string {
  return written.replace(/_enabled$/, '')
}

function knownArchitecture(name: string): Architecture {
  const found = readArchitecture(name)
  if (!found) throw new Error(`the schema let the architecture ${name} through`)
  return found
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)]
}
