import { heading, type Part } from '../blocks/block.ts'
import { code, joined, ours, quoted, say, sentence } from '../blocks/text.ts'
import type { LintFinding } from '../../plan/lint-finding.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'
import { isAboutPlaybook } from './render-playbooks.ts'
import { entries, isAboutSetting, withPlace } from './render-variables.ts'

/** Of all that the release changes, only what touches this user: by what they set, and by what they leave to its default. */
export function renderNotes({ notes = [], lint = [], step }: PullRequestFacts): readonly Part[] {
  const lines = [
    ...notes.map(
      ({ release, text, references }) =>
        say`Since ${code(release)}: ${ours(text)} (${joined(references.map(quoted), ', ')})`,
    ),
    ...(step?.reasons ?? [])
      .filter(({ code: each }) => TOUCHES.includes(each) && !isSaidOfCluster(each, lint))
      .map(({ message }) => sentence(message)),
    ...lint.filter((each) => !isAboutSetting(each) && !isAboutPlaybook(each)).map(withPlace),
  ]
  return lines.length === 0
    ? []
    : [{ full: [heading(2, say`What else changes for you`)] }, ...entries('Of this release:', lines)]
}

/** What was found for this cluster says more than the step says for all. */
function isSaidOfCluster(reason: string, lint: readonly LintFinding[]): boolean {
  return reason === 'container-manager-default' && lint.some(({ key }) => key === 'container_manager')
}

/** Reasons of a step that ask something of whoever applies it. */
const TOUCHES: readonly string[] = [
  'container-manager-default',
  'written-without-v',
  'ansible-changes',
  'precondition-met',
]
