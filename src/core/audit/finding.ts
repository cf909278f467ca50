import type { SharedChecksum } from '../catalogue/catalogue.ts'
import type { Architecture } from '../model/architecture.ts'
import type { ReleaseTag } from '../model/release-tag.ts'

export const FINDING_CODES = [
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
  'architecture-in-urls' | 'architecture-groups' | 'checksums-per-architecture' | 'flannel-images'

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
      readonly kind: 'nothing-defines'
      readonly component: string
      /** What was looked up in vain. */
      readonly what: string
      readonly on: readonly Architecture[]
      readonly enabled: boolean
    }
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

const WEIGHT = { error: 0, warning: 1, notice: 2 } as const

/** Heaviest first, then by place. The same thing found for two inventories is said once. */
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

function keyOf({ code, file, line, message, facts }: Found): string {
  return [code, file, line, message ?? JSON.stringify(facts)].join('\0')
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
