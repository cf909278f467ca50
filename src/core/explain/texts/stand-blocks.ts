import type { ClusterState } from '../../commands/cluster-state.ts'
import type { Decisions } from '../../commands/decisions.ts'
import { codeSpan } from '../../model/code-span.ts'
import type { Problem } from '../../model/problem.ts'
import type { Verdict } from '../../model/verdict.ts'
import { fold, heading, list, paragraph, type Block } from '../blocks/block.ts'
import { code, link, quoted, say, sentence } from '../blocks/text.ts'
import { upstreamRelease } from '../linked-reference.ts'
import { plural } from '../plural.ts'
import { tally } from '../sections/render-patch-table.ts'
import { renderSteps, type WayAhead } from './render-steps.ts'

/** Where a fork stands, or one of several clusters in a repository. */
export interface StandFacts {
  /** The cluster's name; absent where the repository has not several. */
  readonly name?: string
  /** Absent where we could not find out. */
  readonly stands?: { readonly branch: string; readonly state: ClusterState; readonly way: WayAhead }
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
}

/** An open pull request of ours. */
export interface OpenStep {
  readonly number: number
  readonly title: string
  readonly url: string
  /** Whose step it is, of several clusters in the repository. */
  readonly cluster?: string
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
  /** It is not the time at which the settings let a pull request be opened. */
  | {
      readonly kind: 'schedule'
      /** Of the step. */
      readonly title: string
      readonly windows: readonly string[]
      readonly timeZone: string
      /** When the time comes, by the zone's clock. */
      readonly next?: string
    }

type Level = Parameters<typeof heading>[0]

/** What is to be known of it, the way ahead, its patches, and what people skipped. */
export function standBlocks(
  facts: StandFacts,
  open: readonly OpenStep[],
  level: Level = 2,
): readonly Block[] {
  return [
    ...known([...unread(facts.decisions), ...(facts.notes ?? [])], level),
    ...(facts.stands ? [heading(level, say`The way ahead`), ...renderSteps(facts.stands.way)] : []),
    ...patches(facts, open, level),
    ...skipped(facts.decisions, level),
  ]
}

/** A decision that is not known to hold is not known not to: whoever made it is told, and how to take it back. */
function unread({ unread: lines = [] }: Decisions): readonly Problem[] {
  return lines.map((line) => ({
    code: 'decision-unread',
    message: `Among what was decided here (\`refs/multiarch/decisions\`) stands ${codeSpan(line)}, which I cannot read, so I do not act on it. \`/multiarch resume\` takes it away, together with a hold and with what was skipped; decide again what you still want.`,
  }))
}

function known(notes: readonly Problem[], level: Level): readonly Block[] {
  if (notes.length === 0) return []
  return [heading(level, say`What you should know`), list(notes.map(({ message }) => sentence(message)))]
}

/** Beyond so many they are folded, with what they come to. */
const MOST_SHOWN = 12

function patches(
  { patches: all, name }: StandFacts,
  open: readonly OpenStep[],
  level: Level,
): readonly Block[] {
  if (all.length === 0) return []
  const judged = open.find(({ outcome, cluster }) => outcome !== undefined && cluster === name)
  const shown = patchList(all, judged)
  if (all.length <= MOST_SHOWN) return [heading(level, say`Your patches`), shown]
  const verdicts = all.flatMap(({ verdict }) => (verdict ? [{ verdict }] : []))
  const sums = verdicts.length > 0 ? `: ${tally(verdicts)}` : ''
  return [
    heading(level, say`Your patches`),
    fold(say`${plural(all.length, 'patch', 'patches')}${sums}`, [shown]),
  ]
}

function patchList(all: StandFacts['patches'], judged: OpenStep | undefined): Block {
  if (all.every(({ verdict }) => verdict === undefined))
    return { ...list(all.map(({ title }) => [quoted(title)])), isNumbered: true }
  const on = judged ? say`in ${link(judged.url, `#${judged.number}`)}` : say`on the open step`
  const rows = all.map(({ title, verdict }, index) => [say`${index + 1}`, [quoted(title)], [verdict ?? '–']])
  return { kind: 'table', head: [[''], ['patch'], on], rows }
}

function skipped({ skipped: releases }: Decisions, level: Level): readonly Block[] {
  if (releases.length === 0) return []
  const names = releases.map((each) => [link(upstreamRelease(each), code(each))])
  return [
    heading(level, say`Skipped`),
    list(names),
    paragraph(say`${code('/multiarch resume')} takes that back.`),
  ]
}
