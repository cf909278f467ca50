import { short, type Oid } from '../../model/oid.ts'
import type { FileOutcome, OpenRegion } from '../../model/verdict.ts'
import type { CarriedPatch } from '../../series/carried-series.ts'
import type { PatchDiff } from '../../series/patch-diff.ts'
import { groupFiles, type FileGroup } from '../group-files.ts'
import { reviewedLines, sayLook } from '../say-look.ts'
import { code, fenced, folded, plain, plainHtml, prose } from '../plain.ts'

interface PatchDetail {
  readonly carried: CarriedPatch
  /** Its place in the series, from 1. */
  readonly number: number
  readonly diffs: readonly PatchDiff[]
  readonly upstream: ReadonlyMap<Oid, string>
}

/** Lines of one diff that are shown; a reviewer reads the rest in the commit itself. */
const MOST_LINES = 120

/** One patch: what became of each file and why, then what its author wrote beside what stands on the release. */
export function renderPatch({ carried, number, diffs, upstream }: PatchDetail): string {
  const { patch, verdict, files, cause } = carried
  const from = patch.commits.map(short).join(', ')
  const parts = [`From ${from} by ${plain(patch.author.name)}.`]
  if (cause) parts.push(`It follows from the conflict of “${plain(cause.title)}”: settle that one first.`)
  parts.push(
    groupFiles(files)
      .map((group) => groupLine(group, upstream))
      .join('\n'),
  )
  const look = sayLook(carried)
  if (look !== '') parts.push(`${look}\n\n${fenced(reviewedLines(carried), 'diff')}`)
  for (const file of files) for (const region of file.regions ?? []) parts.push(renderRegion(file, region))
  for (const diff of diffs) parts.push(renderDiff(diff))
  const heading = `<b>${number}. ${plainHtml(patch.title)}</b>: ${verdict}`
  return folded(heading, parts.filter((part) => part !== '').join('\n\n'))
}

function groupLine(
  { places, verdict, reason, upstream: by }: FileGroup,
  titles: ReadonlyMap<Oid, string>,
): string {
  // A reason that names the commit itself needs no second mention.
  const unnamed = by.filter((oid) => !reason.includes(oid.slice(0, 7)))
  const evidence = unnamed.map((oid) => `${short(oid)} (${plain(titles.get(oid) ?? 'upstream')})`).join(', ')
  return `- ${places.map(code).join(', ')}: **${verdict}**. ${prose(reason)}${evidence === '' ? '' : ` Upstream: ${evidence}`}`
}

function renderRegion({ to }: FileOutcome, { line, key, sides, suggestion }: OpenRegion): string {
  const where = key ? `line ${line}, ${code(key)}` : `line ${line}`
  const side = (name: string, text: string): string => {
    if (text === '') return `${name}: nothing.`
    return `${name}:\n\n${fenced(text.replace(/\n$/, '').split('\n').slice(0, MOST_LINES), '')}`
  }
  const parts = [
    `Open in ${code(to)} at ${where}.`,
    side('As the patch found it', sides.base),
    side('As the release has it', sides.upstream),
    side('As the patch wants it', sides.patch),
  ]
  if (suggestion) parts.push(side('What I would write', suggestion))
  return parts.join('\n\n')
}

function renderDiff({ path, to, before, after, same, hidden }: PatchDiff): string {
  const place = path === to ? code(path) : `${code(path)} → ${code(to)}`
  if (hidden) return `${place}: ${HIDDEN[hidden]}`
  if (same) return `${place}, the same lines as before:\n\n${diffBlock(after)}`
  const now = after.length > 0 ? diffBlock(after) : 'Nothing is left to change.'
  return `${place}, before:\n\n${diffBlock(before)}\n\nand on the release:\n\n${now}`
}

const HIDDEN: Readonly<Record<NonNullable<PatchDiff['hidden']>, string>> = {
  binary: 'not text, so there is no difference to show.',
  long: 'too long to show here.',
  private: 'an inventory, which I do not quote.',
}

function diffBlock(lines: readonly string[]): string {
  const more = lines.length - MOST_LINES
  const shown = more > 0 ? [...lines.slice(0, MOST_LINES), `… ${more} more lines`] : lines
  return fenced(shown, 'diff')
}
