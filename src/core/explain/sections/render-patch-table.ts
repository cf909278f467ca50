import { VERDICTS, type Verdict } from '../../model/verdict.ts'
import type { CarriedPatch } from '../../series/carried-series.ts'
import { heading, list, paragraph, WORTH, type Block, type Part } from '../blocks/block.ts'
import { anchor, quoted, say, type Text } from '../blocks/text.ts'
import { plural } from '../plural.ts'
import type { CarryFacts, WhereaboutsFacts } from '../pull-request-facts.ts'
import { sayVerdict, VERDICT_WORDS } from '../say-verdict.ts'
import { commitLink } from './place-link.ts'
import { patchLink, patchNumbers, rowPlace, shortTitle } from './patch-link.ts'

/**
 * Every patch with its verdict, those that ask for most first; the number is its place in the series and its name in commands. Of a
 * long series, those that went as they were meant to share a row.
 */
export function renderPatchTable(
  { carried: { patches }, commits }: CarryFacts,
  at?: WhereaboutsFacts,
): readonly Part[] {
  if (patches.length === 0) return []
  const rows = patches
    .map((carried, index) => ({ number: index + 1, carried }))
    .sort((a, b) => WORST_FIRST.indexOf(a.carried.verdict) - WORST_FIRST.indexOf(b.carried.verdict))
  const tableOf = (shared: readonly Verdict[]): readonly Block[] => [
    heading(2, say`Patches`),
    { kind: 'table', head: HEAD, rows: rowsOf(rows, { shared, commits, at }) },
  ]
  return [
    {
      full: tableOf(patches.length < MANY ? [] : ['clean']),
      brief: tableOf(['clean', 'moved', 'upstreamed', 'obsolete']),
      briefest: worstAlone(rows),
      worth: WORTH.table,
    },
  ]
}

/** From so many patches on, clean ones stand in one row. */
const MANY = 30

const HEAD = ['', 'patch', 'verdict', 'files', 'commit'].map((name) => [name])

const WORST_FIRST: readonly Verdict[] = ['conflict', 'adapted', 'obsolete', 'upstreamed', 'moved', 'clean']

interface Row {
  readonly number: number
  readonly carried: CarriedPatch
}

interface TableHow {
  readonly commits: CarryFacts['commits'] | undefined
  /** Verdicts whose patches share a row. */
  readonly shared: readonly Verdict[]
  readonly at: WhereaboutsFacts | undefined
}

function rowsOf(rows: readonly Row[], how: TableHow): readonly (readonly Text[])[] {
  const single = rows.filter(({ carried }) => !how.shared.includes(carried.verdict))
  const together = WORST_FIRST.filter((verdict) => how.shared.includes(verdict)).flatMap((verdict) => {
    const those = rows.filter(({ carried }) => carried.verdict === verdict)
    if (those.length === 0) return []
    const numbers = patchNumbers(those.map(({ number }) => number))
    const places = those.map(({ number }) => anchor(rowPlace(number)))
    return [
      [places, say`${plural(those.length, 'patch', 'patches')}: ${numbers}`, sayVerdict(verdict), [], []],
    ]
  })
  return [...single.map((row) => rowOf(row, how)), ...together]
}

function rowOf({ number, carried }: Row, { commits, at }: TableHow): readonly Text[] {
  const { patch, verdict, files, upstream } = carried
  const commit = commits?.get(patch.id)
  return [
    [anchor(rowPlace(number)), patchLink(number)],
    [quoted(shortTitle(patch.title))],
    sayVerdict(verdict, upstream[0]),
    say`${files.length}`,
    [commit ? commitLink(at, commit) : '–'],
  ]
}

/** Titles that stand where there is no room for a table. */
const MOST_TITLES = 50

function worstAlone(rows: readonly Row[]): readonly Block[] {
  const worst = rows.filter(({ carried }) => carried.verdict === 'conflict').slice(0, MOST_TITLES)
  const lines = worst.map(
    ({ number, carried: { patch, verdict } }) =>
      say`${patchLink(number)} “${quoted(shortTitle(patch.title))}”: ${sayVerdict(verdict)}`,
  )
  const all = rows.map(({ carried }) => carried)
  return [
    heading(2, say`Patches`),
    paragraph(say`${tally(all)}. The table of all ${rows.length} is too long to show here.`),
    ...(lines.length > 0 ? [list(lines)] : []),
  ]
}

/** `6 clean, 1 in conflict`, in the order in which they ask for attention least. */
export function tally(patches: readonly { readonly verdict: Verdict }[]): string {
  return VERDICTS.map((verdict) => ({
    verdict,
    count: patches.filter((each) => each.verdict === verdict).length,
  }))
    .filter(({ count }) => count > 0)
    .map(
      ({ verdict, count }) => `${count} ${verdict === 'conflict' ? 'in conflict' : VERDICT_WORDS[verdict]}`,
    )
    .join(', ')
}
