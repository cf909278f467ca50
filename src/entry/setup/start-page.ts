import type { Block } from '../../core/explain/blocks/block.ts'
import { escapeHtml, html } from '../../core/explain/blocks/html.ts'
import {
  setupAsks,
  setupFailed,
  setupForeign,
  setupOver,
  type PageFacts,
} from '../../core/explain/setup/setup-asks.ts'
import { drawChange } from '../report/draw-change.ts'
import { reportStyle } from '../report/report-style.ts'
import type { AppManifest } from './app-manifest.ts'

/** A page for the browser of whoever sets the App up. */
export interface Page {
  readonly status: number
  readonly html: string
  /** The one other place that its form may go to. */
  readonly mayPostTo?: string
}

interface StartPage extends PageFacts {
  /** GitHub's own page that takes manifests. */
  readonly action: string
  readonly manifest: AppManifest
}

/** What is asked for, and the button that hands the manifest to GitHub. */
export function startPage(facts: StartPage): Page {
  const { action, manifest, web } = facts
  const value = escapeHtml(JSON.stringify(manifest))
  const form = `<form action="${escapeHtml(action)}" method="post"><input type="hidden" name="manifest" value="${value}"><p><button>Go on to GitHub</button></p></form>`
  return { status: 200, html: pageOf(setupAsks(facts), form), mayPostTo: new URL(web).origin }
}

export function foreignPage(): Page {
  return { status: 400, html: pageOf(setupForeign()) }
}

export function overPage(): Page {
  return { status: 409, html: pageOf(setupOver()) }
}

export function failedPage(): Page {
  return { status: 502, html: pageOf(setupFailed()) }
}

const TITLE = 'Set up kubespray-multiarch'

function pageOf(blocks: readonly Block[], more = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TITLE}</title>
<style>${reportStyle()}</style>
</head>
<body>
<h1>${TITLE}</h1>
${html(blocks, drawChange)}
${more}
</body>
</html>
`
}
