import type { Part } from '../fit.ts'
import { code, plain, prose } from '../plain.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'
import { isAboutSetting, listed, withPlace } from './render-variables.ts'

/** Of all that the release changes, only what touches this user: by what they set, and by what they leave to its default. */
export function renderNotes({ notes = [], lint = [], step }: PullRequestFacts): readonly Part[] {
  const lines = [
    ...notes.map(
      ({ release, text, references }) =>
        `Since ${code(release)}: ${text} (${references.map(plain).join(', ')})`,
    ),
    ...(step?.reasons ?? [])
      .filter(({ code: each }) => TOUCHES.includes(each))
      .map(({ message }) => prose(message)),
    ...lint.filter((each) => !isAboutSetting(each)).map(withPlace),
  ]
  return lines.length === 0
    ? []
    : [{ full: '## What else changes for you' }, ...listed('Of this release:', lines)]
}

/** Reasons of a step that ask something of whoever applies it. */
const TOUCHES: readonly string[] = [
  'container-manager-default',
  'written-without-v',
  'ansible-changes',
  'precondition-met',
]
