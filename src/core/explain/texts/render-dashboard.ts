import type { Decisions } from '../../commands/decisions.ts'
import type { ClusterState } from '../../commands/cluster-state.ts'
import { codeSpan } from '../../model/code-span.ts'
import type { Problem } from '../../model/problem.ts'
import type { Verdict } from '../../model/verdict.ts'
import { fold, heading, list, paragraph, type Block } from '../blocks/block.ts'
import { inlineMarkdown, markdown } from '../blocks/markdown.ts'
import { bold, code, joined, link, listed, quoted, say, sentence, type Text } from '../blocks/text.ts'
import { documentation, SETTINGS_PATH } from './documentation.ts'
import { upstreamRelease } from '../linked-reference.ts'
import { markAtEnd, marker } from '../marker.ts'
import { plural } from '../plural.ts'
import { renderState } from '../render-state.ts'
import { tally } from '../sections/render-patch-table.ts'
import { withinLimit } from '../within-limit.ts'
import { renderSteps, type WayAhead } from './render-steps.ts'

export const DASHBOARD_TITLE = 'Kubespray upgrades'

export interface DashboardFacts {
  /** Absent where we could not find out. */
  readonly stands?: { readonly branch: string; readonly state: ClusterState; readonly way: WayAhead }
  readonly open: readonly OpenStep[]
  readonly patches: readonly { readonly title: string; readonly verdict?: Verdict }[]
  /** Add-ons of which somebody has to say what becomes of them: their names in the settings, and their titles. */
  readonly questions?: readonly { readonly name: string; readonly title: string }[]
  readonly decisions: Decisions
  /** What stops us, each with what to do. */
  readonly problems: readonly Problem[]
  /** What people should know, though it stops nothing. */
  readonly notes?: readonly Problem[]
  /** What the next step waits for. */
  readonly waiting?: Waiting
  /** Boxes that somebody ticked and nobody answered yet: they stay ticked. */
  readonly ticked?: readonly Box[]
  /** Of this program; which one wrote is no change. */
  readonly version?: string
}

/** An open pull request of ours. */
export interface OpenStep {
  readonly number: number
  readonly title: string
  readonly url: string
  /** Something is left for a person to settle. */
  readonly draft: boolean
  /** What its check says, where that was found out just now: the verdicts of the patches are its own then. */
  readonly outcome?: string
}

export type Waiting =
  | { readonly kind: 'applied'; readonly state: ClusterState }
  /** As many pull requests are open as the settings allow. */
  | {
      readonly kind: 'open'
      readonly steps: readonly Pick<OpenStep, 'number' | 'url'>[]
      readonly most: number
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
  const rest = markdown([
    ...known([...unread(facts.decisions), ...(facts.notes ?? [])]),
    ...(facts.stands ? [heading(2, say`The way ahead`), ...renderSteps(facts.stands.way)] : []),
    ...patches(facts),
    ...skipped(facts.decisions),
  ])
  const text = [inlineMarkdown(standing(facts)), top(facts), rest].filter((part) => part !== '').join('\n\n')
  return withinLimit(
    text,
    `\n\n${boxes(facts)}\n\n${marker('day', day)}\n${markdown(lastWords(facts, day))}\n`,
  )
}

/** Whether two texts of a dashboard differ in more than the day, or in a box that somebody ticked. */
export function sameDashboard(a: string, b: string): boolean {
  return withoutDay(a) === withoutDay(b)
}

/** Where and when it was written changes nothing of what is said; it stands behind the last mark. */
function withoutDay(body: string): string {
  const lines = linesOf(body)
  const at = lines.findLastIndex((line) => markAtEnd(line, 'day') !== undefined)
  return (at < 0 ? lines : lines.slice(0, at)).join('\n').trim()
}

function linesOf(body: string): readonly string[] {
  return body.replaceAll('\r\n', '\n').split('\n')
}

/** The boxes somebody ticked. */
export function tickedBoxes(body: string): readonly Box[] {
  return linesOf(body)
    .filter((line) => /^- \[x\]/i.test(line))
    .map((line) => markAtEnd(line, 'box'))
    .filter((box): box is Box => box !== undefined && Object.hasOwn(BOXES, box))
}

function standing({ stands, decisions }: DashboardFacts): Text {
  const where = stands
    ? say`${code(stands.branch)} stands on Kubespray ${renderState(stands.state)}.`
    : say`I could not find out where this fork stands.`
  const hold = decisions.held
    ? say` ${bold`On hold`}: I propose and move nothing until somebody says ${code('/multiarch resume')}.`
    : ''
  return say`${where}${hold}`
}

const TOP = '## What waits for you'

/** What somebody has to do or decide, the most urgent first, behind a mark that counts it and what stops us among it. */
function top(facts: DashboardFacts): string {
  const entries = [
    ...facts.problems.map(stopLine),
    ...facts.open.map(openLine),
    ...waitingLines(facts),
    ...questionLines(facts),
  ]
  const mark = countMark({ entries: entries.length, stops: facts.problems.length })
  return entries.length === 0 ? mark : `${TOP}\n\n${mark}\n${markdown([list(entries)])}`
}

interface Count {
  readonly entries: number
  readonly stops: number
}

function countMark({ entries, stops }: Count): string {
  return marker('top', `${entries}:${stops}`)
}

function readCount(line: string): Count | undefined {
  const [, entries, stops] = /^(\d+):(\d+)$/.exec(markAtEnd(line, 'top') ?? '') ?? []
  return entries === undefined ? undefined : { entries: Number(entries), stops: Number(stops) }
}

function stopLine({ message, at }: Problem): Text {
  const place = at ? say`${code(`${at.file}:${at.line}`)}: ` : ''
  return say`${bold`What stops me`}: ${place}${sentence(message)}`
}

function openLine({ number, title, url, draft, outcome }: OpenStep): Text {
  const todo = draft ? bold`Settle` : bold`Review and merge`
  return say`${todo} ${link(url, say`#${number} ${quoted(title)}`)}${outcome === undefined ? '' : say`: ${quoted(outcome)}`}`
}

function waitingLines({ waiting }: DashboardFacts): readonly Text[] {
  if (!waiting) return []
  if (waiting.kind === 'applied')
    return [
      say`${bold`Apply`} ${renderState(waiting.state)} to the cluster: nobody has said yet that it runs that. Once it does, comment ${code('/multiarch applied')}, and I propose the next step.`,
    ]
  const steps = waiting.steps.map(({ number, url }) => link(url, `#${number}`))
  return [
    say`Before the next step I wait for ${listed(steps)}: ${code('pull-requests.max-open')} in the settings is ${waiting.most}.`,
  ]
}

function questionLines({ questions = [] }: DashboardFacts): readonly Text[] {
  return questions.map(
    ({ name, title }) =>
      say`${bold`Decide`} whether ${quoted(title)} stays: ${code(`addons: { ${name}: keep }`)} or ${code('disable')} in the ${link(SETTINGS_FILE, 'settings')}.`,
  )
}

/** From an issue or a pull request of the same repository. */
const SETTINGS_FILE = `../blob/HEAD/${SETTINGS_PATH}`

/**
 * A dashboard as it stands, with one thing more that is in the way; what was added by this before makes room for it. The rest is left as
 * it was last known, ticked boxes too. One that was written before there was a mark gets it above all else.
 */
export function withTrouble(body: string, problem: Problem): string {
  const lines = linesOf(body)
  const added = `- ${inlineMarkdown(stopLine(problem))} ${marker('added', 'trouble')}`
  const kept = lines.findIndex((line) => markAtEnd(line, 'added') !== undefined)
  if (kept >= 0) return lines.with(kept, added).join('\n')
  const at = lines.findIndex((line) => readCount(line) !== undefined)
  const { entries, stops } = readCount(lines[at] ?? '') ?? { entries: 0, stops: 0 }
  const head = entries === 0 ? [TOP, ''] : []
  const put = [...head, countMark({ entries: entries + 1, stops: stops + 1 }), added]
  return (at < 0 ? [...put, '', ...lines] : lines.toSpliced(at, 1, ...put)).join('\n')
}

/** Whether a dashboard says that something is in the way; one without our mark may. */
export function saysTrouble(body: string): boolean {
  const count = linesOf(body).flatMap((line) => readCount(line) ?? [])[0]
  return count === undefined || count.stops > 0
}

/** A decision that is not known to hold is not known not to: whoever made it is told, and how to take it back. */
function unread({ unread: lines = [] }: Decisions): readonly Problem[] {
  return lines.map((line) => ({
    code: 'decision-unread',
    message: `Among what was decided here (\`refs/multiarch/decisions\`) stands ${codeSpan(line)}, which I cannot read, so I do not act on it. \`/multiarch resume\` takes it away, together with a hold and with what was skipped; decide again what you still want.`,
  }))
}

function known(notes: readonly Problem[]): readonly Block[] {
  if (notes.length === 0) return []
  return [heading(2, say`What you should know`), list(notes.map(({ message }) => sentence(message)))]
}

/** Beyond so many they are folded, with what they come to. */
const MOST_SHOWN = 12

function patches({ patches: all, open }: DashboardFacts): readonly Block[] {
  if (all.length === 0) return []
  const judged = open.find(({ outcome }) => outcome !== undefined)
  const shown = patchList(all, judged)
  if (all.length <= MOST_SHOWN) return [heading(2, say`Your patches`), shown]
  const verdicts = all.flatMap(({ verdict }) => (verdict ? [{ verdict }] : []))
  const sums = verdicts.length > 0 ? `: ${tally(verdicts)}` : ''
  return [heading(2, say`Your patches`), fold(say`${plural(all.length, 'patch', 'patches')}${sums}`, [shown])]
}

function patchList(all: DashboardFacts['patches'], judged: OpenStep | undefined): Block {
  if (all.every(({ verdict }) => verdict === undefined))
    return { ...list(all.map(({ title }) => [quoted(title)])), isNumbered: true }
  const on = judged ? say`in ${link(judged.url, `#${judged.number}`)}` : say`on the open step`
  const rows = all.map(({ title, verdict }, index) => [say`${index + 1}`, [quoted(title)], [verdict ?? '–']])
  return { kind: 'table', head: [[''], ['patch'], on], rows }
}

function skipped({ skipped: releases }: Decisions): readonly Block[] {
  if (releases.length === 0) return []
  const names = releases.map((each) => [link(upstreamRelease(each), code(each))])
  return [
    heading(2, say`Skipped`),
    list(names),
    paragraph(say`${code('/multiarch resume')} takes that back.`),
  ]
}

/** Fields of a form: what GitHub lets people tick, with marks by which it is read. */
function boxes({ decisions: { held }, ticked = [] }: DashboardFacts): string {
  const offered: readonly Box[] = held ? ['look', 'resume'] : ['look', 'hold']
  const shown = [...offered, ...ticked.filter((box) => !offered.includes(box))]
  return shown
    .map((box) => `- [${ticked.includes(box) ? 'x' : ' '}] ${BOXES[box]} ${marker('box', box)}`)
    .join('\n')
}

function lastWords({ version }: DashboardFacts, day: string): readonly Block[] {
  const by = version === undefined ? '' : ` by version ${version}`
  const links = [
    link(SETTINGS_FILE, 'Settings'),
    link(documentation('configuration.md'), 'what can be set'),
    link(documentation('app.md'), 'how I behave'),
    say`${link(documentation('commands.md'), 'commands')} (${code('/multiarch help')} lists them)`,
  ]
  return [
    paragraph(joined(links, ' · ')),
    paragraph(say`Last change seen on ${day}${by}. I write here only when something changed.`),
  ]
}
