import { defined } from '../model/defined.ts'
import type { ClusterScope } from '../model/cluster/cluster-scope.ts'
import { readArchitecture, type Architecture } from '../model/architecture.ts'
import { readLayoutSetting, type LayoutSetting } from '../model/layout-setting.ts'
import { minorOf, readReleaseTag, type ReleaseTag } from '../model/release-tag.ts'
import { clusterPlaces } from './cluster-places.ts'
import type { AddonPolicy, FilledConfig } from './config-schema.ts'
import type { Schedule } from './read-window.ts'

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
  /** Days that a release has to be out before it is offered. */
  readonly minimumAge: number
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
  readonly commits: CommitForm
  readonly pullRequests: {
    readonly labels: readonly string[]
    /** Users as `name`, teams as `org/team`. */
    readonly reviewers: readonly string[]
    readonly assignees: readonly string[]
    readonly maxOpen: number
    /** When one may be opened; at any time where it is empty. */
    readonly schedule: Schedule
  }
  /** What this is about, where it is one of several clusters in a repository. */
  readonly cluster?: ClusterScope
}

/** The config of a whole repository. */
export interface RepositoryConfig extends Config {
  /** Several clusters with releases of their own, in the file's order; each with all that holds for it. Mostly there are none. */
  readonly clusters: readonly ClusterConfig[]
}

export interface ClusterConfig extends Config {
  readonly cluster: ClusterScope
}

/** How commits of ours are worded. */
export interface CommitForm {
  /** What stands before a first line of ours: `chore(deps):`. */
  readonly prefix: string | undefined
  readonly signOff: boolean
}

/** From the file's words to ours. The defaults are in already; nothing can be wrong any more. */
export function resolveConfig(filled: FilledConfig): RepositoryConfig {
  return { ...resolveAll(filled), clusters: clustersOf(filled) }
}

function clustersOf({ clusters = {}, ...shared }: FilledConfig): readonly ClusterConfig[] {
  const places = Object.entries(clusters).map(([name, own]) => ({
    name,
    own: unique(clusterPlaces(own).map(({ place }) => place)),
  }))
  return places.map(({ name, own }) => {
    const { folder: _, ...said } = clusters[name] ?? {}
    const config = resolveAll({
      ...shared,
      ...defined(said),
      kubernetes: { ...shared.kubernetes, ...defined(said.kubernetes ?? {}) },
      addons: { ...shared.addons, ...said.addons },
    })
    const others = places.filter((each) => each.name !== name).flatMap((each) => each.own)
    return { ...config, cluster: { name, own, others } }
  })
}

function resolveAll(filled: FilledConfig): Config {
  const { kubernetes, patches, commits, 'pull-requests': pulls } = filled
  return {
    upstream: filled.upstream,
    branch: filled.branch,
    layout: filled.layout === undefined ? undefined : readLayoutSetting(filled.layout),
    base: filled.base === undefined ? undefined : readReleaseTag(filled.base),
    architectures: unique((filled.architectures ?? []).map(knownArchitecture)),
    inventories: unique(filled.inventories ?? []),
    stayOn: filled.follow === 'latest' ? undefined : minorOf(filled.follow),
    minimumAge: filled['minimum-age'],
    kubernetes: { follow: kubernetes.follow, max: kubernetes.max && minorOf(kubernetes.max) },
    addons: new Map(Object.entries(filled.addons).map(([name, policy]) => [addonName(name), policy])),
    advance: filled.advance,
    patches: { author: patches.author, dropUpstreamed: patches['drop-upstreamed'] },
    commits: { prefix: commits.prefix, signOff: commits['sign-off'] },
    pullRequests: {
      labels: unique(pulls.labels),
      reviewers: unique(pulls.reviewers.map((each) => each.replace(/^@/, ''))),
      assignees: unique(pulls.assignees.map((each) => each.replace(/^@/, ''))),
      maxOpen: pulls['max-open'],
      schedule: { windows: unique(pulls.schedule), timeZone: pulls['time-zone'] },
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
