import { heading, type Part } from '../blocks/block.ts'
import { code, joined, link, listed, ours, quoted, say, sentence, type Text } from '../blocks/text.ts'
import type { LintFinding } from '../../plan/lint-finding.ts'
import {
  linkedReference,
  sentenceOfCommits,
  upstreamPull,
  upstreamRelease,
  withCves,
} from '../linked-reference.ts'
import type { PublishedNote, PublishedNotes } from '../../advice/published-notes.ts'
import { plural } from '../plural.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'
import { isAboutPlaybook } from './render-playbooks.ts'
import { alike } from './alike.ts'
import { withPlaces } from './place-link.ts'
import { entries, isAboutSetting } from './render-variables.ts'

/** Of all that the release changes, only what touches this user: by what they set, and by what they leave to its default. */
export function renderNotes({
  notes = [],
  lint = [],
  step,
  at,
  published,
}: PullRequestFacts): readonly Part[] {
  const lines = [
    ...notes.map(
      ({ release, text, references }) =>
        say`Since ${link(upstreamRelease(release), code(release))}: ${withCves(ours(text))} (${joined(references.map(linkedReference), ', ')})`,
    ),
    ...(step?.reasons ?? [])
      .filter(({ code: each }) => TOUCHES.includes(each) && !isSaidOfCluster(each, lint))
      .map(({ message }) => sentence(message)),
    ...alike(lint.filter((each) => !isAboutSetting(each) && !isAboutPlaybook(each))).map((each) =>
      each[0].code === 'fix-waiting' ? sentenceOfCommits(each[0].message) : withPlaces(each, at, 'before'),
    ),
  ]
  const [urgent, touching] = publishedLines(published)
  return lines.length + urgent.length + touching.length === 0
    ? []
    : [
        { full: [heading(2, say`What else changes for you`)] },
        ...entries(URGENT, urgent),
        ...entries('Of this release:', lines),
        ...entries(NAMED, touching),
      ]
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

/** Whether a reason stands here, and need not be said elsewhere. */
export function isNoted({ code: each }: { readonly code: string }): boolean {
  return TOUCHES.includes(each)
}

const URGENT = 'Upstream’s urgent notes that name what you set or run:'
const NAMED = 'Upstream’s other notes that name it:'

/** Notes that are shown; the release has all of them. */
const MOST_PUBLISHED = 8

function publishedLines(
  published: PublishedNotes | undefined,
): readonly [urgent: readonly Text[], other: readonly Text[]] {
  if (!published) return [[], []]
  const { releases, urgent, otherUrgent, touching } = published
  const all = listed(releases.map((release) => link(upstreamRelease(release), code(release))))
  const shown = (notes: readonly PublishedNote[]): readonly Text[] => {
    const more = notes.length - MOST_PUBLISHED
    const lines = notes.slice(0, MOST_PUBLISHED).map(noteText)
    return more > 0 ? [...lines, say`and ${more} more, in the notes of ${all}.`] : lines
  }
  const others =
    otherUrgent > 0
      ? [
          say`${plural(otherUrgent, 'urgent note')} more ${otherUrgent === 1 ? 'names' : 'name'} nothing that you set: see ${all}.`,
        ]
      : []
  return [[...shown(urgent), ...others], shown(touching)]
}

function noteText({ text, pull }: PublishedNote): Text {
  const where = pull === undefined ? '' : say` (${link(upstreamPull(pull), quoted(`#${pull}`))})`
  return say`${sentence(text.slice(0, MOST_OF_NOTE))}${text.length > MOST_OF_NOTE ? '…' : ''}${where}`
}

const MOST_OF_NOTE = 400
