import { heading, list, paragraph, type Block, type Item } from '../blocks/block.ts'
import { code, say, type Text } from '../blocks/text.ts'
import { plural } from '../plural.ts'
import type { Check } from './check.ts'

/** What was looked at, what is in the way first; the verdict stands last, where the eye is. */
export function doctorBlocks(checks: readonly Check[]): readonly Block[] {
  const groups = GROUPS.flatMap(([state, head]) => {
    const own = checks.filter((each) => each.state === state)
    return own.length === 0 ? [] : [heading(2, [head]), list(own.map(itemOf))]
  })
  return [...groups, paragraph(verdictOf(checks))]
}

const GROUPS: readonly (readonly [Check['state'], string])[] = [
  ['fine', 'Fine'],
  ['not-looked', 'Not looked at'],
  ['look', 'To look at'],
  ['stops', 'In the way'],
]

function itemOf({ text, at, mend = [] }: Check): Item {
  const place = at ? say`${code(`${at.file}:${at.line}`)}: ` : ''
  return { text: say`${place}${text}`, items: mend.map((command) => ({ text: [code(command)] })) }
}

function verdictOf(checks: readonly Check[]): Text {
  const count = (state: Check['state']): number => checks.filter((each) => each.state === state).length
  const [stops, looks, unseen] = [count('stops'), count('look'), count('not-looked')]
  const rest = unseen > 0 ? `; ${plural(unseen, 'thing')} I did not look at` : ''
  if (stops > 0) return say`It cannot work here: ${plural(stops, 'thing')} in the way${rest}.`
  if (looks > 0) return say`It can work here; ${plural(looks, 'thing')} to look at${rest}.`
  return say`I found nothing in the way${rest}.`
}
