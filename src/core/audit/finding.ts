import type { Architecture } from '../model/arch.ts'

export const FINDING_CODES = [
  'missing-checksum',
  'single-checksum',
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
}

const WEIGHT = { error: 0, warning: 1, notice: 2 } as const

/** Heaviest first, then by place. The same thing found for two inventories is said once. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const once = new Map(findings.map((each) => [keyOf(each), each]))
  return [...once.values()].sort(
    (a, b) =>
      WEIGHT[a.severity] - WEIGHT[b.severity] ||
      FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code) ||
      compare(a.file, b.file) ||
      a.line - b.line,
  )
}

function keyOf({ code, file, line, message }: Finding): string {
  return [code, file, line, message].join('\0')
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
