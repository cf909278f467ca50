import { append } from '../../text/append.ts'
import { compareVersions } from '../../model/release-tag.ts'
import { settle, UNSETTLED, type Sides } from '../../model/sides.ts'
import { diff3 } from '../../text/diff3.ts'
import { bareLine } from '../../text/split-lines.ts'
import { wordBag, wordSimilarity } from '../../text/tokens.ts'
import { blanksYield, mergeRegion, type RegionMerge } from '../../text/merge-region.ts'
import { mergeWords } from '../../text/merge-words.ts'
import { leaveOpen, type Findings } from './findings.ts'
import { shiftLines } from './same-block.ts'
import type { Block } from './read-outline.ts'

/** Merges the lines that are a block's own (a setting's line, a scalar's lines); `undefined` where that stays open. */
export function mergeOwnLines(
  sides: Sides<Block>,
  path: readonly string[],
  findings: Findings,
): string[] | undefined {
  const { upstream } = sides
  const own: Sides<readonly string[]> = {
    base: moved(sides.base, upstream.indent),
    upstream: upstream.lines,
    patch: moved(sides.patch, upstream.indent),
  }
  // A setting that became a map on one side and stays a value on another is no longer one thing.
  const differ =
    hasChildren(sides.base) !== hasChildren(upstream) || hasChildren(upstream) !== hasChildren(sides.patch)
  const settled = differ ? UNSETTLED : settle(own, sameText)
  if (settled !== UNSETTLED) {
    if (settled === own.upstream && !sameText(own.base, own.patch)) findings.taken.push(path.join('.'))
    return [...settled]
  }
  if (differ || isItemName(sides.patch, path)) {
    leaveOpen(sides, path, findings)
    return undefined
  }
  const yielded = blanksYield(own)
  if (yielded) return [...yielded]
  const merged = byWords(own) ?? byLines(own)
  if (!merged) return override(sides, own, path, findings)
  const [key, there] = [path.join('.'), merged.overridden]
  findings.notes.push(there.length > 0 ? { code: 'value-over', key, there } : { code: 'words-joined', key })
  return [...merged.lines]
}

/** One value, changed on both sides: it is the user's own setting, so theirs stays, and upstream's is told. */
function override(
  sides: Sides<Block>,
  own: Sides<readonly string[]>,
  path: readonly string[],
  findings: Findings,
): string[] | undefined {
  // A text of several lines is no one value: to keep the user's would take back whatever else upstream changed in it.
  const isValue = sides.patch.kind === 'key' && own.upstream.length === 1 && own.patch.length === 1
  if (!isValue || hasChildren(sides.patch) || isEditOfReplaced(own)) {
    leaveOpen(sides, path, findings)
    return undefined
  }
  const now = own.upstream.map((line) => line.trim()).join(' ')
  findings.notes.push({ code: 'value-kept', key: path.join('.'), there: now, isNewer: isNewer(own) })
  return [...own.patch]
}

/** From here on a value is still the one it was, with an edit. */
const EDITED = 0.5

/** A word put into a long value is no value of the user's own: where upstream replaced the rest, it may have no place any more. */
function isEditOfReplaced({ base, upstream, patch }: Sides<readonly string[]>): boolean {
  const [was, there, own] = [base, upstream, patch].map((lines) => wordBag(lines.join(' ')))
  if (!was || !there || !own) return false
  return wordSimilarity(was, own) >= EDITED && wordSimilarity(was, there) < EDITED && was.weight >= LONG_VALUE
}

/** In words: a version, an address or an image is no long value, a command is. */
const LONG_VALUE = 5

/** Whether both sides set a version and upstream's is the newer. */
function isNewer({ upstream, patch }: Sides<readonly string[]>): boolean {
  const [there, own] = [upstream, patch].map((lines) => VERSION.exec(lines.join(' '))?.[1])
  return there !== undefined && own !== undefined && compareVersions(there, own) > 0
}

const VERSION = /:\s*["']?(v?\d+(?:\.\d+)+)["']?\s*(?:#.*)?$/s

function byWords(own: Sides<readonly string[]>): RegionMerge | undefined {
  const [base, upstream, patch] = [own.base, own.upstream, own.patch].map((lines) =>
    lines.length === 1 ? (lines[0] as string) : undefined,
  )
  if (base === undefined || upstream === undefined || patch === undefined) return undefined
  const merged = mergeWords({ base: bareLine(base), upstream: bareLine(upstream), patch: bareLine(patch) })
  return (
    merged && {
      lines: [merged.text + upstream.slice(bareLine(upstream).length)],
      overridden: merged.overridden,
    }
  )
}

function byLines(own: Sides<readonly string[]>): RegionMerge | undefined {
  if (own.base.length < 2 || own.upstream.length < 2 || own.patch.length < 2) return undefined
  const lines: string[] = []
  const overridden: string[] = []
  for (const region of diff3(own)) {
    const merged = region.kind === 'open' ? mergeRegion(region.lines) : region
    if (!merged) return undefined
    append(lines, merged.lines)
    if ('overridden' in merged) append(overridden, merged.overridden)
  }
  return { lines, overridden }
}

function moved(block: Block, indent: number): string[] {
  return shiftLines(block.lines, indent - block.indent)
}

/** A task's name is what it is known by: renamed on both sides, nobody can say that the two are one. */
function isItemName(block: Block, path: readonly string[]): boolean {
  return block.id === 'k:name' && path.at(-2)?.startsWith('[') === true
}

function hasChildren(block: Block): boolean {
  return block.children.some(({ kind }) => kind !== 'comment' && kind !== 'blank')
}

function sameText(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index])
}
