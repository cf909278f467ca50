import type { SharedChecksum } from '../catalogue/catalogue.ts'
import type { Architecture } from '../model/architecture.ts'
import type { ReleaseTag } from '../model/release-tag.ts'

export const FINDING_CODES = [
  'release-check',
  'missing-checksum',
  'missing-version',
  'undefined-variable',
  'single-checksum',
  'shared-checksum',
  'corrected-checksum',
  'architecture-in-url',
  'architecture-in-file',
  'architecture-in-image',
  'image-of-one-architecture',
  'image-without-architecture',
  'image-absent',
  'image-of-first-node',
  'nodes-left-out',
  'architecture-not-mapped',
  'network-plugin-architecture',
  'network-plugin-mix',
  'download-cache-mix',
  'gone-from-kubernetes',
  'kubernetes-above-release',
  'image-unknown',
  'verification-off',
  'variable-unread',
  'inventory-unreadable',
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

/** `error`: something would fail or run nowhere · `warning`: it may, or it is a risk · `notice`: good to know. */
export type Severity = 'error' | 'warning' | 'notice'

/** The recipes that can mend a finding; `core/audit/recipes` holds them. */
export type RecipeName =
  | 'architecture-in-urls'
  | 'architecture-groups'
  | 'checksums-per-architecture'
  | 'flannel-images'
  | 'node-selector'

/** Something that would not run on every architecture of the cluster, or that somebody should know about. */
export interface Finding {
  readonly code: FindingCode
  readonly severity: Severity
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  /** Whole sentences: what is wrong, for whom, and what to do. */
  readonly message: string
  /** The component, variable or role it is about. */
  readonly subject: string
  /** The architectures that suffer; empty where it is not about one. */
  readonly architectures: readonly Architecture[]
  /** Present where the fix is mechanical. */
  readonly fix?: RecipeName
  /** Whose doing it is, where that could be found out. */
  readonly cause?: Cause
  /** The inventories that it is about, out of how many, where it is not about all. */
  readonly only?: { readonly inventories: readonly string[]; readonly of: number }
  /** The file that checks it, where that is a check of the release's own. */
  readonly checkedIn?: string
}

/** What a finding goes back to, found by taking away one after another: the release as it is, a setting, the fork's patches. */
export type Cause =
  | { readonly kind: 'release' }
  | { readonly kind: 'setting'; readonly name: string; readonly file: string; readonly line: number }
  | { readonly kind: 'patch' }
  /** Neither the release with these settings nor the fork without them shows it. */
  | { readonly kind: 'patch-and-setting' }

/** A finding as the audit makes it: a sentence, or facts that `core/explain` puts into words. */
export interface Found extends Omit<Finding, 'message'> {
  readonly message?: string
  readonly facts?: FindingFacts
}

export type FindingFacts =
  | {
      readonly kind: 'release-check'
      /** Where the release checks it. */
      readonly path: string
      readonly line: number
      readonly name?: string
      /** What is not true, as it is written; of a `fail`, what is. */
      readonly conditions: readonly string[]
      /** What the release says then. */
      readonly message?: string
      /** The hosts that it is so on; empty for all. */
      readonly hosts: readonly string[]
      /** The setting that decides it; its value where it may be shown. */
      readonly setting?: { readonly name: string; readonly value?: string }
      /** The values that the check takes, where it lists them. */
      readonly accepted?: readonly string[]
    }
  | NothingDefines
  | {
      readonly kind: 'shared-checksum'
      readonly component: string
      readonly on: readonly Architecture[]
      readonly both: readonly Architecture[]
      readonly shared: SharedChecksum
      /** A release that has another for these architectures, where one was found. */
      readonly contradictedBy?: ReleaseTag
    }
  | {
      readonly kind: 'corrected-checksum'
      readonly component: string
      readonly variable: string
      readonly version: string
      /** Empty for what is one file for all. */
      readonly on: readonly Architecture[]
      readonly by: ReleaseTag
    }
  | PluginNotBuilt
  | ImageNotBuilt
  | GoneFacts
  | { readonly kind: 'above-release'; readonly kubernetes: string; readonly madeFor: string }

/** A download, or several, cannot be rendered for want of a variable. */
export interface NothingDefines {
  readonly kind: 'nothing-defines'
  readonly component: string
  /** What was looked up in vain. */
  readonly what: string
  readonly on: readonly Architecture[]
  readonly enabled: boolean
  /** All of them, where several are told as one. */
  readonly all?: readonly { readonly component: string; readonly enabled: boolean }[]
  /** Of several: the settings that some of them come of, and of how many that is known. */
  readonly settings?: readonly Extract<Cause, { kind: 'setting' }>[]
  readonly withSetting?: number
}

/** The network plugin has no image for some nodes, so they would have no network. */
export interface PluginNotBuilt {
  readonly kind: 'plugin-not-built'
  readonly plugin: string
  readonly on: readonly Architecture[]
  /** Absent where the tree does not say from which image it runs. */
  readonly image?: string
  readonly why: string
  readonly references: readonly string[]
  /** All architectures of the cluster, and the plugins of this release that have images for each of them. */
  readonly all: readonly Architecture[]
  readonly instead: readonly string[]
  /** Those that have them once a recipe has done its work. */
  readonly afterFix: readonly string[]
  /** Whether the inventory names the plugin. */
  readonly isOwn: boolean
}

/** An image that is known to hold fewer architectures than the cluster has. */
export interface ImageNotBuilt {
  readonly kind: 'image-not-built'
  readonly image: string
  readonly on: readonly Architecture[]
  readonly why: string
  readonly references: readonly string[]
}

/** Something is asked of Kubernetes that its minor has no more. */
export interface GoneFacts {
  readonly kind: 'gone-from-kubernetes'
  readonly what: 'admission-plugin' | 'feature-gate' | 'flag' | 'api-group' | 'api'
  readonly name: string
  /** The first minor without it, and that of the cluster. */
  readonly since: number
  readonly minor: number
  readonly references: readonly string[]
  readonly instead?: string
  /** The variable that asks for it, or that has a task ask. */
  readonly variable?: string
  /** The task that asks, where the variable is only its condition. */
  readonly by?: { readonly file: string; readonly line: number }
}

const WEIGHT = { error: 0, warning: 1, notice: 2 } as const

/** Heaviest first, then by place. The same thing found for two inventories is said once, unless each has a cause of its own. */
export function inOrder<Each extends Found>(findings: readonly Each[]): readonly Each[] {
  const once = new Map(findings.map((each) => [keyOf(each), each]))
  return [...once.values()].sort(
    (a, b) =>
      WEIGHT[a.severity] - WEIGHT[b.severity] ||
      FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code) ||
      compare(a.file, b.file) ||
      a.line - b.line,
  )
}

function keyOf({ code, file, line, message, facts, cause, only }: Found): string {
  return [code, file, line, message ?? JSON.stringify(facts), JSON.stringify([cause, only])].join('\0')
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
