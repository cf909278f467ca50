import { short } from '../../model/oid.ts'
import { VERDICTS, type Verdict } from '../../model/verdict.ts'
import type { CarriedPatch } from '../../series/carried-series.ts'
import { heading, type Block } from '../blocks/block.ts'
import { bold, quoted, say, type Text } from '../blocks/text.ts'
import type { CarryFacts } from '../pull-request-facts.ts'

/** Every patch with its verdict, in the order of the series; the number is its name in commands. */
export function renderPatchTable({ carried: { patches }, commits }: CarryFacts): readonly Block[] {
  if (patches.length === 0) return []
  const rows = patches.map((carried, index) => rowOf(carried, index, commits?.get(carried.patch.id)))
  const head = ['', 'patch', 'verdict', 'files', 'commit'].map((name) => [name])
  return [heading(2, say`Patches`), { kind: 'table', head, rows }]
}

function rowOf(
  { patch, verdict, files, upstream }: CarriedPatch,
  index: number,
  commit: Parameters<typeof short>[0] | undefined,
): readonly Text[] {
  const by = upstream[0] ? ` by ${short(upstream[0])}` : ''
  return [
    say`${index + 1}`,
    [quoted(patch.title)],
    say`${bold`${verdict}`}${by}`,
    say`${files.length}`,
    [commit ? short(commit) : '–'],
  ]
}

/** `6 clean, 1 to settle`, in the order in which they ask for attention least. */
export function tally(patches: readonly { readonly verdict: Verdict }[]): string {
  return VERDICTS.map((verdict) => ({
    verdict,
    count: patches.filter((each) => each.verdict === verdict).length,
  }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${WORDS[verdict]}`)
    .join(', ')
}

const WORDS: Readonly<Record<Verdict, string>> = {
  clean: 'clean',
  moved: 'moved along with upstream',
  adapted: 'adapted',
  upstreamed: 'already upstream',
  obsolete: 'obsolete',
  conflict: 'to settle',
}
