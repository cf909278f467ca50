import { blobsOf, isFile } from '../../model/is-file.ts'
import type { SideRefusal } from './side-refusal.ts'
import { settle, UNSETTLED, type ConflictSide } from '../../model/sides.ts'
import { clashes, sameEntry, type Entry, type Mode, type Tree } from '../../model/tree.ts'
import { diffLines } from '../../text/diff-lines.ts'
import { bareLine } from '../../text/split-lines.ts'
import type { Conversation } from '../conversation.ts'
import type { PatchChange } from '../patch-changes.ts'
import type { Workspace } from '../workspace.ts'
import { takeInText } from './take-in-text.ts'

/** A file of a patch that collides with the tree that it goes onto. */
interface FileConflict {
  readonly change: PatchChange
  /** Where the tree has the file, or would have it. */
  readonly at: string
  readonly tree: Tree
}

type FileTaken =
  | {
      readonly kind: 'taken'
      /** What becomes of the tree; nothing where it is that side already. */
      readonly changes: ReadonlyMap<string, Entry | undefined>
      /** The file is one side's as a whole: it could not be merged. */
      readonly isWhole: boolean
      /** Something was open in its text, and the side was had there. */
      readonly isChosen: boolean
      /** Lines that the other side put into its text and that are not in what came of it. */
      readonly leftOut: readonly string[]
    }
  | { readonly kind: 'refused'; readonly why: SideRefusal }

/**
 * Has one side of a collision. Of a text it is had where the merge stays open and nowhere else; of anything else it is had whole:
 * a file that one side deleted, a link, contents that are no text.
 */
export function* takeFile(
  conflict: FileConflict,
  side: ConflictSide,
  workspace: Workspace,
): Conversation<FileTaken> {
  const { change, at, tree } = conflict
  const { before, after } = change
  const there = tree.get(at)
  if (!after) return there ? whole(side, 'deleted', [[at, undefined]]) : nothing()
  if (!there) {
    if (!clashes(at, tree)) return whole(side, 'deleted', [[at, after]])
    return side === 'upstream' ? nothing() : refused({ code: 'folder-in-the-way' })
  }
  const entries = before ? [before, there, after] : [there, after]
  const mode = before
    ? settle<Mode>({ base: before.mode, upstream: there.mode, patch: after.mode })
    : modeOfBoth(there, after)
  if (!entries.every(isFile)) return whole(side, 'kind', putAt(conflict, after))
  // Two files of one name that have no common origin: a side is the whole file.
  if (!before && side !== 'both') return whole(side, 'kind', putAt(conflict, after))
  if (mode === UNSETTLED) return refused({ code: 'mode' })
  yield* workspace.load(blobsOf(...entries))
  const base = before ? workspace.lines(before.oid) : []
  const [upstream, patch] = [workspace.lines(there.oid), workspace.lines(after.oid)]
  if (!base || !upstream || !patch) {
    // Nobody disputes the mode, which is settled as ever.
    const kept = side === 'upstream' ? there.oid : after.oid
    return side === 'both' ? refused({ code: 'no-lines' }) : taken(putAt(conflict, { mode, oid: kept }))
  }
  const text = takeInText(at, { base, upstream, patch }, side)
  if (text.kind === 'refused') return text
  const changes = new Map(putAt(conflict, { mode, oid: workspace.put(text.lines) }))
  const other = { mine: upstream, upstream: patch, both: base }[side]
  const leftOut = text.isChosen ? putInAndNotIn(text.lines, { base, other }) : []
  return { kind: 'taken', changes, isWhole: false, isChosen: text.isChosen, leftOut }
}

/** A region may be larger than what the reader was shown of it: a side leaves out all that the other has there. */
function putInAndNotIn(
  lines: readonly string[],
  { base, other }: { readonly base: readonly string[]; readonly other: readonly string[] },
): readonly string[] {
  const there = new Set(lines.map((line) => line.trim()))
  const put = diffLines(base, other).flatMap(({ start, end }) => other.slice(start, end))
  return put.filter((line) => line.trim() !== '' && !there.has(line.trim())).map(bareLine)
}

type Changes = readonly (readonly [string, Entry | undefined])[]

function modeOfBoth(a: Entry, b: Entry): Mode | typeof UNSETTLED {
  return a.mode === b.mode ? a.mode : UNSETTLED
}

/** The file with this entry, under the patch's own name where only the patch renamed it. */
function putAt({ change, at, tree }: FileConflict, entry: Entry): Changes {
  const to = at === change.path ? change.to : at
  if (to !== at)
    return [
      [at, undefined],
      [to, entry],
    ]
  return sameEntry(tree.get(at), entry) ? [] : [[at, entry]]
}

function whole(side: ConflictSide, why: 'deleted' | 'kind', mine: Changes): FileTaken {
  if (side === 'both') return refused({ code: why })
  return taken(side === 'mine' ? mine : [])
}

function nothing(): FileTaken {
  return taken([])
}

function taken(changes: Changes): FileTaken {
  return { kind: 'taken', changes: new Map(changes), isWhole: true, isChosen: true, leftOut: [] }
}

function refused(why: SideRefusal): FileTaken {
  return { kind: 'refused', why }
}
