import { displayWidth } from '../../core/text/display-width.ts'
import { sayDoing } from '../../core/explain/texts/say-doing.ts'
import type { Doing } from '../../core/model/progress/doing.ts'
import type { Progress } from '../../ports/progress.ts'
import type { Stream } from './look.ts'
import { sayPassing } from './say.ts'

/** What a command was told of how to tell. */
interface Manner {
  readonly quiet?: true | undefined
  readonly json?: true | undefined
}

/** Shorter than this nobody sees a count change; longer, and it seems to stand still. */
const PAUSE_MS = 100

/**
 * One line beside the answer that says what is being done, written over again and gone at the end. Only where a person watches: not
 * in a pipe, not beside JSON, not where a line cannot be erased.
 */
export function progressLine(
  { quiet, json }: Manner,
  stream: Stream = process.stderr,
  env: NodeJS.ProcessEnv = process.env,
): Progress | undefined {
  if (quiet || json || !stream.isTTY || env['TERM'] === 'dumb') return undefined
  let code: Doing['code'] | undefined
  let shownAt = 0
  return (doing) => {
    const now = performance.now()
    // What is new is always shown; a count that runs is shown now and then.
    if (doing.code === code && now - shownAt < PAUSE_MS && !isLast(doing)) return
    code = doing.code
    shownAt = now
    sayPassing(cut(`… ${sayDoing(doing)}`, (stream.columns || FEW) - 1))
  }
}

/** Columns of a terminal that does not say: a line that is wrapped could not be erased. */
const FEW = 80

function isLast(doing: Doing): boolean {
  return doing.code === 'carrying' && doing.at === doing.of
}

function cut(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text
  let shown = text.slice(0, columns)
  while (displayWidth(shown) >= columns) shown = shown.slice(0, -1)
  return `${shown}…`
}
