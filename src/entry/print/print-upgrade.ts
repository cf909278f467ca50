import type { ChosenBranch } from '../../app/repository/choose-branch.ts'
import type { WrittenBranch } from '../../app/branch/move-step-branch.ts'
import type { KubernetesFirst, Upgrade } from '../../app/step/upgrade.ts'
import { linesToTell } from '../../core/explain/sections/render-account.ts'
import { leftOutDiff, LEFT_OUT_WHY, sumsSentence } from '../../core/explain/account-findings.ts'
import { visible } from '../../core/explain/blocks/inert.ts'
import { leftOutNotes } from '../../core/explain/sections/left-out-notes.ts'
import { tally } from '../../core/explain/sections/render-patch-table.ts'
import { flat } from '../../core/explain/blocks/text.ts'
import { groupFiles } from '../../core/explain/group-files.ts'
import { reviewedLines, sayLook } from '../../core/explain/say-look.ts'
import { plural } from '../../core/explain/plural.ts'
import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import { whyInstead } from '../../core/explain/sections/series-notes.ts'
import { short } from '../../core/model/oid.ts'
import type { CarriedPatch } from '../../core/series/carried-series.ts'
import type { Base, LeftOut } from '../../core/series/series.ts'
import { findingLines } from './finding-lines.ts'
import { stepTitle } from './route-lines.ts'
import { wrap } from '../../core/explain/blocks/terminal.ts'

/** What an upgrade came to, for the terminal. */
export function printUpgrade({ plan, to, step, carried, written, ...found }: Upgrade): string {
  const { branch, fork } = plan
  const { inventories, findings, facts } = found
  // What an edit says as its reason stands above already.
  const reasons = new Set(inventories.flatMap(({ edits }) => edits.map(({ why }) => why)))
  const open = findings.filter(({ message }) => !reasons.has(message))
  const tallied = carried.patches.length > 0 ? tally(carried.patches) : 'own files only'
  const parts = [
    [...branchLines(branch), standsLine(branch.name, fork.base), ...disagreementLines(fork.base)],
    step ? [stepTitle(step)] : [],
    [
      `Carried onto ${to}: ${tallied}`,
      ...(carried.patches.length > 0 ? [''] : []),
      ...carried.patches.flatMap((each, index) => carriedLines(each, index + 1)),
    ],
    accountLines(facts, carried.patches),
    leftOutLines(fork.series.leftOut),
    inventoryLines(inventories),
    fixLines(facts.fixes ?? []),
    open.length > 0 ? ['What to know before you apply it:', ...findingLines(open)] : [],
    [writtenLine(written)],
  ]
  const shown = parts.filter((lines) => lines.length > 0)
  return shown.map((lines) => lines.join('\n')).join('\n\n') + '\n'
}

/** Says that Kubernetes goes up before the next release. */
export function printKubernetesFirst({ step, plan }: KubernetesFirst): string {
  const reasons = step.reasons.map(({ message }) => message).join(' ')
  const lines = [
    standsLine(plan.branch.name, plan.fork.base),
    '',
    `Kubernetes comes first: ${stepTitle(step)}`,
    ...wrap(reasons, '  '),
    '',
    'Nothing was written. `multiarch bump .` in the clone makes this step; `--onto TAG` carries the patches to a release all the same.',
  ]
  return lines.join('\n') + '\n'
}

/** Each change of an inventory in a line. */
export function inventoryLines(
  inventories: readonly Pick<Upgrade['inventories'][number], 'edits'>[],
): readonly string[] {
  const edits = inventories.flatMap((each) => each.edits)
  if (edits.length === 0) return []
  return [
    'In the inventory, one commit each:',
    ...edits.flatMap(({ title, why }) => [`  ${title}`, ...wrap(why, '    ')]),
  ]
}

/** Lines of one file that are shown; `multiarch explain` and the JSON have all of them. */
const MOST_LINES = 12

/** Where the lines of the patches came to, and those that are left out. */
function accountLines({ account }: PullRequestFacts, patches: readonly CarriedPatch[]): readonly string[] {
  if (!account) return []
  const files = patches.flatMap(({ patch, files: outcomes }) =>
    outcomes.filter((outcome) => linesToTell(outcome).length > 0).map((outcome) => ({ patch, outcome })),
  )
  const sums = sumsSentence(account.sums)
  return [
    ...(sums === '' ? [] : wrap(sums, '')),
    ...(files.length > 0 ? ['Left out, line by line:'] : []),
    ...files.flatMap(({ patch, outcome }) => {
      const told = linesToTell(outcome)
      const { lines, rest } = leftOutDiff(outcome.path, told, MOST_LINES)
      const reasons = [...new Set(told.map(({ why }) => LEFT_OUT_WHY[why]))].join('; ')
      return [
        ...wrap(`${outcome.path}, of “${patch.title}” (${reasons}):`, '  '),
        ...lines.map((line) => `    ${visible(line)}`),
        ...(rest > 0 ? [`    … ${plural(rest, 'more line')}`] : []),
      ]
    }),
  ]
}

/** Own commits that are not carried, each kind with its reason. */
export function leftOutLines(leftOut: readonly LeftOut[]): readonly string[] {
  return leftOutNotes(leftOut, 'terminal').flatMap((note) => wrap(flat(note), ''))
}

/** Recipes of the fork that had more to do on the release. */
function fixLines(fixes: NonNullable<PullRequestFacts['fixes']>): readonly string[] {
  if (fixes.length === 0) return []
  return [
    'Made anew, since this release needs more of it:',
    ...fixes.flatMap(({ title, files, notes }) => [
      `  ${title}`,
      ...wrap(files.join(', '), '    '),
      ...notes.flatMap((note) => wrap(note, '    ')),
    ]),
  ]
}

/** What became of the branch. */
export function writtenLine(written: WrittenBranch | undefined): string {
  if (!written) return 'Dry run: nothing was written.'
  const { name, tip, change } = written
  return change === 'unchanged'
    ? `Nothing to do: \`${name}\` is what I would write (${short(tip)}).`
    : `Wrote branch \`${name}\` at ${short(tip)} (working tree untouched).`
}

export function branchLines({ insteadOf, name, others }: ChosenBranch): readonly string[] {
  if (!insteadOf) return []
  const lines = [flat(whyInstead(name, insteadOf))]
  if (others.length > 0) {
    const list = others.slice(0, 8).map((each) => `${each.name} (${each.commits})`)
    const more = others.length > 8 ? ', …' : ''
    lines.push(
      ...wrap(`Other branches with own commits: ${list.join(', ')}${more}. Choose with --branch.`, ''),
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

function carriedLines(carried: CarriedPatch, number: number): readonly string[] {
  const { patch, verdict, files, cause, look } = carried
  const lines = [`${String(number).padStart(3)}  ${verdict.padEnd(10)}  ${patch.title}`]
  if (cause) lines.push(...wrap(`follows from “${cause.title}”`, '       '))
  for (const { verdict: each, reason, places } of groupFiles(files)) {
    if (each === 'clean') continue
    const [first, ...rest] = places
    const more = rest.length > 0 ? ` and ${plural(rest.length, 'more file')}` : ''
    lines.push(...wrap(`${first}${more}: ${flat(reason)}`, '       '))
  }
  if (look)
    lines.push(
      ...wrap(sayLook(carried), '       '),
      ...reviewedLines(carried).map((line) => `         ${line}`),
    )
  return lines
}
