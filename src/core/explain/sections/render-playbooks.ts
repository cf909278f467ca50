import type { LintFinding } from '../../plan/lint-finding.ts'
import { heading, type Part } from '../blocks/block.ts'
import { say } from '../blocks/text.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'
import { withPlace } from './place-link.ts'
import { entries } from './render-variables.ts'

/** What the step takes from under playbooks and roles of the user's own, and what it writes there. */
export function renderPlaybooks({ lint = [], at }: PullRequestFacts): readonly Part[] {
  const own = lint.filter(isAboutPlaybook)
  if (own.length === 0) return []
  const made = own.filter(({ severity }) => severity === 'notice')
  const open = own.filter(({ severity }) => severity !== 'notice')
  return [
    { full: [heading(2, say`Your playbooks`)] },
    ...entries(
      'For you to change:',
      open.map((each) => withPlace(each, at, 'before')),
    ),
    ...entries(
      'Written by this step:',
      made.map((each) => withPlace(each, at)),
    ),
  ]
}

export function isAboutPlaybook({ code }: Pick<LintFinding, 'code'>): boolean {
  return code.startsWith('playbook-')
}
