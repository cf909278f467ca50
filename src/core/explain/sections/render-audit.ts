import { short } from '../../model/oid.ts'
import { heading, type Part } from '../blocks/block.ts'
import { bold, code, joined, quoted, say } from '../blocks/text.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'
import { alike } from './alike.ts'
import { withPlaces } from './place-link.ts'
import { entries } from './render-variables.ts'

/** What the audit found beside what stops a play, and the patches that I made for it. */
export function renderAudit({ findings = [], fixes = [], at }: PullRequestFacts): readonly Part[] {
  const rest = alike(findings.filter(({ severity }) => severity !== 'error')).map((each) =>
    withPlaces(each, at),
  )
  if (rest.length === 0 && fixes.length === 0) return []
  const made = fixes.map(
    ({ title, commit, files }) =>
      say`${bold`${quoted(title)}`}${commit ? ` (${short(commit)})` : ''} in ${joined(files.map(code), ', ')}`,
  )
  return [
    { full: [heading(2, say`On every architecture?`)] },
    ...entries('Patches of mine:', made),
    ...entries('Good to know:', rest),
  ]
}
