import { blobOid } from '../model/oid.ts'
import { encodeText, splitLines } from '../text/split-lines.ts'
import { applyHunks, hunksBetween, readFileDiff, type Hunk } from '../text/file-diff.ts'
import { applySection, type PatchedFile } from './apply-mail.ts'
import { areSure, around } from './are-sure.ts'
import type { HunkText, PatchSection } from './patch-file.ts'

/** What a section is to do from now on. */
export interface SectionGoal {
  readonly strip: number
  readonly old: { readonly from?: string; readonly to?: string }
  /** Where it is moved or copied from. */
  readonly from?: string
  readonly to: string
  readonly before?: PatchedFile
  readonly after?: PatchedFile
  /** A section whose form a new one takes. */
  readonly like?: PatchSection | undefined
}

/** A hunk as it is written. */
interface WrittenHunk {
  readonly range: string
  readonly body: string
}

/**
 * The hunks that make a file what it is to be: those of the patch as they are where they do so, else those that have to be others, and
 * line numbers only where the old ones would lead some tool astray.
 */
export function writeHunks(
  section: PatchSection | undefined,
  { before, after }: SectionGoal,
): readonly WrittenHunk[] {
  const [from, to] = [before?.text ?? '', after?.text ?? '']
  if (section && leadsTo(section.hunks, from, to)) return section.hunks
  const old = section?.hunks ?? []
  const fresh = hunksBetween(from, to, contextOf(old))
  const hasHeading = old.length === 0 || old.some(({ range }) => headingOf(range) !== '')
  const known = fresh.map((hunk) => old.find((each) => isSameChange(each.hunk, hunk)))
  const bodies = fresh.map((hunk, at) => {
    const same = known[at]
    return same && same.hunk.lines.join('\n') === hunk.lines.join('\n') ? same.body : bodyOf(hunk)
  })
  const written = fresh.map((hunk, at): WrittenHunk => {
    const heading = headingFor(hunk, known[at], { from, hasHeading })
    return { range: `${rangeOf(hunk)}${heading}\n`, body: bodies[at] ?? '' }
  })
  const sparing = written.map((each, at) => {
    const same = known[at]
    return same && each.body === same.body ? { range: same.range, body: same.body } : each
  })
  return leadsTo(sparing.map(asHunk), from, to) ? sparing : written
}

function leadsTo(hunks: readonly Pick<HunkText, 'hunk'>[], from: string, to: string): boolean {
  const parsed = hunks.map(({ hunk }) => hunk)
  if (parsed.length === 0) return from === to
  const diff = { oldFileName: 'a', newFileName: 'b', oldHeader: '', newHeader: '', hunks: parsed }
  return applyHunks(from, diff) === to && areSure(from, parsed)
}

function asHunk({ range, body }: WrittenHunk): Pick<HunkText, 'hunk'> {
  const hunk = readFileDiff(`--- a\n+++ b\n${range}${body}`)?.hunks[0]
  if (!hunk) throw new Error('a hunk that was written cannot be read')
  return { hunk }
}

/** As many lines around changes as the patch has; three, as every tool, where it does not tell. */
function contextOf(hunks: readonly HunkText[]): number {
  const told = hunks.flatMap(({ hunk }) => Object.values(around(hunk)))
  return told.length === 0 ? 3 : Math.max(...told)
}

function isSameChange(a: Hunk, b: Hunk): boolean {
  return changed(a) === changed(b)
}

function changed({ lines }: Hunk): string {
  return lines.filter((line) => line[0] === '+' || line[0] === '-').join('\n')
}

function rangeOf({ oldStart, oldLines, newStart, newLines }: Hunk): string {
  // Of nothing the line before is named.
  const range = (start: number, count: number): string => {
    const at = count === 0 ? start - 1 : start
    return count === 1 ? String(at) : `${at},${count}`
  }
  return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`
}

function bodyOf({ lines }: Hunk): string {
  return lines.map((line) => `${line}\n`).join('')
}

function headingOf(range: string): string {
  return /^@@ [^@]* @@(.*)\n?$/.exec(range)?.[1] ?? ''
}

/** What a hunk is in, as git names it: the nearest line above that begins with a letter. */
function headingFor(
  { oldStart }: Hunk,
  known: HunkText | undefined,
  { from, hasHeading }: { readonly from: string; readonly hasHeading: boolean },
): string {
  if (known) return headingOf(known.range)
  if (!hasHeading) return ''
  const line = splitLines(from)
    .slice(0, Math.max(0, oldStart - 1))
    .findLast((each) => /^[A-Za-z_$]/.test(each))
  return line === undefined ? '' : ` ${line.trimEnd().slice(0, 80)}`.trimEnd()
}

/** A section with these hunks: its own head, with names, modes and ids of contents as they are now. */
export function writeSection(
  section: PatchSection | undefined,
  goal: SectionGoal,
  hunks: readonly WrittenHunk[],
): string {
  const body = hunks.map(({ range, body }) => range + body).join('')
  if (!section) return newHead(goal) + body
  const isSameText = hunks === section.hunks
  const head = isSameText && isStill(section, goal) ? section.head : headNow(section, goal)
  return head + body
}

/** Whether what a head says of names and modes holds. */
function isStill(section: PatchSection, { strip, old, from, to, before, after }: SectionGoal): boolean {
  const { diff } = section
  const path = old.to ?? old.from
  if (path !== to || (from !== undefined && from !== old.from)) return false
  const result = applySection(section, {
    strip,
    read: (each) => (each === (old.from ?? '') ? before : undefined),
    fuzz: 0,
  })
  if ('trouble' in result) return false
  return (diff.oldMode ?? before?.mode) === before?.mode && result.applied.after?.mode === after?.mode
}

function headNow({ head, diff }: PatchSection, goal: SectionGoal): string {
  const { old, from, to, before, after } = goal
  const isAdded = diff.isCreate === true || diff.oldFileName === '/dev/null'
  const isRemoved = diff.isDelete === true || diff.newFileName === '/dev/null'
  // What was a change of a file may add or remove it now, and the other way round.
  if (isAdded !== (before === undefined) || isRemoved !== (after === undefined))
    return between(head) + newHead({ ...goal, like: { head, diff, hunks: [], line: 0 } })
  return splitLines(head)
    .flatMap((line) => {
      if (/^(?:old|new) mode /.test(line)) return before?.mode === after?.mode ? [] : [line]
      const index = /^index ([0-9a-f]+)(\.\.)([0-9a-f]+)( \d+)?$/m.exec(line)
      if (index) return [indexNow(index, before, after)]
      if (!/^(?:diff |--- |\+\+\+ |Index:|(?:rename|copy) )/.test(line)) return [line]
      return [renamed(renamed(line, old.from, from ?? to), old.to, to)]
    })
    .join('')
}

/** What stands before the section's own lines. */
function between(head: string): string {
  return head.slice(0, Math.max(0, head.search(/^(?:diff |Index:|--- )/m)))
}

function renamed(line: string, from: string | undefined, to: string): string {
  return from === undefined || from === to ? line : line.replaceAll(from, to)
}

/** Ids of contents, as short as they were. */
function indexNow(
  [, before = '', dots = '', after = '', mode = '']: readonly string[],
  old: PatchedFile | undefined,
  now: PatchedFile | undefined,
): string {
  return `index ${idOf(old).slice(0, before.length)}${dots}${idOf(now).slice(0, after.length)}${mode}\n`
}

function idOf(file: PatchedFile | undefined): string {
  return file ? blobOid(encodeText(file.text)) : '0'.repeat(40)
}

/** The head of a section that the patch did not have, in the form of those it has. */
function newHead({ to, before, after, like, strip }: SectionGoal): string {
  const [a, b] = strip === 0 ? ['', ''] : prefixesOf(like)
  const old = before ? `${a}${to}` : '/dev/null'
  const now = after ? `${b}${to}` : '/dev/null'
  const names = `--- ${old}\n+++ ${now}\n`
  if (like && like.diff.isGit !== true) return names
  const isEmpty = (before?.text ?? '') === (after?.text ?? '')
  const isPlain = before !== undefined && after !== undefined && before.mode === after.mode
  const id = `${idOf(before).slice(0, 8)}..${idOf(after).slice(0, 8)}`
  return [
    `diff --git ${a}${to} ${b}${to}\n`,
    ...(before ? [] : [`new file mode ${after?.mode ?? '100644'}\n`]),
    ...(after ? [] : [`deleted file mode ${before?.mode ?? '100644'}\n`]),
    ...(before && after && before.mode !== after.mode
      ? [`old mode ${before.mode}\n`, `new mode ${after.mode}\n`]
      : []),
    `index ${id}${isPlain ? ` ${before.mode}` : ''}\n`,
    ...(isEmpty ? [] : [names]),
  ].join('')
}

function prefixesOf(like: PatchSection | undefined): readonly [string, string] {
  const first = (name: string | undefined): string | undefined =>
    name === undefined || name === '/dev/null' ? undefined : /^[^/]+\//.exec(name)?.[0]
  return [first(like?.diff.oldFileName) ?? 'a/', first(like?.diff.newFileName) ?? 'b/']
}
