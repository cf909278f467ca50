import type { Audit } from '../../app/audit/audit.ts'
import type { FixedFork } from '../../app/step/fix-fork.ts'
import { defined, optional } from '../../core/model/defined.ts'
import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'

/** What a branch of fixes proposes, and what is left once it is merged. */
export function fixedFacts(
  { of, release, prefix, commits, branch }: FixedFork,
  left: Audit,
): PullRequestFacts {
  return {
    kind: 'audit',
    ...defined({ prefix }),
    surface: 'terminal',
    branch: of,
    release,
    // What could be mended was: there is nothing to offer any more.
    findings: left.findings.map(withoutFix),
    fixes: commits,
    ...optional(branch, (name) => ({ written: { name } })),
  }
}

/** A finding that nothing is offered for. */
export function withoutFix({ fix: _, ...finding }: Audit['findings'][number]): Audit['findings'][number] {
  return finding
}
