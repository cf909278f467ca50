import { blobOid } from '../model/oid.ts'
import { encodeText, splitLines } from '../text/split-lines.ts'
import { namesOf, type PatchedFile } from './apply-mail.ts'
import type { PatchSection } from './patch-file.ts'
import { quotedPath } from './quoted-path.ts'
import type { SectionGoal } from './section-goal.ts'

/** The head of a section with names, modes and ids of contents as they are now; a new one has the form of those that the patch has. */
export function headNow(section: PatchSection | undefined, goal: SectionGoal): string {
  const form = section ?? goal.like
  const before = section ? between(section.head) : ''
  if (!form || form.diff.isGit === true) return before + gitHead(section, goal)
  if (!section || !isSameKind(section, goal)) return before + nameLines(goal, form)
  return splitLines(section.head)
    .map((line) => renamed(line, section, goal))
    .join('')
}

/** What stands before the section's own lines. */
function between(head: string): string {
  return head.slice(0, Math.max(0, head.search(/^(?:diff |Index:|--- )/m)))
}

/** What was a change of a file may add or remove it now, and the other way round. */
function isSameKind({ diff }: PatchSection, { before, after }: SectionGoal): boolean {
  const { old, now } = namesOf(diff)
  return (old === undefined) === (before === undefined) && (now === undefined) === (after === undefined)
}

/** As git writes it (`fill_metainfo` and `builtin_diff` in diff.c). */
function gitHead(section: PatchSection | undefined, goal: SectionGoal): string {
  const { to, before, after, like } = goal
  const form = section ?? like
  const [a, b] = prefixesOf(form, goal.strip)
  const keepsLetters = hasLetters(form)
  const quoted = (path: string): string => quotedPath(path, keepsLetters)
  const moves = before !== undefined && after !== undefined && goal.from !== undefined && goal.from !== to
  const from = moves ? (goal.from ?? to) : to
  const isSame = (before?.text ?? '') === (after?.text ?? '')
  return [
    `diff --git ${quoted(a + from)} ${quoted(b + to)}\n`,
    ...modesOf(before, after),
    ...(moves ? movesOf(form, quoted(from), quoted(to)) : []),
    ...indexOf(form, goal),
    ...(isSame ? [] : [nameLines(goal, form)]),
  ].join('')
}

function modesOf(before: PatchedFile | undefined, after: PatchedFile | undefined): readonly string[] {
  if (!before) return [`new file mode ${after?.mode ?? '100644'}\n`]
  if (!after) return [`deleted file mode ${before.mode}\n`]
  if (before.mode === after.mode) return []
  return [`old mode ${before.mode}\n`, `new mode ${after.mode}\n`]
}

function movesOf(form: PatchSection | undefined, from: string, to: string): readonly string[] {
  const likeness = /^similarity index .*\n/m.exec(form?.head ?? '')?.[0]
  const kind = form?.diff.isCopy === true ? 'copy' : 'rename'
  return [...(likeness === undefined ? [] : [likeness]), `${kind} from ${from}\n`, `${kind} to ${to}\n`]
}

/** Ids of contents, as short as they are in the patch; none where it has none for files that change. */
function indexOf(form: PatchSection | undefined, { before, after }: SectionGoal): readonly string[] {
  if (before && after && before.text === after.text) return []
  const head = form?.head ?? ''
  const [, id] = /^index ([0-9a-f]+)\.\.[0-9a-f]+/m.exec(head) ?? []
  if (id === undefined && /^\+\+\+ /m.test(head)) return []
  const short = (file: PatchedFile | undefined): string => idOf(file).slice(0, id?.length ?? 8)
  const mode = before && after && before.mode === after.mode ? ` ${before.mode}` : ''
  return [`index ${short(before)}..${short(after)}${mode}\n`]
}

function idOf(file: PatchedFile | undefined): string {
  return file ? blobOid(encodeText(file.text)) : '0'.repeat(40)
}

function nameLines({ from, to, before, after, strip }: SectionGoal, form: PatchSection | undefined): string {
  const [a, b] = prefixesOf(form, strip)
  const keepsLetters = hasLetters(form)
  const name = (path: string): string => {
    const quoted = quotedPath(path, keepsLetters)
    // Where a name ends that holds a blank only a tab tells `patch`.
    return /^[^"].* /.test(quoted) ? `${quoted}\t` : quoted
  }
  const old = before ? name(a + (from ?? to)) : '/dev/null'
  return `--- ${old}\n+++ ${after ? name(b + to) : '/dev/null'}\n`
}

/** Whether a head was written with letters beyond ASCII as they are (`core.quotePath`). */
export function hasLetters(form: PatchSection | undefined): boolean {
  return form !== undefined && /^(?:diff|---|\+\+\+) .*[^\0-\x7f]/m.test(form.head)
}

/** The folders before its names that a patch is applied without (`-p1`). */
function prefixesOf(form: PatchSection | undefined, strip: number): readonly [string, string] {
  const named = (name: string | undefined): string | undefined => (name === '/dev/null' ? undefined : name)
  const prefix = (name: string): string => {
    const folders = name.split('/').slice(0, strip)
    return folders.map((each) => `${each}/`).join('')
  }
  // Of a file that comes or goes the line above still has both names.
  const [, first = '', second = ''] = /^diff --git (\S+) (\S+)$/m.exec(form?.head ?? '') ?? []
  return [
    prefix(named(form?.diff.oldFileName) ?? (first || 'a/')),
    prefix(named(form?.diff.newFileName) ?? (second || 'b/')),
  ]
}

/** A line of a head that is not git's, with the names of the file as it is called now. */
function renamed(line: string, { diff }: PatchSection, { old, from, to, strip }: SectionGoal): string {
  const [a, b] = prefixesOf({ head: '', diff, hunks: [], line: 0 }, strip)
  const { oldFileName: was = '', newFileName: is = '' } = diff
  const [before, now] = [was === '/dev/null' ? was : a + (from ?? to), is === '/dev/null' ? is : b + to]
  const told = line.trimEnd()
  const named = (start: string, name: string, next: string): string | undefined =>
    told === start + name || told.startsWith(`${start}${name}\t`)
      ? start + next + line.slice(start.length + name.length)
      : undefined
  const both = ` ${was} ${is}`
  if (told.startsWith('diff ') && told.endsWith(both))
    return `${told.slice(0, -both.length)} ${before} ${now}${line.slice(told.length)}`
  return (
    named('--- ', was, before) ??
    named('+++ ', is, now) ??
    named('Index: ', old.to ?? old.from ?? '', to) ??
    named('Index: ', is, now) ??
    line
  )
}
