import type { Finding } from '../audit/finding.ts'
import type { LintFinding } from '../plan/lint-finding.ts'

/** Whether a comparison of two releases says more of a variable: that nothing reads it, or that the play stops for it. */
export function toldBy(lint: readonly LintFinding[]): (finding: Finding) => boolean {
  // By name: the edits may have moved its line, or its file.
  const told = new Set(lint.map(({ key }) => key))
  const stops = new Set(lint.filter(({ severity }) => severity === 'error').map(({ key }) => key))
  return ({ code, subject }) =>
    (code === 'variable-unread' && told.has(subject)) || (code === 'release-check' && stops.has(subject))
}
