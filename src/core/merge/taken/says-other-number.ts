import { spelled } from '../spelled.ts'
import type { Taken } from './taken.ts'

/**
 * Whether what upstream has in the place of a patch's line has another number in it, or the same ones in another order. A number is mostly what a line is there to say, and nearly all
 * of its words are the same: how alike the two are tells nothing of it.
 */
export function saysOtherNumber(text: string, { whole, fates }: Pick<Taken, 'whole' | 'fates'>): boolean {
  const line = spelled(text)
  const forms = [whole?.reviewed.matches, ...fates.map(({ matches }) => matches)]
  const match = forms.find((matches) => matches?.has(line))?.get(line)
  if (match?.how !== 'words' || match.other === undefined) return false
  const ours = line.match(NUMBERS) ?? []
  let at = 0
  for (const number of match.other.match(NUMBERS) ?? []) if (number === ours[at]) at++
  return at < ours.length
}

const NUMBERS = /\d+/g
