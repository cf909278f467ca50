import type { CarriedPatch } from '../../series/carried-series.ts'
import { heading, list, paragraph, whole, type Block, type Item } from '../blocks/block.ts'
import { code, quoted, say, sentence } from '../blocks/text.ts'
import { groupFiles } from '../group-files.ts'
import { plural } from '../plural.ts'
import type { PullRequestFacts } from '../pull-request-facts.ts'
import { reviewedLines, sayLook } from '../say-look.ts'
import { remarkList } from '../sections/remark-list.ts'
import { renderAccount } from '../sections/render-account.ts'
import { renderAddons } from '../sections/render-addons.ts'
import { renderApply } from '../sections/render-apply.ts'
import { renderAudit } from '../sections/render-audit.ts'
import { renderKubernetes } from '../sections/render-kubernetes.ts'
import { isNoted, renderNotes } from '../sections/render-notes.ts'
import { renderPatchTable } from '../sections/render-patch-table.ts'
import { renderPlace } from '../sections/render-place.ts'
import { renderPlaybooks } from '../sections/render-playbooks.ts'
import { renderRoutePicture } from '../sections/render-route-picture.ts'
import { renderLanding } from '../branches/render-landing.ts'
import { renderSummary } from '../sections/render-summary.ts'
import { renderWay } from '../sections/render-way.ts'
import { renderVariables } from '../sections/render-variables.ts'
import { sayVerdict } from '../say-verdict.ts'
import { seriesNotes } from '../sections/series-notes.ts'
import { otherBranches, type BranchFacts } from './plan-blocks.ts'

/** What a terminal has beside the facts of the proposal. */
interface Beside {
  readonly title: string
  readonly branch: BranchFacts
  /** The commits that edit inventories, each with its reason. */
  readonly edits: readonly { readonly title: string; readonly why: string }[]
}

/**
 * A step for a terminal: the sections of its proposal in their order. What waits for a person comes last, where the eye is when the
 * command has ended (`what-waits.ts`); before and after of each patch are in the report and in `multiarch explain`.
 */
export function stepBlocks(facts: PullRequestFacts, { title, branch, edits }: Beside): readonly Block[] {
  const { carry, route, findings = [], written } = facts
  const unread = findings.filter(({ code: each }) => each === 'variable-unread')
  const isMany = unread.length > FEW_UNREAD
  const audited = isMany ? { ...facts, findings: findings.filter((each) => !unread.includes(each)) } : facts
  return [
    heading(2, [title]),
    paragraph(renderSummary(facts)),
    ...renderLanding(facts),
    ...renderWay(facts),
    ...reasonBlocks(facts),
    ...(carry ? seriesNotes({ branch: facts.branch, surface: 'terminal', ...carry }) : []),
    ...otherBranches(branch),
    ...(route ? renderRoutePicture(route) : []),
    ...(carry ? [...whole(renderPatchTable(carry, facts.at)), ...whyBlocks(carry.carried.patches)] : []),
    ...renderPlace(facts),
    ...whole(renderAccount(facts)),
    ...renderKubernetes(facts),
    ...whole(renderVariables(facts)),
    ...editBlocks(edits),
    ...whole(renderPlaybooks(facts)),
    ...whole(renderAddons(facts)),
    ...whole(renderAudit(audited)),
    ...(isMany ? [remarkList(unread)] : []),
    ...whole(renderNotes(withoutSaid(facts, edits))),
    ...(written ? renderApply(facts) : []),
  ]
}

/** A note that the step acts on is the reason of that commit, and need not be said once more. */
function withoutSaid(facts: PullRequestFacts, edits: Beside['edits']): PullRequestFacts {
  const said = new Set(edits.map(({ why }) => why))
  const { lint = [] } = facts
  return { ...facts, lint: lint.filter(({ message }) => !said.has(message)) }
}

/** The first reason stands where the step is on the way, and some among what changes. */
function reasonBlocks({ kind, step }: PullRequestFacts): readonly Block[] {
  const rest = (step?.reasons ?? []).slice(1).filter((reason) => !isNoted(reason))
  return kind === 'kubernetes' && rest.length > 0 ? [list(rest.map(({ message }) => sentence(message)))] : []
}

/** So many variables that nothing reads are said one by one. */
const FEW_UNREAD = 2

/** Of each patch that is not as it was, what became of its files and why. */
function whyBlocks(patches: readonly CarriedPatch[]): readonly Block[] {
  const items = patches.flatMap((carried, index): readonly Item[] => {
    const items = whyItems(carried)
    if (items.length === 0) return []
    const { patch, verdict } = carried
    return [{ text: say`${index + 1} ${quoted(patch.title)}: ${sayVerdict(verdict)}`, items }]
  })
  return items.length === 0 ? [] : [paragraph(say`Why:`), { kind: 'list', items }]
}

function whyItems(carried: CarriedPatch): readonly Item[] {
  const { files, cause } = carried
  const look = sayLook(carried)
  return [
    ...(cause ? [{ text: say`follows from “${quoted(cause.title)}”` }] : []),
    ...groupFiles(files)
      .filter(({ verdict }) => verdict !== 'clean')
      .map(({ reason, places: [first = '', ...rest] }) => {
        const more = rest.length > 0 ? ` and ${plural(rest.length, 'more file')}` : ''
        return { text: say`${code(first)}${more}: ${reason}` }
      }),
    ...(look === ''
      ? []
      : [
          {
            text: [look],
            items: reviewedLines(carried).map((line) => ({ text: [quoted(line)] })),
          },
        ]),
  ]
}

function editBlocks(edits: Beside['edits']): readonly Block[] {
  if (edits.length === 0) return []
  const items = edits.map(({ title, why }) => ({ text: [quoted(title)], items: [{ text: sentence(why) }] }))
  return [paragraph(say`In the inventory, one commit each:`), { kind: 'list', items }]
}
