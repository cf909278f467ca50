import type { WaitingFix, WaitingFixes } from '../../advice/waiting-fixes.ts'
import { codeSpan } from '../../model/code-span.ts'
import { short } from '../../model/oid.ts'
import type { LintFinding } from '../../plan/lint-finding.ts'
import { plural } from '../plural.ts'

/** As many are listed; a branch may be a hundred commits ahead. */
const LISTED = 8

/** What waits on a release's branch, as one notice; nothing where none of it concerns anybody here. */
export function wordWaiting({ branch, release, count, concerns }: WaitingFixes): readonly LintFinding[] {
  if (concerns.length === 0) return []
  const past = `\`${branch}\` is ${plural(count, 'commit')} past ${release}, as far as this clone knows it`
  const shown = concerns.slice(0, LISTED).map(sayOne).join('; ')
  const more = concerns.length > LISTED ? `; and ${concerns.length - LISTED} more` : ''
  const touch = concerns.length === 1 ? 'this one touches' : `these ${concerns.length} touch`
  const message = `${past}; ${touch} what you run or change: ${shown}${more}.`
  return [{ code: 'fix-waiting', severity: 'notice', key: branch, message }]
}

function sayOne({ commit, title, touches }: WaitingFix): string {
  const what = {
    role: () => (touches.kind === 'role' ? `the role \`${touches.role}\`` : ''),
    playbook: () => (touches.kind === 'playbook' ? codeSpan(touches.file) : ''),
    patched: () => (touches.kind === 'patched' ? `${codeSpan(touches.file)}, which your patches change` : ''),
  }[touches.kind]()
  return `\`${short(commit)}\` ${codeSpan(title)} (${what})`
}
