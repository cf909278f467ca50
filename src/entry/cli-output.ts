import type { ChosenBranch } from '../app/choose-branch.ts'
import type { Upgrade } from '../app/upgrade.ts'
import { tally } from '../core/explain/patch-table.ts'
import { groupFiles } from '../core/explain/file-groups.ts'
import { plural } from '../core/explain/markdown.ts'
import { whyInstead } from '../core/explain/series-notes.ts'
import { short } from '../core/model/oid.ts'
import type { CarriedPatch } from '../core/series/carried.ts'
import type { Base } from '../core/series/series.ts'

/** What an upgrade came to, for the terminal. */
export function printUpgrade({ branch, fork, to, carried, written }: Upgrade): string {
  const lines = [
    ...branchLines(branch),
    standsLine(branch.name, fork.base),
    ...disagreementLines(fork.base),
    '',
  ]
  lines.push(
    `Carried onto ${to}: ${carried.patches.length > 0 ? tally(carried.patches) : 'own files only'}`,
    '',
  )
  carried.patches.forEach((each, index) => lines.push(...carriedLines(each, index + 1)))
  lines.push('')
  if (!written) lines.push('Dry run: nothing was written.')
  else if (written.change === 'unchanged')
    lines.push(`Nothing to do: \`${written.name}\` is what I would write (${short(written.tip)}).`)
  else lines.push(`Wrote branch \`${written.name}\` at ${short(written.tip)} (working tree untouched).`)
  return lines.join('\n') + '\n'
}

export function branchLines({ insteadOf, name, others }: ChosenBranch): readonly string[] {
  if (!insteadOf) return []
  const lines = [whyInstead(name, insteadOf)]
  if (others.length > 0) {
    const list = others.slice(0, 8).map((each) => `${each.name} (${each.commits})`)
    lines.push(
      `Other branches with own commits: ${list.join(', ')}${others.length > 8 ? ', …' : ''}. Choose with --branch.`,
    )
  }
  return [...lines, '']
}

export function standsLine(branch: string, base: Base): string {
  if (base.exact) return `\`${branch}\` stands on ${base.release} (${short(base.commit)})`
  return `\`${branch}\` stands on ${short(base.commit)}, after ${base.release}`
}

export function disagreementLines({ disagreement, found, release }: Base): readonly string[] {
  if (disagreement) {
    const witness = disagreement.says === 'trailer' ? 'My own note' : 'Its history'
    return [
      `${witness} says ${disagreement.release}, but its files are those of ${release}: I go by the files.`,
    ]
  }
  return found === 'content'
    ? ['It shares no history with upstream; I compared its files with every release.']
    : []
}

function carriedLines({ patch, verdict, files, cause }: CarriedPatch, number: number): readonly string[] {
  const lines = [`${String(number).padStart(3)}  ${verdict.padEnd(10)}  ${patch.title}`]
  if (cause) lines.push(`       follows from “${cause.title}”`)
  for (const { verdict: each, reason, places } of groupFiles(files)) {
    if (each === 'clean') continue
    const [first, ...rest] = places
    const more = rest.length > 0 ? ` and ${plural(rest.length, 'more file')}` : ''
    lines.push(`       ${first}${more}: ${reason}`)
  }
  return lines
}
