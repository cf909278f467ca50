import type { Verdict } from '../../model/verdict.ts'
import type { CarriedPatch } from '../../series/carried-series.ts'
import { heading, paragraph, WORTH, type Block, type Part } from '../blocks/block.ts'
import { anchor, bold, code, quoted, say } from '../blocks/text.ts'
import { explainCommand } from '../explain-command.ts'
import { plural } from '../plural.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'
import { VERDICT_WORDS } from '../say-verdict.ts'
import { patchPlace, patchPlaces, shortTitle } from './patch-link.ts'
import { renderPatch } from './render-patch.ts'

/** Whether a patch did not simply go as it was meant to. */
export function asksForMore({ verdict }: CarriedPatch): boolean {
  return verdict !== 'clean' && verdict !== 'moved'
}

/** Patches one by one, those that ask for most first; each is a part of its own, so that only what is worth least is shortened. */
export function renderPatches(
  facts: PullRequestFacts,
  wanted: (each: CarriedPatch) => boolean,
): readonly Part[] {
  if (!facts.carry) return []
  const { carried, diffs, upstream } = facts.carry
  const parts = carried.patches
    .map((each, index) => ({ carried: each, number: index + 1, upstream, at: facts.at }))
    .filter((each) => wanted(each.carried))
    .sort((a, b) => WORTH_OF[b.carried.verdict] - WORTH_OF[a.carried.verdict])
    .map((detail): Part => {
      const full = renderPatch({ ...detail, diffs: diffs.get(detail.carried.patch.id) ?? [] })
      const short = renderPatch({ ...detail, diffs: [] })
      const worth = WORTH_OF[detail.carried.verdict]
      const patch = detail.number
      if (worth === WORTH.clean) return { full, brief: [], worth, patch }
      if (worth === WORTH.upstream) return { full, brief: short, briefest: [], worth, patch }
      const line = [oneLine(facts, detail)]
      return worth === WORTH.adapted
        ? { full, brief: line, worth }
        : { full, brief: short, briefest: line, worth }
    })
  const isRest = parts[0]?.worth === WORTH.clean
  return isRest ? [{ full: [heading(2, say`The other patches`)] }, ...parts] : parts
}

const WORTH_OF: Readonly<Record<Verdict, number>> = {
  conflict: WORTH.conflict,
  adapted: WORTH.adapted,
  obsolete: WORTH.upstream,
  upstreamed: WORTH.upstream,
  moved: WORTH.clean,
  clean: WORTH.clean,
}

function oneLine(
  facts: PullRequestFacts,
  { carried: { patch, verdict }, number }: { readonly carried: CarriedPatch; readonly number: number },
): Block {
  const title = bold`${anchor(patchPlace(number))}${number}. ${quoted(shortTitle(patch.title))}`
  return paragraph(
    say`${title}: ${VERDICT_WORDS[verdict]}. It is too long to show here; look at its commit, or ask with ${code(explainCommand(facts, number))}.`,
  )
}

/** Patches for which there is no room. */
export function unshownPatches(facts: PullRequestFacts, numbers: readonly number[]): readonly Block[] {
  const [first = 1] = numbers
  return [
    paragraph(
      say`For lack of room ${plural(numbers.length, 'patch is', 'patches are')} not shown here: ${patchPlaces(numbers)}. ${code(explainCommand(facts, first))} shows one with its evidence.`,
    ),
  ]
}
