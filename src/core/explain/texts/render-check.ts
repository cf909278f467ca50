import type { Severity } from '../../audit/finding.ts'
import type { Judgement, Remark } from '../../judge/judge-step.ts'
import type { Place } from '../../model/problem.ts'
import { visible } from '../blocks/inert.ts'
import { failing, judgeFacts } from '../judge-facts.ts'
import { sayLook } from '../say-look.ts'
import { withinLimit } from '../within-limit.ts'
import { prose } from '../blocks/markdown.ts'
import { code, plain } from '../blocks/plain.ts'
import { plural } from '../plural.ts'
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
    annotations: annotations.slice(0, MOST_ANNOTATIONS),
  }
}

/** GitHub takes fifty in one request; twice that is more than anybody reads. */
const MOST_ANNOTATIONS = 100

const WEIGHT = { failure: 0, warning: 1, notice: 2 } as const

function titleOf({ carry, account }: PullRequestFacts, judged: Judgement): string {
  const [open, looks, errors] = [judged.open.length, judged.looks.length, failing(judged).length]
  const lost = account?.unplaced.length ?? 0
  const left = [
    ...(open > 0 ? [`${plural(open, 'patch', 'patches')} to settle`] : []),
    ...(looks > 0 ? [`${plural(looks, 'patch', 'patches')} to look at`] : []),
    ...(errors > 0 ? [`${plural(errors, 'thing')} that would fail`] : []),
    ...(lost > 0 ? [`${plural(lost, 'line')} that I cannot place`] : []),
  ]
  if (left.length > 0) return left.join(', ')
  return carry && carry.carried.patches.length > 0
    ? tally(carry.carried.patches)
    : 'Nothing is left to settle'
}

function summaryOf({ carry, release }: PullRequestFacts, judged: Judgement, annotations: number): string {
  const patches = carry?.carried.patches ?? []
  const roots = judged.open.filter(({ cause }) => cause === undefined)
  const lines = [
    patches.length > 0
      ? `On Kubespray ${code(release)}: ${tally(patches)}.`
      : `On Kubespray ${code(release)}.`,
    ...roots.map(({ patch, files }) => {
      const paths = files.filter(({ verdict }) => verdict === 'conflict').map(({ to }) => code(to))
      return `- **${plain(patch.title)}** is open in ${paths.join(', ')}.`
    }),
    ...judged.looks.map((carried) => `- **${plain(carried.patch.title)}**: ${prose(sayLook(carried))}`),
    ...judged.errors.map(({ message }) => `- ${prose(message)}`),
    restLine(judged),
    annotations > MOST_ANNOTATIONS
      ? `Only the ${MOST_ANNOTATIONS} heaviest of ${annotations} remarks stand at their lines.`
      : '',
  ]
  return lines.filter((line) => line !== '').join('\n') + '\n'
}

function restLine({ remarks }: Judgement): string {
  const count = (severity: Severity): number => remarks.filter((each) => each.severity === severity).length
  const [warnings, notices] = [count('warning'), count('notice')]
  if (warnings + notices === 0) return ''
  return `\nThere are ${plural(warnings, 'warning')} and ${plural(notices, 'notice')} beside that.`
}

function conflictAnnotations({ carry }: PullRequestFacts): readonly CheckAnnotation[] {
  return (carry?.carried.patches ?? []).flatMap(({ patch, files }) =>
    files
      .filter(({ verdict }) => verdict === 'conflict')
      .flatMap((outcome) =>
        (outcome.regions?.length ? outcome.regions : [{ line: 1 }]).map(({ line }) => ({
          path: outcome.to,
          line,
          severity: 'failure' as const,
          title: 'Open',
          message: visible(`“${patch.title}” is not settled here: ${sayReason(outcome)}`),
        })),
      ),
  )
}

/** What has no place in a file is counted in the summary, and told in the body. */
function remarkAnnotation({ file, line, severity, message }: Remark): readonly CheckAnnotation[] {
  return file === undefined ? [] : [annotate(severity, { file, line: line ?? 1 }, { message })]
}

/** Add-ons that the step switches off; those it asks about are remarks. */
function addonAnnotations({ inventories = [] }: PullRequestFacts): readonly CheckAnnotation[] {
  return inventories.flatMap(({ addons }) =>
    addons.flatMap(({ addon, at, policy, reasons }) => {
      const why = reasons[0]?.text ?? ''
      return at && policy === 'disable'
        ? [annotate('warning', at, { message: `${addon.title}: ${why}` })]
        : []
    }),
  )
}

function annotate(
  severity: Severity,
  { file, line }: Pick<Place, 'file' | 'line'>,
  { message }: { readonly message: string },
): CheckAnnotation {
  return {
    path: file,
    line,
    severity: severity === 'error' ? 'failure' : severity,
    title: TITLES[severity],
    message: visible(message),
  }
}

const TITLES = { error: 'Would fail', warning: 'Look at this', notice: 'Good to know' } as const
