import { optional } from '../../core/model/defined.ts'
import type { Audit } from '../../app/audit/audit.ts'
import type { FixedFork } from '../../app/step/fix-fork.ts'
import { list, paragraph, type Block } from '../../core/explain/blocks/block.ts'
import { terminal } from '../../core/explain/blocks/terminal.ts'
import { code, quoted, say, sentence } from '../../core/explain/blocks/text.ts'
import { auditBlocks, leftFixSentence } from '../../core/explain/texts/audit-blocks.ts'
import { short } from '../../core/model/oid.ts'
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

/** An audit for the terminal. */
export function printAudit({ found, fix, left }: AuditDone): string {
  const now = left ? { ...left, findings: left.findings.map(withoutFix) } : found
  return terminal([...auditBlocks(now), ...(fix ? fixBlocks(fix) : [])])
}

/** After the fixes there is nothing to offer any more. */
function withoutFix({ fix: _, ...finding }: Audit['findings'][number]): Audit['findings'][number] {
  return finding
}

function fixBlocks({ of, branch, commits, tip, left }: FixedFork): readonly Block[] {
  const notWritten = left.map((each) => paragraph(leftFixSentence(each)))
  if (commits.length === 0 && left.length > 0) return notWritten
  if (commits.length === 0) return [paragraph(say`There was nothing for me to mend on ${code(of)}.`)]
  const head = branch
    ? say`I wrote branch ${code(branch)} at ${short(tip)} on top of ${code(of)} (working tree untouched):`
    : say`On top of ${code(of)}:`
  const made = commits.map(({ commit, title, notes }) => ({
    text: say`${short(commit)} ${quoted(title)}`,
    items: notes.map((note) => ({ text: sentence(note) })),
  }))
  return [paragraph(head), list(made), ...notWritten]
}
