import { decodeText, splitLines } from '../../text/split-lines.ts'
import { parseYaml } from '../../yaml/tree/parse-yaml.ts'
import { textKind } from '../text-kind.ts'

/** What keeps a file from being settled, with its line, counted from 1. */
type Unsettled =
  | { readonly kind: 'mark'; readonly line: number }
  | { readonly kind: 'no-yaml'; readonly line: number; readonly why: string }

/** Looks at a file that a person settled: no marks of a conflict are in it, and it can be read where both sides could. */
export function checkSettled(
  path: string,
  settled: Uint8Array,
  sides: readonly (Uint8Array | undefined)[],
): readonly Unsettled[] {
  const text = decodeText(settled)
  if (text === undefined) return []
  const marks = splitLines(text).flatMap((line, at): readonly Unsettled[] =>
    isMark(line) ? [{ kind: 'mark', line: at + 1 }] : [],
  )
  if (marks.length > 0 || textKind(path) !== 'outline') return marks
  const before = sides.flatMap((side) => (side ? [faultsIn(decodeText(side) ?? '')] : []))
  if (before.some((faults) => faults.isBroken)) return []
  const now = faultsIn(text)
  const most = Math.max(0, ...before.map(({ twice }) => twice.length))
  return now.isBroken ? now.broken : now.twice.slice(most)
}

/** Whether a line is a mark of a conflict, as git writes them. */
export function isMark(line: string): boolean {
  return MARK.test(line)
}

/** Each at the beginning of a line. */
const MARK = /^(?:<{7}|>{7}|\|{7})(?: |\r?\n?$)/

interface Faults {
  readonly isBroken: boolean
  readonly broken: readonly Unsettled[]
  /** Keys that stand twice. */
  readonly twice: readonly Unsettled[]
}

function faultsIn(text: string): Faults {
  const parsed = parseYaml(text)
  const asUnsettled = ({
    line,
    message,
  }: {
    readonly line: number
    readonly message: string
  }): Unsettled => ({
    kind: 'no-yaml',
    line,
    why: message,
  })
  if (parsed.kind === 'refused')
    return { isBroken: true, broken: parsed.faults.slice(0, 1).map(asUnsettled), twice: [] }
  return { isBroken: false, broken: [], twice: parsed.source.duplicates.map(asUnsettled) }
}
