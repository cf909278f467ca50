import { short } from '../../model/oid.ts'
import type { Finding } from '../../audit/finding.ts'
import type { Part } from '../fit.ts'
import { code, plain, prose } from '../plain.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'
import { listed } from './render-variables.ts'

/** What the audit found beside what stops a play, and the patches that I made for it. */
export function renderAudit({ findings = [], fixes = [] }: PullRequestFacts): readonly Part[] {
  const rest = findings.filter(({ severity }) => severity !== 'error').map(findingText)
  if (rest.length === 0 && fixes.length === 0) return []
  const made = fixes.map(
    ({ title, commit, files }) =>
      `**${plain(title)}**${commit ? ` (${short(commit)})` : ''} in ${files.map(code).join(', ')}`,
  )
  return [
    { full: '## On every architecture?' },
    ...listed('Patches of mine:', made),
    ...listed('Good to know:', rest),
  ]
}

/** A finding as one line of Markdown. */
function findingText({ message, file, line }: Finding): string {
  return `${prose(message)} (${code(`${file}:${line}`)})`
}
