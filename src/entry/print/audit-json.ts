import { optional } from '../../core/model/defined.ts'
import type { Audit } from '../../app/audit/audit.ts'
import type { FixedFork } from '../../app/step/fix-fork.ts'
import { SCHEMA } from './plan-json.ts'

export interface AuditDone {
  readonly found: Audit
  readonly fix?: FixedFork
  /** What the fixes left. */
  readonly left?: Audit
}

/** `multiarch audit --json`. */
export function auditJson({ found, fix, left }: AuditDone): object {
  const { architectures, architecturesFrom, speaking, inventories, images, findings, missing } = left ?? found
  return {
    schema: SCHEMA,
    architectures,
    architecturesFrom,
    ...optional(speaking.length > 0, () => ({ speaking })),
    inventories,
    images,
    findings,
    ...optional(images === 'asked', () => ({ missingImages: missing })),
    ...optional(fix, (fix) => ({
      fix: { branch: fix.branch, commit: fix.tip, commits: fix.commits, left: fix.left },
    })),
  }
}
