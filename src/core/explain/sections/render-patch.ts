import { short, type Oid } from '../../model/oid.ts'
import type { FileOutcome, OpenRegion } from '../../model/verdict.ts'
import type { CarriedPatch } from '../../series/carried-series.ts'
import type { PatchDiff } from '../../series/patch-diff.ts'
import type { Patch } from '../../series/series.ts'
import { lines, list, paragraph, type Block } from '../blocks/block.ts'
import { bold, code, joined, link, quoted, say, type Text } from '../blocks/text.ts'
import { groupFiles, type FileGroup } from '../group-files.ts'
import { linkedCommit, titledCommit } from '../linked-reference.ts'
import type { WhereaboutsFacts } from '../pull-request-facts.ts'
import { VERDICT_WORDS } from '../say-verdict.ts'
import { patchPlace, rowPlace } from './patch-link.ts'
import { commitLink } from './place-link.ts'
import { oldAnswerBlocks } from '../memory/settled-before.ts'
import { reviewedLines, sayLook } from '../say-look.ts'
import { renderSideChanges } from './render-side-changes.ts'

export interface PatchDetail {
  readonly carried: CarriedPatch
  /** Its place in the series, from 1. */
  readonly number: number
  readonly diffs: readonly PatchDiff[]
  /** Titles of upstream's commits. */
  readonly upstream: ReadonlyMap<Oid, string>
  readonly at?: WhereaboutsFacts | undefined
}

/** One patch: what became of each file and why, then what its author wrote beside what stands on the release. */
export function renderPatch(detail: PatchDetail): readonly Block[] {
  const { carried, number } = detail
  const { patch, verdict } = carried
  const title = bold`${number}. ${quoted(patch.title)}`
  const summary = say`${title}: ${VERDICT_WORDS[verdict]} ${link(`#${rowPlace(number)}`, '↑')}`
  return [{ kind: 'fold', summary, blocks: patchBlocks(detail), mark: { id: patchPlace(number), verdict } }]
}

/** The same without its title. */
export function patchBlocks({ carried, diffs, upstream, at }: PatchDetail): readonly Block[] {
  const { patch, files, cause } = carried
  const look = sayLook(carried)
  return [
    paragraph(fromSentence(patch, at)),
    ...(cause
      ? [paragraph(say`It follows from the conflict of “${quoted(cause.title)}”: settle that one first.`)]
      : []),
    ...(files.length > 0 ? [list(groupFiles(files).map((group) => groupLine(group, upstream)))] : []),
    ...(look === '' ? [] : [paragraph([look]), lines(reviewedLines(carried), 'diff')]),
    ...files.flatMap((file) => [
      ...(file.regions ?? []).flatMap((region) => regionBlocks(file, region)),
      ...oldAnswerBlocks(file),
    ]),
    ...diffs.flatMap(diffBlocks),
  ]
}

function fromSentence({ file, commits, author }: Patch, at: WhereaboutsFacts | undefined): Text {
  const from =
    file === undefined
      ? joined(
          commits.map((each) => commitLink(at, each)),
          ', ',
        )
      : [code(file)]
  return say`From ${from} by ${quoted(author.name)}.`
}

function groupLine({ places, verdict, reason, unnamed }: FileGroup, titles: ReadonlyMap<Oid, string>): Text {
  const evidence = joined(
    unnamed.map((oid) => titledCommit(oid, titles.get(oid) ?? 'upstream')),
    ', ',
  )
  const told = evidence.length > 0 ? say` Upstream: ${evidence}` : ''
  return say`${joined(places.map(code), ', ')}: ${bold`${VERDICT_WORDS[verdict]}`}. ${reason}${told}`
}

function regionBlocks(
  { to }: FileOutcome,
  { line, key, sides, asOf, suggestion }: OpenRegion,
): readonly Block[] {
  const where = key ? say`line ${line}, ${code(key)}` : say`line ${line}`
  const open =
    asOf === undefined
      ? say`Open in ${code(to)} at ${where}.`
      : say`Open in ${code(to)}: upstream’s ${linkedCommit(asOf)} changed the same, and the release has other lines there by now.`
  return [
    paragraph(open),
    {
      kind: 'sides',
      sides: [
        { name: 'As the patch found it', text: sides.base },
        {
          name: asOf === undefined ? 'As the release has it' : `As ${short(asOf)} left it`,
          text: sides.upstream,
        },
        { name: 'As the patch wants it', text: sides.patch },
        ...(suggestion ? [{ name: 'What I would write', text: suggestion }] : []),
      ],
    },
    ...renderSideChanges(sides, asOf),
  ]
}

function diffBlocks({ path, to, before, after, same, hidden }: PatchDiff): readonly Block[] {
  const place = path === to ? code(path) : say`${code(path)} → ${code(to)}`
  if (hidden) return [paragraph(say`${place}: ${HIDDEN[hidden]}`)]
  if (same) return [paragraph(say`${place}, the same lines as before:`), lines(after, 'diff')]
  const words = [say`${place}, before:`, say`and on the release:`, say`Nothing is left to change.`] as const
  return [{ kind: 'change', change: { words, path, to, before, after } }]
}

const HIDDEN: Readonly<Record<NonNullable<PatchDiff['hidden']>, string>> = {
  binary: 'not text, so there is no difference to show.',
  long: 'too long to show here.',
  missing: 'not in this clone, which was made without some files, so I cannot show it.',
  private: 'an inventory, which I do not quote.',
}
