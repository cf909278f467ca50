import type { ConflictSide } from '../../model/sides.ts'
import type { Settlement } from '../../series/settlement.ts'

const AS: Readonly<Record<Settlement['side'], string>> = {
  mine: 'as the patch has it',
  upstream: 'as the release has it',
  both: 'with both sides',
  hand: 'by hand',
  follows: 'merged by itself, since what it waited for is settled',
  open: 'open again, since it no longer follows from what is settled',
  forgotten: 'open again; how it was settled is forgotten',
}

/** The first line of a commit that settles a conflict. */
export function settledTitle(title: string, side: ConflictSide | 'hand'): string {
  return `Settle “${title}” ${AS[side]}`
}

/** What the commit says of each file. */
export function settledText(
  settlements: readonly (Pick<Settlement, 'side' | 'path'> & { readonly title: string })[],
): string {
  return settlements.map(({ title, path, side }) => `- ${path}, of “${title}”: ${AS[side]}`).join('\n')
}
