import { bagOf } from '../../src/core/merge/line-bag.ts'
import { spelledLines } from '../../src/core/merge/spelled.ts'
import { ownFiles } from '../../src/core/merge/taken/own-files.ts'
import { withoutUnits } from '../../src/core/merge/taken/without-units.ts'
import { Workspace } from '../../src/core/merge/workspace.ts'
import type { Mode } from '../../src/core/model/tree.ts'
import { splitLines } from '../../src/core/text/split-lines.ts'

/** A patch of one file, and what upstream has of it. */
export interface PatchedFile {
  readonly path?: string
  /** The patch's new name of it. */
  readonly to?: string
  readonly mode?: Mode
  readonly before: string
  readonly after: string
  /** What the release has; as the base unless told. */
  readonly release?: string
  /** Upstream has the pieces with such a line. */
  readonly has: RegExp
}

/** What is left of a patch of one file: its text and its mode, or nothing. */
export function leftOfFile({
  path = 'a.yml',
  to = path,
  mode = '100644',
  before,
  after,
  release = before,
  has,
}: PatchedFile) {
  const workspace = new Workspace()
  const entry = (text: string, as: Mode) => ({ mode: as, oid: workspace.put(splitLines(text)) })
  const change = { path, to, before: entry(before, '100644'), after: entry(after, mode) }
  const [file] = ownFiles([change], workspace)
  if (!file) throw new Error('no text')
  const units = file.hunks.flatMap((hunk) => hunk.units)
  const taken = new Set(units.filter(({ lines }) => lines.some((line) => has.test(line))))
  const bag = (text: string) => bagOf(spelledLines(splitLines(text)))
  const lines = { base: bag(before), release: bag(release), texts: new Map([[path, [splitLines(release)]]]) }
  const rest = withoutUnits(file, taken, { lines, workspace })
  return rest && { ...rest, text: rest.after && workspace.lines(rest.after.oid)?.join('') }
}
