/**
 * Pictures of everything that people read in a browser, as GitHub lays it out: `npx tsx bench/screens.ts <folder>`, at 1280 × 800 and
 * 390 × 844, light and dark, and where the last decision of a proposal stands. Needs Debian's chromium.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from '../test/support/chromium.ts'
import { measured, pictured } from '../test/support/measured.ts'
import {
  dashboardPage,
  fullProposalPage,
  onboardingPage,
  proposalPage,
  reportOf,
} from '../test/support/screens.ts'
import { statusPage } from '../test/support/status-page.ts'

const [folder = 'screens', only] = process.argv.slice(2)
const browser = findChromium()
if (browser === undefined) throw new Error('This looks at pages in a real browser: apt-get install chromium')
mkdirSync(folder, { recursive: true })

const all: Readonly<Record<string, string>> = {
  'proposal-6': proposalPage(6),
  'proposal-25': proposalPage(25),
  'proposal-80': proposalPage(80),
  'proposal-full': fullProposalPage(),
  onboarding: onboardingPage(25),
  dashboard: dashboardPage(25),
  report: reportOf(25),
  status: await statusPage(),
}
const chosen = Object.entries(all).filter(([name]) => only === undefined || name.startsWith(only))
const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]
const screens = chosen.flatMap(([name, html]) => sizes.map((size) => ({ name, html, ...size })))
for (const [at, { contentWidth, contentHeight, tasks, links, bare, lost }] of measured(
  browser,
  screens,
).entries()) {
  const { name = '', width = 0 } = screens[at] ?? {}
  const last = tasks.length > 0 ? `, last of ${tasks.length} decisions at ${Math.max(...tasks)}` : ''
  console.log(
    `${name} at ${width}: ${contentWidth} × ${contentHeight}${last}; ${links.length} links, ${bare.length} bare, ${lost.length} lead nowhere`,
  )
}
for (const { name, html, width, height } of screens)
  for (const dark of [false, true])
    pictured(
      browser,
      { html, width, height },
      { file: join(folder, `${name}-${width}-${dark ? 'dark' : 'light'}.png`), dark },
    )
