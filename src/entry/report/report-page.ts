import type { GridRow } from '../../core/audit/whole/component-grid.ts'
import { renderAccount } from '../../core/explain/sections/render-account.ts'
import { renderAddons } from '../../core/explain/sections/render-addons.ts'
import { renderApply } from '../../core/explain/sections/render-apply.ts'
import { renderAudit } from '../../core/explain/sections/render-audit.ts'
import { renderDecisions } from '../../core/explain/sections/render-decisions.ts'
import { renderWay } from '../../core/explain/sections/render-way.ts'
import { heading, paragraph, whole, type Block } from '../../core/explain/blocks/block.ts'
import { escapeHtml, headingId, html, inlineHtml } from '../../core/explain/blocks/html.ts'
import { say, type Text } from '../../core/explain/blocks/text.ts'
import { renderPatch } from '../../core/explain/sections/render-patch.ts'
import { renderRoutePicture } from '../../core/explain/sections/render-route-picture.ts'
import { renderKubernetes } from '../../core/explain/sections/render-kubernetes.ts'
import { renderNotes } from '../../core/explain/sections/render-notes.ts'
import { renderPatchTable, tally } from '../../core/explain/sections/render-patch-table.ts'
import type { CarryFacts, PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import { seriesNotes } from '../../core/explain/sections/series-notes.ts'
import { renderSummary } from '../../core/explain/sections/render-summary.ts'
import { renderPlaybooks } from '../../core/explain/sections/render-playbooks.ts'
import { renderVariables } from '../../core/explain/sections/render-variables.ts'
import type { Architecture } from '../../core/model/architecture.ts'
import { VERDICTS } from '../../core/model/verdict.ts'
import { gridTable } from './grid-table.ts'
import { drawChange } from './draw-change.ts'
import { reportStyle } from './report-style.ts'

export interface ReportFacts {
  readonly title: string
  readonly step: PullRequestFacts
  /** Components by architecture, where an audit was made. */
  readonly grid?: { readonly rows: readonly GridRow[]; readonly architectures: readonly Architecture[] }
}

/**
 * A step as one HTML file that needs nothing else: no script, no font, no picture from anywhere, and a policy that would
 * keep them out. It says the same sentences as the pull request, without a limit.
 */
export function reportPage({ title, step, grid }: ReportFacts): string {
  const { carry, branch, route } = step
  const first = [
    paragraph(renderSummary(step)),
    ...whole(renderDecisions(step)),
    ...renderWay(step),
    ...(carry ? seriesNotes({ branch, surface: 'terminal', ...carry }) : []),
    ...(carry ? whole(renderPatchTable(carry, step.at)) : []),
  ]
  const rest = [
    ...renderKubernetes(step),
    ...whole(renderVariables(step)),
    ...whole(renderPlaybooks(step)),
    ...whole(renderAddons(step)),
    ...whole(renderAudit(step)),
    ...whole(renderNotes(step)),
    ...whole(renderAccount(step)),
    ...renderApply(step),
    ...(route ? renderRoutePicture(route) : []),
  ]
  return page(title, [
    shown(first),
    ...(grid ? [gridSection(grid)] : []),
    shown(rest),
    ...(carry && carry.carried.patches.length > 0 ? [patchSection(carry, step.at)] : []),
  ])
}

/** Any blocks of ours as such a file. */
export function blocksPage(title: string, blocks: readonly Block[]): string {
  return page(title, [shown(blocks)])
}

/** A part of a page, with the headings by which it is found. */
interface Section {
  readonly html: string
  readonly headings: readonly Text[]
}

function shown(blocks: readonly Block[]): Section {
  const headings = blocks.flatMap((block) =>
    block.kind === 'heading' && block.level === 2 ? [block.text] : [],
  )
  return { html: html(blocks, drawChange), headings }
}

function gridSection({ rows, architectures }: NonNullable<ReportFacts['grid']>): Section {
  const table = gridTable(rows, architectures)
  const head = say`What each architecture gets`
  return table === ''
    ? { html: '', headings: [] }
    : { html: `${html([heading(2, head)], drawChange)}\n${table}`, headings: [head] }
}

/** Every patch with its before and after, behind buttons that show those of one verdict alone: fields of a form, and no script. */
function patchSection(
  { carried: { patches }, diffs, upstream }: CarryFacts,
  at: PullRequestFacts['at'],
): Section {
  const head = say`Each patch, before and after`
  const blocks = patches.flatMap((carried, index) =>
    renderPatch({ carried, number: index + 1, diffs: diffs.get(carried.patch.id) ?? [], upstream, at }),
  )
  const found = VERDICTS.filter((verdict) => patches.some((each) => each.verdict === verdict))
  const counted = found.map((verdict) => {
    const those = patches.filter((each) => each.verdict === verdict)
    return button(verdict, `${tally(those)}`, false)
  })
  const buttons = found.length > 1 ? [button('all', `All ${patches.length}`, true), ...counted] : []
  const list = `<div class="patches">\n${buttons.join('\n')}\n${html(blocks, drawChange)}\n</div>`
  return { html: `${html([heading(2, head)], drawChange)}\n${list}`, headings: [head] }
}

function button(which: string, words: string, isChosen: boolean): string {
  const id = `only-${which}`
  return `<input type="radio" name="only" id="${id}"${isChosen ? ' checked' : ''}><label for="${id}">${escapeHtml(words)}</label>`
}

function contents(headings: readonly Text[]): string {
  // Of less than three nobody needs a list.
  if (headings.length < 3) return ''
  const entries = headings.map((text) => {
    const words = text.filter((piece) => typeof piece === 'string' || piece.kind !== 'anchor')
    return `<li><a href="#${headingId(text)}">${inlineHtml(words)}</a></li>`
  })
  return `<nav aria-label="Contents"><b>Contents</b><ul>\n${entries.join('\n')}\n</ul></nav>\n`
}

function page(title: string, sections: readonly Section[]): string {
  const headings = sections.flatMap((section) => section.headings)
  const parts = sections.map((section) => section.html).filter((part) => part !== '')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>
${reportStyle()}
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${contents(headings)}${parts.join('\n\n')}
<p class="made">Made by kubespray-multiarch.</p>
</body>
</html>
`
}
