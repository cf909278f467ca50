import { defined } from '../../model/defined.ts'
import type { PathChange } from '../../model/commit.ts'
import type { Entry } from '../../model/tree.ts'
import type { FileOutcome, LeftOutLine, LeftOutReason } from '../../model/verdict.ts'
import type { FileReader } from './accounted-trees.ts'
import { changedRuns, type ChangedLine, type ReadFile } from './changed-runs.ts'
import { formOf } from './form-of.ts'

/** One file of a patch that is dropped, in whole or in parts, without saying which lines that concerns. */
export interface DroppedFile {
  readonly outcome: FileOutcome
  readonly change: PathChange
  /** What stands at its place once the patch was carried. */
  readonly after: Entry | undefined
}

/** Whether a file's outcome drops lines and names none. */
export function dropsUnnamed({ verdict, gone = [], leftOut, reasons }: FileOutcome): boolean {
  if (leftOut !== undefined) return false
  return verdict === 'upstreamed' || verdict === 'obsolete' || gone.length > 0 || isSettled(reasons)
}

/** Whether a person said what becomes of it, which may be without any line of the patch's. */
export function isSettled(reasons: FileOutcome['reasons']): boolean {
  return reasons.some(({ code }) => code === 'settled-before')
}

/** The lines of a dropped change that do not stand in the file as the patch has them, compared by their form. */
export function droppedLines(
  { outcome, change, after }: DroppedFile,
  reader: FileReader,
): readonly LeftOutLine[] {
  const { path } = change
  const read = (entry: Entry | undefined): readonly ReadFile[] =>
    entry ? [{ path, lines: reader.lines(entry) }] : []
  const runs = changedRuns(read(change.before), read(change.after))
  const base = formsOf(read(change.before))
  const there = formsOf(read(after))
  const added = missing(
    runs.flatMap((run) => run.added),
    (form) => (there.get(form) ?? 0) - (base.get(form) ?? 0),
  )
  const removed = missing(
    runs.flatMap((run) => run.removed),
    (form) => (base.get(form) ?? 0) - (there.get(form) ?? 0),
  )
  const why = reasonOf(outcome)
  const [upstream] = outcome.upstream
  const told = (side: LeftOutLine['side'], { line, text }: ChangedLine): LeftOutLine => ({
    side,
    line,
    text,
    why,
    ...defined({ upstream }),
  })
  return [...removed.map((line) => told('removed', line)), ...added.map((line) => told('added', line))].sort(
    (a, b) => a.line - b.line,
  )
}

function missing(lines: readonly ChangedLine[], done: (form: string) => number): readonly ChangedLine[] {
  const left = new Map<string, number>()
  return lines.filter(({ form }) => {
    const count = left.get(form) ?? Math.max(0, done(form))
    left.set(form, count - 1)
    return count <= 0
  })
}

function formsOf(files: readonly ReadFile[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { lines } of files)
    for (const line of lines) {
      const form = formOf(line)
      counts.set(form, (counts.get(form) ?? 0) + 1)
    }
  return counts
}

function reasonOf({ verdict, upstream, reasons }: FileOutcome): LeftOutReason {
  if (isSettled(reasons)) return 'settled'
  if (verdict === 'upstreamed') return upstream.length > 0 ? 'reviewed' : 'form'
  return reasons.some(({ code }) => code === 'taken-back') ? 'undone' : 'gone'
}
