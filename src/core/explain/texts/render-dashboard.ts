import type { Decisions } from '../../commands/decisions.ts'
import type { Problem } from '../../model/problem.ts'
import type { Verdict } from '../../model/verdict.ts'
import { withinLimit } from '../within-limit.ts'
import { code, plain, table } from '../blocks/plain.ts'
import { markAtEnd, marker } from '../marker.ts'
import { renderState } from '../render-state.ts'

export const DASHBOARD_TITLE = 'Kubespray upgrades'

export interface DashboardFacts {
  /** Absent where we could not find out. The state is `v2.30.0 with Kubernetes 1.34.3`, or the release alone. */
  readonly stands?: { readonly branch: string; readonly state: string; readonly route: string }
  readonly open: readonly { readonly number: number; readonly title: string }[]
  readonly patches: readonly { readonly title: string; readonly verdict?: Verdict }[]
  readonly decisions: Decisions
  /** What stops us, each with what to do. */
  readonly problems: readonly Problem[]
  /** What people should know, though it stops nothing. */
  readonly notes?: readonly Problem[]
  /** What the next step waits for. */
  readonly waiting?: string
  /** Boxes that somebody ticked and nobody answered yet: they stay ticked. */
  readonly ticked?: readonly Box[]
}

/** What can be ticked, and what it does. */
export const BOXES = {
  look: 'Look again now',
  hold: 'Hold: propose and move nothing',
  resume: 'Go on',
} as const
export type Box = keyof typeof BOXES

/** The dashboard issue's text. `day` is when it last changed (`2026-01-31`); the same facts are not written again. */
export function renderDashboard(facts: DashboardFacts, day: string): string {
  const end = [
    boxes(facts),
    `${LAST_LOOK}${day}. I write here only when something changed. \`/multiarch help\` lists the commands.\n`,
  ].join('\n\n')
  const parts = [
    standing(facts),
    blocked(facts.problems),
    listed('## What you should know', [...unread(facts.decisions), ...(facts.notes ?? [])]),
    facts.waiting ? `## Waiting\n\n${facts.waiting}` : '',
    facts.open.length > 0
      ? `## Open\n\n${facts.open.map(({ number, title }) => `- #${number} ${plain(title)}`).join('\n')}`
      : '',
    facts.stands ? `## The way ahead\n\n${facts.stands.route}` : '',
    patches(facts.patches),
    skipped(facts.decisions),
  ]
  return withinLimit(parts.filter((part) => part !== '').join('\n\n'), `\n\n${end}`)
}

const LAST_LOOK = 'Last change seen on '

/** Whether two texts of a dashboard differ in more than the day, or in a box that somebody ticked. */
export function sameDashboard(a: string, b: string): boolean {
  const withoutDay = (text: string): string =>
    text
      .replaceAll('\r\n', '\n')
      .replace(new RegExp(`${LAST_LOOK}[\\d-]+`), '')
      .trim()
  return withoutDay(a) === withoutDay(b)
}

/** The boxes somebody ticked. */
export function tickedBoxes(body: string): readonly Box[] {
  return body
    .split('\n')
    .filter((line) => /^- \[x\]/i.test(line))
    .map((line) => markAtEnd(line, 'box'))
    .filter((box): box is Box => box !== undefined && Object.hasOwn(BOXES, box))
}

/** A decision that is not known to hold is not known not to: whoever made it is told, and how to take it back. */
function unread({ unread: lines = [] }: Decisions): readonly Problem[] {
  return lines.map((line) => ({
    code: 'decision-unread',
    message: `Among what was decided here (\`refs/multiarch/decisions\`) stands ${code(line)}, which I cannot read, so I do not act on it. \`/multiarch resume\` takes it away, together with a hold and with what was skipped; decide again what you still want.`,
  }))
}

function standing({ stands, decisions }: DashboardFacts): string {
  const where = stands
    ? `${code(stands.branch)} stands on Kubespray ${renderState(stands.state)}.`
    : 'I could not find out where this fork stands.'
  const hold = decisions.held
    ? ' **On hold**: I propose and move nothing until somebody says `/multiarch resume`.'
    : ''
  return `${where}${hold}`
}

const BLOCKED = '## What stops me'

/**
 * A dashboard as it stands, with one thing more that is in the way; what was added by this before makes room for it. The rest is left as
 * it was last known, ticked boxes too.
 */
export function withTrouble(body: string, { message }: Problem): string {
  const lines = body.replaceAll('\r\n', '\n').split('\n')
  const added = `- ${message} ${marker('added', 'trouble')}`
  const kept = lines.findIndex((line) => markAtEnd(line, 'added') !== undefined)
  if (kept >= 0) return lines.with(kept, added).join('\n')
  const at = lines.indexOf(BLOCKED)
  if (at >= 0) return lines.toSpliced(at + 2, 0, added).join('\n')
  // After the sentence that says where the fork stands.
  const end = lines.indexOf('')
  return lines.toSpliced(end < 0 ? lines.length : end + 1, 0, BLOCKED, '', added, '').join('\n')
}

/** Whether a dashboard says that something is in the way. */
export function saysTrouble(body: string): boolean {
  return body.split(/\r?\n/).includes(BLOCKED)
}

function blocked(problems: readonly Problem[]): string {
  return listed(BLOCKED, problems)
}

function listed(heading: string, problems: readonly Problem[]): string {
  if (problems.length === 0) return ''
  const lines = problems.map(
    ({ message, at }) => `- ${at ? `${code(`${at.file}:${at.line}`)}: ` : ''}${message}`,
  )
  return `${heading}\n\n${lines.join('\n')}`
}

function patches(list: DashboardFacts['patches']): string {
  if (list.length === 0) return ''
  if (list.every(({ verdict }) => verdict === undefined))
    return `## Your patches\n\n${list.map(({ title }, index) => `${index + 1}. ${plain(title)}`).join('\n')}`
  const rows = list.map(({ title, verdict }, index) => [`${index + 1}`, plain(title), verdict ?? '–'])
  return `## Your patches\n\n${table(['', 'patch', 'on the open step'], rows)}`
}

function skipped({ skipped: releases }: Decisions): string {
  return releases.length > 0 ? `## Skipped\n\n${releases.map((each) => `- ${code(each)}`).join('\n')}` : ''
}

function boxes({ decisions: { held }, ticked = [] }: DashboardFacts): string {
  const offered: readonly Box[] = held ? ['look', 'resume'] : ['look', 'hold']
  const shown = [...offered, ...ticked.filter((box) => !offered.includes(box))]
  return shown
    .map((box) => `- [${ticked.includes(box) ? 'x' : ' '}] ${BOXES[box]} ${marker('box', box)}`)
    .join('\n')
}
