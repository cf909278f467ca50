import type { Severity } from '../../audit/finding.ts'
import type { Judgement, Remark } from '../../judge/judge-step.ts'
import type { Place } from '../../model/problem.ts'
import { visible } from '../blocks/inert.ts'
import { failing, judgeFacts } from '../judge-facts.ts'
import { sayLook } from '../say-look.ts'
import { withinLimit } from '../within-limit.ts'
import { list, paragraph, type Block } from '../blocks/block.ts'
import { fromTop } from '../blocks/from-top.ts'
import { markdown } from '../blocks/markdown.ts'
import { bold, code, joined, link, quoted, say, sentence, type Text } from '../blocks/text.ts'
import { upstreamRelease } from '../linked-reference.ts'
import { plural } from '../plural.ts'
import { ruleName } from '../found/rule-name.ts'
import { tally } from '../sections/render-patch-table.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'
import { sayReason } from '../say-reason.ts'

/** What a check run says of a step. */
interface CheckText {
  readonly title: string
  /** Markdown. */
  readonly summary: string
  readonly annotations: readonly CheckAnnotation[]
}

/** A sentence at a line of a file, as `ports/forge` has it. */
interface CheckAnnotation {
  readonly path: string
  readonly line: number
  readonly severity: 'notice' | 'warning' | 'failure'
  readonly title: string
  readonly message: string
}

/** Whether something is left for a person: then the pull request is a draft and its check fails. */
export function needsPerson(facts: PullRequestFacts): boolean {
  return judgeFacts(facts).needsPerson
}

/** The check of a step: what is open first, then everything else in numbers. */
export function renderCheck(facts: PullRequestFacts): CheckText {
  const judged = judgeFacts(facts)
  const annotations = [
    ...conflictAnnotations(facts),
    ...judged.remarks.flatMap(remarkAnnotation),
    ...addonAnnotations(facts),
  ].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity])
  return {
    title: titleOf(facts, judged),
    summary: withinLimit(summaryOf(facts, judged, annotations.length)),
    annotations: annotations
      .slice(0, MOST_ANNOTATIONS)
      .map((each) => ({ ...each, path: facts.place?.pathOf?.(each.path) ?? each.path })),
  }
}

/** GitHub takes fifty in one request; twice that is more than anybody reads. */
const MOST_ANNOTATIONS = 100

const WEIGHT = { failure: 0, warning: 1, notice: 2 } as const

function titleOf({ carry, account }: PullRequestFacts, judged: Judgement): string {
  const [open, looks, errors] = [judged.open.length, judged.looks.length, failing(judged).length]
  const lost = account?.unplaced.length ?? 0
  const left = [
    ...(open > 0 ? [`${plural(open, 'conflict')} to settle`] : []),
    ...(looks > 0 ? [`${plural(looks, 'patch', 'patches')} to look at`] : []),
    ...(errors > 0 ? [`${plural(errors, 'thing')} that would fail`] : []),
    ...(lost > 0 ? [`${plural(lost, 'line')} that I cannot place`] : []),
  ]
  if (left.length > 0) return left.join(', ')
  return carry && carry.carried.patches.length > 0
    ? tally(carry.carried.patches)
    : 'Nothing is left to settle'
}

function summaryOf(
  { carry, release, place }: PullRequestFacts,
  judged: Judgement,
  annotations: number,
): string {
  const patches = carry?.carried.patches ?? []
  const roots = judged.open.filter(({ cause }) => cause === undefined)
  const on = say`On Kubespray ${link(upstreamRelease(release), code(release))}`
  const open: readonly Text[] = [
    ...roots.map(({ patch, files }) => {
      const paths = files.filter(({ verdict }) => verdict === 'conflict').map(({ to }) => code(to))
      return say`${bold`${quoted(patch.title)}`} is in conflict in ${joined(paths, ', ')}.`
    }),
    ...judged.looks.map(
      (carried) => say`${bold`${quoted(carried.patch.title)}`}: ${sentence(sayLook(carried))}`,
    ),
    ...judged.errors.map(({ code: rule, message }) => say`${bold`${ruleName(rule)}`}: ${sentence(message)}`),
  ]
  const blocks: readonly Block[] = [
    paragraph(patches.length > 0 ? say`${on}: ${tally(patches)}.` : say`${on}.`),
    ...(open.length > 0 ? [list(open)] : []),
    ...restBlocks(judged),
    ...(annotations > MOST_ANNOTATIONS
      ? [
          paragraph(
            say`Only the ${MOST_ANNOTATIONS} heaviest of ${annotations} remarks stand at their lines.`,
          ),
        ]
      : []),
  ]
  return `${markdown(fromTop(blocks, place?.pathOf))}\n`
}

function restBlocks({ remarks }: Judgement): readonly Block[] {
  const count = (severity: Severity): number => remarks.filter((each) => each.severity === severity).length
  const [warnings, notices] = [count('warning'), count('notice')]
  if (warnings + notices === 0) return []
  return [
    paragraph(say`There are ${plural(warnings, 'warning')} and ${plural(notices, 'notice')} beside that.`),
  ]
}

function conflictAnnotations({ carry, release }: PullRequestFacts): readonly CheckAnnotation[] {
  return (carry?.carried.patches ?? []).flatMap(({ patch, files }) =>
    files
      .filter(({ verdict }) => verdict === 'conflict')
      .flatMap((outcome) =>
        (outcome.regions?.length ? outcome.regions : [{ line: 1, asOf: undefined }]).map(
          ({ line, asOf }) => ({
            path: outcome.to,
            line: asOf === undefined ? line : 1,
            severity: 'failure' as const,
            title: `Conflict with ${release}`,
            message: visible(`“${patch.title}” is not settled here: ${sayReason(outcome)}`),
          }),
        ),
      ),
  )
}

/** What has no place in a file is counted in the summary, and told in the body. */
function remarkAnnotation({ code: rule, file, line, severity, message }: Remark): readonly CheckAnnotation[] {
  if (file === undefined) return []
  return [annotate(severity, { file, line: line ?? 1 }, { title: ruleName(rule), message })]
}

/** Add-ons that the step switches off; those it asks about are remarks. */
function addonAnnotations({ inventories = [] }: PullRequestFacts): readonly CheckAnnotation[] {
  return inventories.flatMap(({ addons }) =>
    addons.flatMap(({ addon, at, policy, reasons }) => {
      const why = reasons[0]?.text ?? ''
      return at && policy === 'disable'
        ? [annotate('warning', at, { title: `Switched off: ${addon.title}`, message: why })]
        : []
    }),
  )
}

function annotate(
  severity: Severity,
  { file, line }: Pick<Place, 'file' | 'line'>,
  { title, message }: { readonly title: string; readonly message: string },
): CheckAnnotation {
  return {
    path: file,
    line,
    severity: severity === 'error' ? 'failure' : severity,
    title: visible(title),
    message: visible(message),
  }
}
