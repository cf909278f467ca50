import type { GridRow } from '../../core/audit/whole/component-grid.ts'
import { renderAccount } from '../../core/explain/sections/render-account.ts'
import { renderAddons } from '../../core/explain/sections/render-addons.ts'
import { renderApply } from '../../core/explain/sections/render-apply.ts'
import { renderAudit } from '../../core/explain/sections/render-audit.ts'
import { renderEyeLines } from '../../core/explain/sections/render-eyes.ts'
import { heading, paragraph, type Block, type Part } from '../../core/explain/blocks/block.ts'
import { escapeHtml, html } from '../../core/explain/blocks/html.ts'
import { say } from '../../core/explain/blocks/text.ts'
import { renderPatch } from '../../core/explain/sections/render-patch.ts'
import { renderRoutePicture } from '../../core/explain/sections/render-route-picture.ts'
import { renderKubernetes } from '../../core/explain/sections/render-kubernetes.ts'
import { renderNotes } from '../../core/explain/sections/render-notes.ts'
import { renderPatchTable } from '../../core/explain/sections/render-patch-table.ts'
import type { CarryFacts, PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import { seriesNotes } from '../../core/explain/sections/series-notes.ts'
import { renderSummary } from '../../core/explain/sections/render-summary.ts'
import { renderPlaybooks } from '../../core/explain/sections/render-playbooks.ts'
import { renderVariables } from '../../core/explain/sections/render-variables.ts'
import type { Architecture } from '../../core/model/architecture.ts'
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
  const before = [
    paragraph(renderSummary(step)),
    ...(carry ? seriesNotes({ branch, surface: 'terminal', ...carry }) : []),
    ...(route ? renderRoutePicture(route) : []),
    ...(carry ? renderPatchTable(carry) : []),
    ...renderEyeLines(step),
    ...whole(renderAccount(step)),
  ]
  const after = [
    ...renderKubernetes(step),
    ...whole(renderVariables(step)),
    ...whole(renderPlaybooks(step)),
    ...whole(renderAddons(step)),
    ...whole(renderAudit(step)),
    ...whole(renderNotes(step)),
    ...renderApply(step),
    ...(carry ? everyPatch(carry) : []),
  ]
  const table = grid ? gridTable(grid.rows, grid.architectures) : ''
  return page(title, [html(before, drawChange), table, html(after, drawChange)].join('\n\n'))
}

/** Any blocks of ours as such a file. */
export function blocksPage(title: string, blocks: readonly Block[]): string {
  return page(title, html(blocks, drawChange))
}

function whole(parts: readonly Part[]): readonly Block[] {
  return parts.flatMap(({ full }) => full)
}

function everyPatch({ carried: { patches }, diffs, upstream }: CarryFacts): readonly Block[] {
  if (patches.length === 0) return []
  const shown = patches.flatMap((carried, index) =>
    renderPatch({ carried, number: index + 1, diffs: diffs.get(carried.patch.id) ?? [], upstream }),
  )
  return [heading(2, say`Each patch, before and after`), ...shown]
}

function page(title: string, body: string): string {
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
${body}
<p class="made">Made by kubespray-multiarch.</p>
</body>
</html>
`
}
