import type { Problem } from '../../model/problem.ts'
import { list, paragraph, type Block } from '../blocks/block.ts'
import { inlineMarkdown, markdown } from '../blocks/markdown.ts'
import { bold, code, joined, link, listed, quoted, say, sentence, type Text } from '../blocks/text.ts'
import { standBlocks, type OpenStep, type StandFacts } from './stand-blocks.ts'
import { documentation, SETTINGS_PATH } from './documentation.ts'
import { markAtEnd, marker } from '../marker.ts'
import { renderState } from '../render-state.ts'
import { withinLimit } from '../within-limit.ts'
import { clusterHeading } from '../blocks/cluster-heading.ts'

export const DASHBOARD_TITLE = 'Kubespray upgrades'

export interface DashboardFacts extends StandFacts {
  /** Several clusters, each with where it stands; what is said beside them is of the repository as a whole. */
  readonly clusters?: readonly StandFacts[]
  readonly open: readonly OpenStep[]
  /** Boxes that somebody ticked and nobody answered yet: they stay ticked. */
  readonly ticked?: readonly Box[]
  /** Of this program; which one wrote is no change. */
  readonly version?: string
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
  const { clusters = [], open } = facts
  const rest = markdown([
    ...standBlocks(facts, open),
    ...clusters.flatMap((each) => clusterBlocks(each, open)),
  ])
  const text = [markdown(standing(facts)).trimEnd(), top(facts), rest]
    .filter((part) => part !== '')
    .join('\n\n')
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

function clusterBlocks(cluster: StandFacts, open: readonly OpenStep[]): readonly Block[] {
  const blocks = standBlocks(cluster, open, 3)
  return blocks.length > 0 ? [clusterHeading(cluster.name ?? ''), ...blocks] : []
}

/** Where it stands; of several clusters each in a line. */
function standing({ clusters, ...facts }: DashboardFacts): readonly Block[] {
  if (!clusters) return [paragraph(stand(facts))]
  const hold = onHold(facts)
  return [
    ...(hold.length > 0 ? [paragraph(hold)] : []),
    list(clusters.map((each) => say`${code(each.name ?? '')}: ${stand(each)}`)),
  ]
}

function stand({ stands, decisions }: StandFacts): Text {
  const where = stands
    ? say`${code(stands.branch)} stands on Kubespray ${renderState(stands.state)}.`
    : say`I could not find out where this fork stands.`
  const hold = onHold({ decisions })
  return hold.length > 0 ? say`${where} ${hold}` : where
}

function onHold({ decisions }: Pick<StandFacts, 'decisions'>): Text {
  if (!decisions.held) return []
  return say`${bold`On hold`}: I propose and move nothing until somebody says ${code('/multiarch resume')}.`
}

const TOP = '## What waits for you'

/** What somebody has to do or decide, the most urgent first, behind a mark that counts it and what stops us among it. */
function top(facts: DashboardFacts): string {
  const { clusters = [] } = facts
  const entries = [
    ...facts.problems.map(stopLine),
    ...clusters.flatMap((each) => each.problems.map((problem) => of(each, stopLine(problem)))),
    ...facts.open.map(openLine),
    ...[facts, ...clusters].flatMap((each) => waitingLines(each).map((line) => of(each, line))),
    ...[facts, ...clusters].flatMap((each) => questionLines(each).map((line) => of(each, line))),
  ]
  const stops = [facts, ...clusters].flatMap(({ problems }) => problems).length
  const mark = countMark({ entries: entries.length, stops })
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

function of({ name }: StandFacts, line: Text): Text {
  return name === undefined ? line : say`${code(name)}: ${line}`
}

function waitingLines({ waiting }: StandFacts): readonly Text[] {
  if (!waiting) return []
  if (waiting.kind === 'applied')
    return [
      say`${bold`Apply`} ${renderState(waiting.state)} to the cluster: nobody has said yet that it runs that. Once it does, comment ${code('/multiarch applied')}, and I propose the next step.`,
    ]
  if (waiting.kind === 'schedule') {
    const { title, windows, timeZone, next } = waiting
    const when = next === undefined ? say`never within a week` : say`next on ${next}`
    return [
      say`I propose ${quoted(title)} when ${code('pull-requests.schedule')} in the settings allows it: ${listed(windows.map(code))} (${code(timeZone)}), ${when}.`,
    ]
  }
  const steps = waiting.steps.map(({ number, url }) => link(url, `#${number}`))
  return [
    say`Before the next step I wait for ${listed(steps)}: ${code('pull-requests.max-open')} in the settings is ${waiting.most}.`,
  ]
}

function questionLines({ questions = [] }: StandFacts): readonly Text[] {
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
