import type { Entry, Tree } from '../../model/tree.ts'
import { splitLines } from '../../text/split-lines.ts'
import { hasCrlf, type AccountedTrees, type FileReader } from './accounted-trees.ts'

/** Something that the fork did to a file as a whole, and whether it is so in the result and in the release. */
export interface WholeChange {
  readonly file: string
  /** In brackets, as it stands among lines: `(mode 100644 → 100755)`. */
  readonly text: string
  readonly inResult: boolean
  readonly inRelease: boolean
}

export const EMPTY_FILE = '(an empty file)'

/** What lines do not show: modes, line ends, names, and files without a line. */
export function wholeChanges(
  paths: readonly string[],
  trees: AccountedTrees,
  reader: FileReader,
): readonly WholeChange[] {
  const { base, head } = trees
  const gone = paths.filter((path) => base.has(path) && !head.has(path))
  const added = paths.filter((path) => !base.has(path) && head.has(path))
  const from = gone.length === 1 && added.length === 1 ? gone[0] : undefined
  return paths.flatMap((path): WholeChange[] => {
    const before = base.get(path) ?? (from !== undefined && head.has(path) ? base.get(from) : undefined)
    const after = head.get(path)
    if (!after) return []
    const places = placesOf(path, paths, trees)
    const change = { path, before, after, from: base.has(path) ? undefined : from }
    return [
      ...modeChange(change, places),
      ...nameChange(change, trees),
      ...endChanges(change, places, reader),
      ...emptyFile(change, places, reader),
    ]
  })
}

interface Change {
  readonly path: string
  readonly before: Entry | undefined
  readonly after: Entry
  /** Where the file stood before the fork renamed it. */
  readonly from: string | undefined
}

interface Places {
  readonly result: readonly Entry[]
  readonly release: readonly Entry[]
}

/** The file itself where it is there, else whatever else the group has. */
function placesOf(path: string, paths: readonly string[], { release, result }: AccountedTrees): Places {
  const inTree = (tree: Tree): readonly Entry[] => {
    const own = tree.get(path)
    return own ? [own] : paths.flatMap((each) => tree.get(each) ?? [])
  }
  return { result: inTree(result), release: inTree(release) }
}

function modeChange({ path, before, after }: Change, { result, release }: Places): readonly WholeChange[] {
  if (!before || before.mode === after.mode) return []
  const has = (entries: readonly Entry[]): boolean => entries.some(({ mode }) => mode === after.mode)
  const text = `(mode ${before.mode} → ${after.mode})`
  return [{ file: path, text, inResult: has(result), inRelease: has(release) }]
}

function nameChange({ path, before, from }: Change, trees: AccountedTrees): readonly WholeChange[] {
  if (from === undefined || !before) return []
  const is = (tree: Tree): boolean => tree.has(path) && !tree.has(from)
  return [
    {
      file: path,
      text: `(renamed from ${from})`,
      inResult: is(trees.result),
      inRelease: is(trees.release),
    },
  ]
}

function emptyFile(
  { path, before, after }: Change,
  { result, release }: Places,
  reader: FileReader,
): readonly WholeChange[] {
  if (before || reader.lines(after).some((line) => line.trim() !== '')) return []
  return [{ file: path, text: EMPTY_FILE, inResult: result.length > 0, inRelease: release.length > 0 }]
}

function endChanges(
  { path, before, after }: Change,
  { result, release }: Places,
  reader: FileReader,
): readonly WholeChange[] {
  const [was, is] = [before && reader.text(before), reader.text(after)]
  if (was === undefined || is === undefined || was === '' || is === '') return []
  const changes: WholeChange[] = []
  const has = (entries: readonly Entry[], holds: (text: string) => boolean): boolean =>
    entries.some((entry) => holds(reader.text(entry) ?? ''))
  const isCrlf = (text: string): boolean => hasCrlf(splitLines(text))
  if (isCrlf(was) !== isCrlf(is)) {
    const fits = (text: string): boolean => isCrlf(text) === isCrlf(is)
    const text = `(line ends: ${isCrlf(is) ? 'CRLF' : 'LF'})`
    changes.push({ file: path, text, inResult: has(result, fits), inRelease: has(release, fits) })
  }
  if (isClosed(was) !== isClosed(is)) {
    // Another last line has an end of its own.
    const fits = (text: string): boolean => isClosed(text) === isClosed(is) || lastOf(text) !== lastOf(is)
    const text = `(${isClosed(is) ? 'an' : 'no'} end of the last line)`
    changes.push({ file: path, text, inResult: has(result, fits), inRelease: has(release, fits) })
  }
  return changes
}

function isClosed(text: string): boolean {
  return text.endsWith('\n')
}

function lastOf(text: string): string {
  const end = isClosed(text) ? text.length - 1 : text.length
  return text.slice(end > 0 ? text.lastIndexOf('\n', end - 1) + 1 : 0, end)
}
