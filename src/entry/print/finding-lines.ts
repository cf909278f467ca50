import type { Remark } from '../../core/judge/judge-step.ts'
import { wrap } from '../../core/explain/blocks/terminal.ts'

/** Findings, each behind its place. Variables that nothing reads are listed: an old inventory has dozens of them. */
export function findingLines(findings: readonly Remark[]): readonly string[] {
  const unread = findings.filter(({ code }) => code === 'variable-unread')
  if (unread.length < 3) return findings.flatMap(linesOf)
  const others = findings.filter(({ code }) => code !== 'variable-unread')
  return [
    ...others.flatMap(linesOf),
    ...wrap(`notice: ${NOTHING_READS}`, '  '),
    ...unread.map((finding) => `    ${placeOf(finding)}${finding.subject ?? ''}`),
  ]
}

const NOTHING_READS =
  'Nothing in this tree reads these, so setting them has no effect. Take them out, unless a playbook of yours outside this ' +
  'repository needs them:'

function linesOf(finding: Remark): readonly string[] {
  return wrap(`${finding.severity}: ${placeOf(finding)}${finding.message}`, '  ')
}

function placeOf({ file, line }: Remark): string {
  return file === undefined ? '' : `${file}:${line ?? 1}: `
}
