import { short } from '../model/oid.ts'
import type { LeftOutLine } from '../model/verdict.ts'
import type { CarriedPatch } from '../series/carried-series.ts'

/** Lines shown of one patch; the report has them all. */
const MOST_SHOWN = 20

/** That upstream's reviewed form does without much of a patch; empty where nothing asks for a look. */
export function sayLook({ look, confidence = 0 }: CarriedPatch): string {
  if (!look) return ''
  return `Upstream’s reviewed form of this patch has ${Math.round(confidence * 100)} % of it. Please look at what it does without, and keep the patch if you need that.`
}

/** The lines that a reviewed form does without, each with its file, its number and the commit. */
export function reviewedLines({ files }: CarriedPatch): readonly string[] {
  const lines = files.flatMap(({ path, leftOut = [] }) =>
    leftOut.filter(({ why }) => why === 'reviewed').map((line) => sayLine(path, line)),
  )
  const more = lines.length - MOST_SHOWN
  return more > 0 ? [...lines.slice(0, MOST_SHOWN), `… ${more} more lines`] : lines
}

function sayLine(path: string, { side, line, text, upstream }: LeftOutLine): string {
  const by = upstream ? ` (${short(upstream)})` : ''
  return `${side === 'added' ? '+' : '-'} ${path}:${line}${by} ${text.trim()}`
}
