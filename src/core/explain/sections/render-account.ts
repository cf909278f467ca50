import type { CarriedPatch } from '../../series/carried-series.ts'
import type { FileOutcome, LeftOutLine } from '../../model/verdict.ts'
import { accountFindings, LEFT_OUT_WHY, leftOutDiff, sumsSentence } from '../account-findings.ts'
import {
  fold,
  heading,
  lines as linesBlock,
  list,
  paragraph,
  WORTH,
  type Block,
  type Part,
} from '../blocks/block.ts'
import { anchor, bold, code, quoted, say, sentence } from '../blocks/text.ts'
import { plural } from '../plural.ts'
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
    heading(2, say`Where your lines went`),
    ...(sums === '' ? [] : [paragraph([sums])]),
    ...(remarks.length === 0 ? [] : [list(remarks.map(({ message }) => sentence(message)))]),
  ]
  const count = files.reduce((sum, { outcome }) => sum + linesToTell(outcome).length, 0)
  const blocks = files.flatMap(({ title, outcome }) => fileBlocks(title, outcome))
  return [
    { full: head },
    ...(count === 0
      ? []
      : [
          {
            full: [
              fold(
                say`${anchor(LEFT_OUT_PLACE)}${bold`What is left out, line by line`} (${plural(count, 'line')})`,
                blocks,
              ),
            ],
            worth: WORTH.lists,
            brief: [
              paragraph(
                say`${anchor(LEFT_OUT_PLACE)}${plural(count, 'line')} of yours ${count === 1 ? 'is' : 'are'} left out, in ${plural(files.length, 'file')}; the list is too long to show here.`,
              ),
            ],
          },
        ]),
  ]
}

/** How many lines of a patch are left out and not in a conflict. */
export function leftOutLines({ files }: Pick<CarriedPatch, 'files'>): number {
  return files.reduce((sum, file) => sum + linesToTell(file).length, 0)
}

/** Where the list of them is. */
export const LEFT_OUT_PLACE = 'left-out'

/** What is left out of a file and not in a conflict, which shows itself. */
export function linesToTell({ verdict, leftOut = [] }: FileOutcome): readonly LeftOutLine[] {
  return leftOut.filter(({ why }) => why !== 'open' || verdict !== 'conflict')
}

function fileBlocks(title: string, outcome: FileOutcome): readonly Block[] {
  return [
    paragraph(say`${bold`${quoted(title)}`}, ${code(outcome.path)}`),
    ...leftOutBlocks(outcome, MOST_LINES),
  ]
}

/** The lines of a file that are left out, behind each reason. */
export function leftOutBlocks(outcome: FileOutcome, most: number): readonly Block[] {
  const told = linesToTell(outcome)
  return [...new Set(told.map(({ why }) => why))].flatMap((why) => {
    const ofReason = told.filter((line) => line.why === why)
    const { lines, rest } = leftOutDiff(outcome.path, ofReason, most)
    const more = rest > 0 ? [`… ${plural(rest, 'more line')}`] : []
    const head = `${LEFT_OUT_WHY[why][0]?.toUpperCase()}${LEFT_OUT_WHY[why].slice(1)}:`
    return [paragraph([head]), linesBlock([...lines, ...more], 'diff')]
  })
}
