import type { CarriedPatch } from '../../core/series/carried-series.ts'
import type { PatchDiff } from '../../core/series/patch-diff.ts'
import { linesToTell } from '../../core/explain/sections/render-account.ts'
import { LEFT_OUT_WHY, leftOutDiff } from '../../core/explain/account-findings.ts'
import { groupFiles } from '../../core/explain/group-files.ts'
import { reviewedLines, sayLook } from '../../core/explain/say-look.ts'
import { visible } from '../../core/explain/inert.ts'
import { short, type Oid } from '../../core/model/oid.ts'
import type { FileOutcome, OpenRegion } from '../../core/model/verdict.ts'
import { wrap } from './wrap.ts'

interface PatchFacts {
  readonly carried: CarriedPatch
  readonly number: number
  readonly to: string
  readonly diffs: readonly PatchDiff[]
  /** Titles of upstream's commits. */
  readonly upstream: ReadonlyMap<Oid, string>
}

/** Everything that is known of one patch, for the terminal: why its verdict, what collides, and how it looks on the release. */
export function printPatch({ carried, number, to, diffs, upstream }: PatchFacts): string {
  const { patch, verdict, files, cause, confidence } = carried
  const parts = [
    [
      `${number}. ${patch.title}`,
      `   ${patch.commits.map(short).join(', ')} by ${patch.author.name}`,
      `   onto ${to}: ${verdict}${confidence === undefined ? '' : ` (confidence ${confidence.toFixed(2)})`}`,
    ],
    cause ? [`It follows from “${cause.title}”: settle that one first.`] : [],
    files.length > 0
      ? groupFiles(files).flatMap(({ places, verdict: each, reason }) => [
          `${places.join(', ')}: ${each}`,
          ...wrap(reason, '  '),
        ])
      : ['It changes nothing.'],
    sayLook(carried) === ''
      ? []
      : [...wrap(sayLook(carried), ''), ...reviewedLines(carried).map((line) => `  ${line}`)],
    commitLines(carried.upstream, upstream),
    ...files.flatMap((file) => (file.regions ?? []).map((region) => regionLines(file, region))),
    ...files.map(leftOutLines),
    ...diffs.map(diffLines),
  ]
  const shown = parts.filter((lines) => lines.length > 0)
  return shown.map((lines) => lines.join('\n')).join('\n\n') + '\n'
}

function commitLines(oids: readonly Oid[], titles: ReadonlyMap<Oid, string>): readonly string[] {
  if (oids.length === 0) return []
  return ['Upstream:', ...oids.map((oid) => `  ${short(oid)}  ${titles.get(oid) ?? ''}`.trimEnd())]
}

function regionLines({ to }: FileOutcome, { line, key, sides, suggestion }: OpenRegion): readonly string[] {
  const side = (name: string, text: string): string[] =>
    text === ''
      ? [`  ${name}: nothing`]
      : [
          `  ${name}:`,
          ...text
            .replace(/\n$/, '')
            .split('\n')
            .map((each) => `    ${each}`),
        ]
  return [
    `Open in ${to} at line ${line}${key ? `, ${key}` : ''}`,
    ...side('As the patch found it', sides.base),
    ...side('As the release has it', sides.upstream),
    ...side('As the patch wants it', sides.patch),
    ...(suggestion === undefined ? [] : side('What I would write', suggestion)),
  ]
}

/** All that is left out of a file, behind its reasons. */
function leftOutLines(outcome: FileOutcome): readonly string[] {
  const told = linesToTell(outcome)
  return [...new Set(told.map(({ why }) => why))].flatMap((why) => {
    const { lines } = leftOutDiff(
      outcome.path,
      told.filter((line) => line.why === why),
      Infinity,
    )
    return [`Left out of ${outcome.path}: ${LEFT_OUT_WHY[why]}`, ...lines.map((line) => `  ${visible(line)}`)]
  })
}

function diffLines({ path, to, before, after, same, hidden }: PatchDiff): readonly string[] {
  const place = path === to ? path : `${path} → ${to}`
  const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`)
  if (hidden) return []
  if (same) return [`${place}, the same lines as before:`, ...indented(after)]
  const now = after.length > 0 ? indented(after) : ['  nothing']
  return [`${place}, before:`, ...indented(before), `${place}, on the release:`, ...now]
}
