import { splitLines } from '../text/split-lines.ts'
import { applyHunks, hunksBetween, readFileDiff, type Hunk } from '../text/file-diff.ts'
import { applySection } from './apply-mail.ts'
import { areSure, around } from './are-sure.ts'
import { headNow } from './head-now.ts'
import type { HunkText, PatchSection } from './patch-file.ts'
import type { SectionGoal } from './section-goal.ts'

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

/**
 * As many lines around changes as the patch has; three, as every tool, where it does not tell. A hunk that begins with the first line, or
 * is of a file that comes or goes, has no more of them than there are.
 */
function contextOf(hunks: readonly HunkText[]): number {
  const inside = hunks.find(({ hunk }) => hunk.oldStart > 1)
  if (inside) return around(inside.hunk).before
  return Math.max(3, ...hunks.flatMap(({ hunk }) => Object.values(around(hunk))))
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
  const isSameText = hunks === section?.hunks
  const head = section && isSameText && isStill(section, goal) ? section.head : headNow(section, goal)
  return head + body
}

/** Whether what a head says of names and modes holds. */
function isStill(section: PatchSection, { strip, old, from, to, before, after }: SectionGoal): boolean {
  const { diff } = section
  const source = before ? (from ?? to) : undefined
  if ((old.to ?? old.from) !== to || source !== old.from) return false
  const result = applySection(section, {
    strip,
    read: (each) => (each === source ? before : undefined),
    fuzz: 0,
  })
  if ('trouble' in result) return false
  return (diff.oldMode ?? before?.mode) === before?.mode && result.applied.after?.mode === after?.mode
}
