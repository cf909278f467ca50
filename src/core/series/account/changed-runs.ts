import { append } from '../../text/append.ts'
import { diffLines } from '../../text/diff-lines.ts'
import { formOf } from './form-of.ts'

/** A file as the account reads it: lines without their ends, whatever the file is. */
export interface ReadFile {
  readonly path: string
  readonly lines: readonly string[]
}

/** A line that one of two versions of a file has and the other has not, at its place in the one. */
export interface ChangedLine {
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  readonly text: string
  readonly form: string
  /** The forms of the lines around it that are not blank, up to one that stands once. */
  readonly above: string
  readonly below: string
  readonly run: Run
}

/** What stands in the place of what: the lines of one hunk. */
export interface Run {
  readonly added: readonly ChangedLine[]
  readonly removed: readonly ChangedLine[]
}

/** Whether a line can be told from all others. */
type IsTold = (line: string) => boolean

const always: IsTold = () => true

/** The hunks between versions of the same files; a file that only one side has was added or taken away as a whole. */
export function changedRuns(
  before: readonly ReadFile[],
  after: readonly ReadFile[],
  isTold: IsTold = always,
): readonly Run[] {
  return pairFiles(before, after).flatMap(([a, b]) =>
    diffLines(a.lines, b.lines).map((hunk) => {
      const run: { added: ChangedLine[]; removed: ChangedLine[] } = { added: [], removed: [] }
      append(run.removed, linesOf(a, [hunk.from, hunk.to], run, isTold))
      append(run.added, linesOf(b, [hunk.start, hunk.end], run, isTold))
      return run
    }),
  )
}

function pairFiles(
  before: readonly ReadFile[],
  after: readonly ReadFile[],
): readonly (readonly [ReadFile, ReadFile])[] {
  const byPath = new Map(after.map((file) => [file.path, file]))
  const pairs: [ReadFile, ReadFile][] = []
  const gone: ReadFile[] = []
  for (const file of before) {
    const same = byPath.get(file.path)
    if (same) pairs.push([file, same])
    else gone.push(file)
    byPath.delete(file.path)
  }
  const added = [...byPath.values()]
  const [from, ...others] = gone
  const [to, ...more] = added
  // One that is gone and one that is there: it has another name now.
  if (from && to && others.length + more.length === 0) pairs.push([from, to])
  else {
    for (const file of gone) pairs.push([file, { path: file.path, lines: [] }])
    for (const file of added) pairs.push([{ path: file.path, lines: [] }, file])
  }
  return pairs
}

function linesOf(
  { path, lines }: ReadFile,
  [from, to]: readonly [number, number],
  run: Run,
  isTold: IsTold,
): readonly ChangedLine[] {
  const found: ChangedLine[] = []
  for (let at = from; at < to; at++) {
    const text = lines[at] ?? ''
    if (text.trim() === '') continue
    const around = { above: neighbour(lines, at, -1, isTold), below: neighbour(lines, at, 1, isTold) }
    found.push({ file: path, line: at + 1, text, form: formOf(text), ...around, run })
  }
  return found
}

/** Blank lines that are passed on the way to a neighbour; a stretch of more is the end. */
const BLANKS = 20

/** The forms of the next lines with something on them, up or down, as far as one that tells them from all others. */
function neighbour(lines: readonly string[], at: number, by: 1 | -1, isTold: IsTold): string {
  let chain = ''
  for (let next = at + by, passed = 0; passed <= BLANKS; next += by, passed++) {
    const line = lines[next]
    if (line === undefined) return chain
    if (line.trim() === '') continue
    chain += `\0${formOf(line)}`
    if (isTold(line)) return chain
  }
  return chain
}
