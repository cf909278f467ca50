import { optional } from '../../core/model/defined.ts'
import type { Audit } from '../../app/audit/audit.ts'
import type { FixedFork } from '../../app/step/fix-fork.ts'
import {
  imagesSentence,
  leftFixSentence,
  scopeSentence,
  verdictSentence,
} from '../../core/explain/texts/render-audit-text.ts'
import { short } from '../../core/model/oid.ts'
import { SCHEMA } from './plan-json.ts'
import { wrap } from './wrap.ts'

export interface AuditDone {
  readonly found: Audit
  readonly fix?: FixedFork
  /** What the fixes left. */
  readonly left?: Audit
}

/** `multiarch audit --json`. */
export function auditJson({ found, fix, left }: AuditDone): object {
  const { architectures, architecturesFrom, inventories, images, findings, missing } = left ?? found
  return {
    schema: SCHEMA,
    architectures,
    architecturesFrom,
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
  const now = left ?? found
  const lines = [scopeSentence(now, (text) => text), '']
  for (const { severity, file, line, message } of now.findings) {
    lines.push(`${severity.padEnd(8)} ${file}:${line}`, ...wrap(message, '         '))
  }
  if (now.findings.length > 0) lines.push('')
  lines.push(verdictSentence(left ? { ...now, findings: now.findings.map(withoutFix) } : now))
  lines.push(...[imagesSentence(now)].filter((sentence) => sentence !== ''))
  if (fix) lines.push('', ...fixLines(fix))
  return lines.join('\n') + '\n'
}

/** After the fixes there is nothing to offer any more. */
function withoutFix({ fix: _, ...finding }: Audit['findings'][number]): Audit['findings'][number] {
  return finding
}

function fixLines({ of, branch, commits, tip, left }: FixedFork): readonly string[] {
  const notWritten = left.flatMap((each) => wrap(leftFixSentence(each), ''))
  if (commits.length === 0 && left.length > 0) return notWritten
  if (commits.length === 0) return [`There was nothing for me to mend on \`${of}\`.`]
  const head = branch
    ? `I wrote branch \`${branch}\` at ${short(tip)} on top of \`${of}\` (working tree untouched):`
    : `On top of \`${of}\`:`
  return [
    head,
    ...commits.flatMap(({ commit, title, notes }) => [
      `  ${short(commit)}  ${title}`,
      ...notes.flatMap((note) => wrap(note, '             ')),
    ]),
    ...notWritten,
  ]
}
