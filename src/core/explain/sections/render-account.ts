import type { FileOutcome, LeftOutLine, LeftOutReason } from '../../model/verdict.ts'
import { accountFindings, LEFT_OUT_WHY, leftOutDiff, sumsSentence } from '../account-findings.ts'
import type { Part } from '../fit.ts'
import { code, fenced, folded, plain, plural, prose } from '../plain.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'

/** Lines of one file that are shown; the rest is said in numbers, and `explain` has them all. */
const MOST_LINES = 30

/** What became of every line: the sums, and all that is left out with its reason. */
export function renderAccount({ account, carry }: PullRequestFacts): readonly Part[] {
  if (!account) return []
  const sums = sumsSentence(account.sums)
  const remarks = accountFindings(account).filter(({ severity }) => severity !== 'error')
  const files = (carry?.carried.patches ?? []).flatMap(({ patch, files: outcomes }) =>
    outcomes.flatMap((outcome) => (linesToTell(outcome).length > 0 ? [{ title: patch.title, outcome }] : [])),
  )
  if (sums === '' && remarks.length === 0 && files.length === 0) return []
  const head = [
    '## The account of your lines',
    sums,
    remarks.map(({ message }) => `- ${prose(message)}`).join('\n'),
  ]
  const count = files.reduce((sum, { outcome }) => sum + linesToTell(outcome).length, 0)
  const list = files.map(({ title, outcome }) => fileText(title, outcome)).join('\n\n')
  return [
    { full: head.filter((text) => text !== '').join('\n\n') },
    ...(count === 0
      ? []
      : [
          {
            full: folded(`<b>What is left out, line by line</b> (${plural(count, 'line')})`, list),
            brief: `${plural(count, 'line')} of yours ${count === 1 ? 'is' : 'are'} left out, in ${plural(files.length, 'file')}; the list is too long to show here.`,
          },
        ]),
  ]
}

/** What is left out of a file and not in a conflict, which shows itself. */
export function linesToTell({ verdict, leftOut = [] }: FileOutcome): readonly LeftOutLine[] {
  return leftOut.filter(({ why }) => why !== 'open' || verdict !== 'conflict')
}

function fileText(title: string, outcome: FileOutcome): string {
  const lines = linesToTell(outcome)
  const reasons = [...new Set(lines.map(({ why }) => why))]
  return [
    `**${plain(title)}**, ${code(outcome.path)}`,
    ...reasons.map((why) => reasonText(outcome.path, why, lines)),
  ].join('\n\n')
}

function reasonText(path: string, why: LeftOutReason, all: readonly LeftOutLine[]): string {
  const lines = all.filter((line) => line.why === why)
  const diff = leftOutDiff(path, lines, MOST_LINES)
  const rest = diff.rest > 0 ? [`… ${plural(diff.rest, 'more line')}`] : []
  const head = `${LEFT_OUT_WHY[why][0]?.toUpperCase()}${LEFT_OUT_WHY[why].slice(1)}:`
  return `${head}\n\n${fenced([...diff.lines, ...rest], 'diff')}`
}
