import type { GridRow } from '../../core/audit/whole/component-grid.ts'
import { renderAccount } from '../../core/explain/sections/render-account.ts'
import { renderAddons } from '../../core/explain/sections/render-addons.ts'
import { renderApply } from '../../core/explain/sections/render-apply.ts'
import { renderAudit } from '../../core/explain/sections/render-audit.ts'
import { renderEyeLines } from '../../core/explain/sections/render-eyes.ts'
import type { Part } from '../../core/explain/fit.ts'
import { renderKubernetes } from '../../core/explain/sections/render-kubernetes.ts'
import { renderNotes } from '../../core/explain/sections/render-notes.ts'
import { renderPatchTable } from '../../core/explain/sections/render-patch-table.ts'
import type { PullRequestFacts } from '../../core/explain/pull-request-facts.ts'
import { seriesNotes } from '../../core/explain/sections/series-notes.ts'
import { renderSummary } from '../../core/explain/sections/render-summary.ts'
import { renderVariables } from '../../core/explain/sections/render-variables.ts'
import type { Architecture } from '../../core/model/architecture.ts'
import { gridTable } from './grid-table.ts'
import { blockHtml, escapeHtml } from './escape-html.ts'
import { patchSections } from './patch-sections.ts'
import { routePicture } from './route-picture.ts'
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
  const { carry, branch } = step
  const sections = [
    blockHtml(renderSummary(step)),
    carry ? blockHtml(seriesNotes({ branch, surface: 'terminal', ...carry })) : '',
    routePicture(step.route),
    carry ? blockHtml(renderPatchTable(carry)) : '',
    blockHtml(renderEyeLines(step)),
    partsHtml(renderAccount(step)),
    grid ? gridTable(grid.rows, grid.architectures) : '',
    blockHtml(renderKubernetes(step)),
    partsHtml(renderVariables(step)),
    partsHtml(renderAddons(step)),
    partsHtml(renderAudit(step)),
    partsHtml(renderNotes(step)),
    blockHtml(renderApply(step)),
    carry ? patchSections(carry) : '',
  ]
  return page(title, sections.filter((section) => section !== '').join('\n\n'))
}

/** Any Markdown of ours as such a file: the report of an audit. */
export function markdownPage(title: string, markdown: string): string {
  return page(title, blockHtml(markdown))
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

function partsHtml(parts: readonly Part[]): string {
  return blockHtml(parts.map(({ full }) => full).join('\n\n'))
}
