import { isPrivatePath } from '../model/parent-of.ts'
import type { LeftOutLine, LeftOutReason } from '../model/verdict.ts'
import type { AccountSums, SeriesAccount } from '../series/account/account.ts'
import type { UnplacedLine } from '../series/account/place.ts'
import type { OwnFileRemark } from '../series/own-file-remark.ts'
import { enumerated } from '../text/enumerated.ts'
import { code } from './blocks/plain.ts'
import { plural } from './plural.ts'

/** What an account has to say at a line, as findings of any kind are said. */
interface AccountFinding {
  readonly code: 'unaccounted' | OwnFileRemark['code']
  readonly severity: 'error' | 'warning' | 'notice'
  readonly file: string
  readonly line: number
  /** A whole sentence; code stands in backticks. */
  readonly message: string
}

/** Lines of which each is a finding; beyond them only their number is said. */
const MOST_FINDINGS = 50

/** Everything that a person has to know of an account: what I cannot place is an error, whatever else is said. */
export function accountFindings(account: SeriesAccount | undefined): readonly AccountFinding[] {
  if (!account) return []
  const { unplaced, remarks } = account
  const shown = unplaced.slice(0, MOST_FINDINGS)
  const rest = unplaced.length - shown.length
  const [next] = unplaced.slice(MOST_FINDINGS)
  return [
    ...shown.map((each) => unaccounted(each, unplacedMessage(each))),
    ...(next
      ? [
          unaccounted(
            next,
            `I cannot place ${plural(rest, 'more line')}: compare the files named above by hand.`,
          ),
        ]
      : []),
    ...remarks.map((remark) => ({
      code: remark.code,
      file: remark.file,
      line: 1,
      severity: 'warning' as const,
      message: remarkMessage(remark),
    })),
  ]
}

function unaccounted({ file, line }: UnplacedLine, message: string): AccountFinding {
  return { code: 'unaccounted', severity: 'error', file, line, message }
}

/** What is wrong with a line that has no place. */
function unplacedMessage({ kind, file, text }: UnplacedLine): string {
  const what = isPrivatePath(file) ? 'A line of this inventory' : code(text.trim())
  switch (kind) {
    case 'lost':
      return `${what} is added by your branch, and I find it neither in the result nor in the release. Nothing I did explains it: put it back, unless it may go.`
    case 'moved':
      return `${what} is moved by your branch and stands in its old place. Nothing I did explains it: move it again, unless it may stay.`
    case 'back':
      return `${what} stands in the result, in the place of what your branch removes. Nothing I did explains it: remove it, unless it may stay.`
    case 'twice':
      return `${what} stands in the result more often than your branch and the release account for. Remove one.`
    case 'stray':
      return `${what} stands in the result, though neither your branch nor the release has it there. Look whether it may stay.`
    case 'edited':
      return `${what} is changed together with a variable of this step, and the change does not name it. Compare it with what your branch has.`
  }
}

function remarkMessage(remark: OwnFileRemark): string {
  const { file } = remark
  if (remark.code === 'file-outlives-patch') {
    const why =
      remark.verdict === 'upstreamed' ? 'which upstream has by now' : 'which has nothing left to change'
    return `${code(file)} came with “${remark.patch}”, ${why}. It stays because a later commit of yours changed it: remove it if nothing else needs it.`
  }
  const { other, like } = remark
  const reasons = {
    content: 'has much the same in it',
    name: 'has its name',
    selection: 'is tried only where yours is not there',
  }
  return `${code(file)} is yours, and the release has added ${code(other)}, which ${reasons[like]}. Look which of the two is to be used.`
}

/** `Of 12 lines that your patches add or remove, 10 are in the result (1 in another form) and 2 are left out.` */
export function sumsSentence(sums: AccountSums): string {
  const { lines, carried, upstream, leftOut, open, unaccounted: lost, inAnotherForm } = sums
  if (lines === 0 && lost === 0) return ''
  const are = (count: number): string => (count === 1 ? 'is' : 'are')
  const parts = [
    ...(carried > 0 ? [`${carried} ${are(carried)} in the result as you have them`] : []),
    ...(upstream > 0 ? [`${upstream} ${are(upstream)} so in the release by itself`] : []),
    ...(leftOut > 0 ? [`${leftOut} ${are(leftOut)} left out and listed`] : []),
    ...(open > 0 ? [`${open} ${open === 1 ? 'waits' : 'wait'} in conflicts`] : []),
  ]
  const form =
    inAnotherForm > 0 ? ` ${inAnotherForm} of them ${are(inAnotherForm)} written in another form.` : ''
  const nowhere = lost > 0 ? ` I cannot place ${plural(lost, 'line')}.` : ''
  const placed = parts.length > 0 ? `: ${enumerated(parts)}` : ''
  return `Your branch adds or removes ${plural(lines, 'line')} in files of upstream’s and with its patches${placed}.${form}${nowhere}`
}

/** Why a line is left out, behind its text. */
export const LEFT_OUT_WHY: Readonly<Record<LeftOutReason, string>> = {
  form: 'the release has it in another form',
  reviewed: 'upstream’s form of the patch does without it',
  gone: 'what it changes is gone',
  retired: 'the check is on again',
  lowered: 'it would lower a version of the release',
  undone: 'upstream took it and took it back',
  series: 'a later patch takes it back',
  settled: 'you settled its conflict without it',
  open: 'it waits in the conflict',
}

/** Lines that are left out, as they would stand in a diff; none of an inventory. */
export function leftOutDiff(
  path: string,
  leftOut: readonly LeftOutLine[],
  most: number,
): { readonly lines: readonly string[]; readonly rest: number } {
  if (isPrivatePath(path)) return { lines: [], rest: leftOut.length }
  const shown = leftOut.slice(0, most)
  const signs = { added: '+', removed: '-' }
  return {
    lines: shown.map(({ side, text }) => `${signs[side]}${text}`),
    rest: leftOut.length - shown.length,
  }
}
