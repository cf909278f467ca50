import type { Finding, Severity } from '../audit/finding.ts'
import type { Place } from '../model/problem.ts'
import { visible } from './inert.ts'
import { withinLimit } from './limit.ts'
import { code, plain, plural, prose } from './markdown.ts'
import { tally } from './patch-table.ts'
import type { PullRequestFacts } from './pull-request-facts.ts'

/** What a check run says of a step. */
export interface CheckText {
  readonly title: string
  /** Markdown. */
  readonly summary: string
  readonly annotations: readonly CheckAnnotation[]
}

/** A sentence at a line of a file, as `ports/forge` has it. */
export interface CheckAnnotation {
  readonly path: string
  readonly line: number
  readonly severity: 'notice' | 'warning' | 'failure'
  readonly title: string
  readonly message: string
}

/** Whether something is left for a person: then the pull request is a draft and its check fails. */
export function needsPerson({ carry, against = [], findings = [], lint = [] }: PullRequestFacts): boolean {
  return (
    against.length > 0 ||
    (carry?.carried.patches.some(({ verdict }) => verdict === 'conflict') ?? false) ||
    [...findings, ...lint].some(({ severity }) => severity === 'error')
  )
}

/** The check of a step: what is open first, then everything else in numbers. */
export function renderCheck(facts: PullRequestFacts): CheckText {
  const annotations = [
    ...conflictAnnotations(facts),
    ...(facts.findings ?? []).map((finding) => annotate(finding.severity, finding, finding)),
    ...lintAnnotations(facts),
    ...addonAnnotations(facts),
  ].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity])
  return {
    title: titleOf(facts),
    summary: withinLimit(summaryOf(facts, annotations.length)),
    annotations: annotations.slice(0, MOST_ANNOTATIONS),
  }
}

/** GitHub takes fifty in one request; twice that is more than anybody reads. */
const MOST_ANNOTATIONS = 100

const WEIGHT = { failure: 0, warning: 1, notice: 2 } as const

function titleOf({ carry, findings = [], lint = [] }: PullRequestFacts): string {
  const open = carry?.carried.patches.filter(({ verdict }) => verdict === 'conflict').length ?? 0
  const errors = [...findings, ...lint].filter(({ severity }) => severity === 'error').length
  const left = [
    ...(open > 0 ? [`${plural(open, 'patch', 'patches')} to settle`] : []),
    ...(errors > 0 ? [`${plural(errors, 'thing')} that would fail`] : []),
  ]
  if (left.length > 0) return left.join(', ')
  return carry && carry.carried.patches.length > 0
    ? tally(carry.carried.patches)
    : 'Nothing is left to settle'
}

function summaryOf(facts: PullRequestFacts, annotations: number): string {
  const { carry, release, findings = [], lint = [] } = facts
  const patches = carry?.carried.patches ?? []
  const open = patches.filter(({ verdict, cause }) => verdict === 'conflict' && cause === undefined)
  const lines = [
    patches.length > 0
      ? `On Kubespray ${code(release)}: ${tally(patches)}.`
      : `On Kubespray ${code(release)}.`,
    ...open.map(({ patch, files }) => {
      const paths = files.filter(({ verdict }) => verdict === 'conflict').map(({ to }) => code(to))
      return `- **${plain(patch.title)}** is open in ${paths.join(', ')}.`
    }),
    ...[...findings, ...lint]
      .filter(({ severity }) => severity === 'error')
      .map(({ message }) => `- ${prose(message)}`),
    auditLine(findings),
    annotations > MOST_ANNOTATIONS
      ? `Only the ${MOST_ANNOTATIONS} heaviest of ${annotations} remarks stand at their lines.`
      : '',
  ]
  return lines.filter((line) => line !== '').join('\n') + '\n'
}

function auditLine(findings: readonly Finding[]): string {
  const count = (severity: Severity): number => findings.filter((each) => each.severity === severity).length
  const [warnings, notices] = [count('warning'), count('notice')]
  if (warnings + notices === 0) return ''
  return `\nThe audit has ${plural(warnings, 'warning')} and ${plural(notices, 'notice')} beside that.`
}

function conflictAnnotations({ carry }: PullRequestFacts): readonly CheckAnnotation[] {
  return (carry?.carried.patches ?? []).flatMap(({ patch, files }) =>
    files
      .filter(({ verdict }) => verdict === 'conflict')
      .flatMap(({ to, reason, regions }) =>
        (regions && regions.length > 0 ? regions : [{ line: 1 }]).map(({ line }) => ({
          path: to,
          line,
          severity: 'failure' as const,
          title: 'Open',
          message: visible(`“${patch.title}” is not settled here: ${reason}`),
        })),
      ),
  )
}

function lintAnnotations({ lint = [] }: PullRequestFacts): readonly CheckAnnotation[] {
  return lint.flatMap(({ file, line, severity, message }) =>
    file === undefined ? [] : [annotate(severity, { file, line: line ?? 1 }, { message })],
  )
}

function addonAnnotations({ inventories = [] }: PullRequestFacts): readonly CheckAnnotation[] {
  return inventories.flatMap(({ addons }) =>
    addons.flatMap(({ addon, at, policy, reasons }) => {
      const why = reasons[0]?.text ?? ''
      return at && policy !== 'keep' ? [annotate('warning', at, { message: `${addon.title}: ${why}` })] : []
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
