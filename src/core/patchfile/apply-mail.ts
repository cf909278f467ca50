import { defined } from '../model/defined.ts'
import { isSafePath } from '../model/parent-of.ts'
import type { Mode } from '../model/tree.ts'
import { applyHunks, type FileDiff } from '../text/file-diff.ts'
import type { PatchMail, PatchSection, PatchTrouble } from './patch-file.ts'

/** A file's contents, as patches see them. */
export interface PatchedFile {
  readonly text: string
  readonly mode: Mode
}

/** What is known of the tree that a patch goes onto: `undefined` where there is no such file, `no-text` where it is none. */
export type ReadFile = (path: string) => PatchedFile | 'no-text' | undefined

/** A file that a section changes; `from` differs for one that is moved or copied. */
interface Touched {
  readonly from?: string
  readonly to?: string
}

/** What one section made of one file. */
interface AppliedSection extends Touched {
  readonly before?: PatchedFile
  readonly after?: PatchedFile
}

/** Other lines around a change are told apart by people's tools up to this many: what `patch` does by itself (`--fuzz`). */
const FUZZ = 2

/** Applies a patch to a tree, one section after another, later ones onto what earlier ones made. */
export function applyMail(
  { sections }: PatchMail,
  { strip, read, fuzz = FUZZ }: { readonly strip: number; readonly read: ReadFile; readonly fuzz?: number },
): { readonly applied: readonly AppliedSection[] } | { readonly trouble: PatchTrouble } {
  const made = new Map<string, PatchedFile | undefined>()
  const now: ReadFile = (path) => (made.has(path) ? made.get(path) : read(path))
  const applied: AppliedSection[] = []
  for (const section of sections) {
    // What a copy is made of, or a move, is the file before the patch, whatever stands above (`previous_patch` in git's apply.c).
    const source = section.diff.isCopy || section.diff.isRename ? read : now
    const one = applySection(section, { strip, read: now, source, fuzz })
    if ('trouble' in one) return one
    const { from, to, after } = one.applied
    if (from !== undefined && from !== to && section.diff.isCopy !== true) made.set(from, undefined)
    if (to !== undefined) made.set(to, after)
    applied.push(one.applied)
  }
  return { applied }
}

export function applySection(
  section: PatchSection,
  {
    strip,
    read,
    source = read,
    fuzz,
  }: {
    readonly strip: number
    readonly read: ReadFile
    readonly source?: ReadFile
    readonly fuzz: number
  },
): { readonly applied: AppliedSection } | { readonly trouble: PatchTrouble } {
  const { diff, line } = section
  const touched = pathsOf(diff, strip, (path) => read(path) !== undefined)
  const path = touched.to ?? touched.from ?? ''
  const wrong = (code: PatchTrouble['code'], at = line): { trouble: PatchTrouble } => ({
    trouble: { code, line: at, path },
  })
  if (![touched.from, touched.to].every((each) => each === undefined || isSafePath(each)))
    return wrong('outside')
  const before = touched.from === undefined ? undefined : source(touched.from)
  if (before === 'no-text') return wrong('no-text')
  if (touched.from !== undefined && !before) return wrong('no-file')
  const moves = touched.to !== undefined && touched.to !== touched.from
  if (moves && read(touched.to ?? '') !== undefined) return wrong('exists')
  const text = diff.hunks.length === 0 ? (before?.text ?? '') : applyHunks(before?.text ?? '', diff, fuzz)
  if (text === undefined) return wrong('no-place', firstOutOfPlace(section, before?.text ?? '', fuzz))
  if (touched.to === undefined) return { applied: { ...touched, ...defined({ before }) } }
  const mode = modeOf(diff.newMode) ?? before?.mode ?? '100644'
  return { applied: { ...touched, ...defined({ before }), after: { text, mode } } }
}

/** The paths of a file that a diff is about, with `strip` folders taken off; of two names for one file the one that is there. */
export function pathsOf(diff: FileDiff, strip: number, exists: (path: string) => boolean): Touched {
  const moves = diff.isRename === true || diff.isCopy === true
  // Where nothing but the move tells the names, they come with a folder before them however the patch is written.
  const folders = moves && diff.hunks.length === 0 ? Math.max(1, strip) : strip
  const names = namesOf(diff)
  const old = names.old?.split('/').slice(folders).join('/')
  const now = names.now?.split('/').slice(folders).join('/')
  if (moves) return defined({ from: old, to: now })
  if (diff.isCreate || old === undefined) return defined({ to: now })
  if (diff.isDelete || now === undefined) return { from: old }
  const path = [now, old].find(exists) ?? now
  return { from: path, to: path }
}

/** The names of a file before and after; none where there is no such file then. */
export function namesOf({ oldFileName, oldHeader, newFileName, newHeader }: FileDiff): {
  readonly old?: string
  readonly now?: string
} {
  return defined({
    old: isNothing(oldFileName, oldHeader) ? undefined : oldFileName,
    now: isNothing(newFileName, newHeader) ? undefined : newFileName,
  })
}

/** What `git diff` calls `/dev/null` has its own name and the date of the epoch from `diff -N`. */
function isNothing(name: string | undefined, header: string | undefined): boolean {
  const [, day, time, zone] = /^(\d{4}-\d\d-\d\d) ([\d:]{8})(?:\.0+)? ([+-]\d{4})$/.exec(header ?? '') ?? []
  return name === '/dev/null' || Date.parse(`${day}T${time}${zone}`) === 0
}

/**
 * How many folders are taken off the names of a patch (`-p1`): as many as make them files of the tree. Where it only adds files, what git
 * puts before a name tells.
 */
export function stripOf(mails: readonly PatchMail[], exists: (path: string) => boolean): number {
  const diffs = mails.flatMap(({ sections }) => sections.map(({ diff }) => diff))
  const fits = (strip: number): number =>
    diffs.filter((diff) => exists(pathsOf(diff, strip, exists).from ?? '')).length
  const best = STRIPS.map((strip) => ({ strip, count: fits(strip) })).sort((a, b) => b.count - a.count)[0]
  if (best && best.count > 0) return best.strip
  return diffs.some(({ isGit, newFileName }) => isGit === true || newFileName?.startsWith('b/')) ? 1 : 0
}

/** The likeliest first: of two that fit as well, that one is meant. */
const STRIPS = [1, 0, 2, 3]

function modeOf(mode: string | undefined): Mode | undefined {
  if (mode === '100644' || mode === '100755' || mode === '120000') return mode
  return undefined
}

/** The line of the first hunk that does not go on what the ones before it made. */
function firstOutOfPlace({ diff, hunks, line }: PatchSection, text: string, fuzz: number): number {
  const count = hunks.findIndex(
    (_, at) => applyHunks(text, { ...diff, hunks: diff.hunks.slice(0, at + 1) }, fuzz) === undefined,
  )
  return hunks[count]?.line ?? line
}
