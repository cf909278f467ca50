import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { removeFolder } from './remove-folder.ts'

/** A page in a window. */
interface Screen {
  readonly html: string
  readonly width: number
  readonly height: number
}

/** What a reader meets on it. Places are counted in pixels from the top of the page. */
export interface Measured {
  /** How wide the content is; more than the window and a telephone has to be pushed about. */
  readonly contentWidth: number
  readonly contentHeight: number
  /** The lower edge of each entry with a box to tick. */
  readonly tasks: readonly number[]
  readonly links: readonly { readonly to: string; readonly text: string }[]
  /** References that stand as bare words, where a forge would make something of them. */
  readonly bare: readonly string[]
  /** Links of the page to places that it does not have. */
  readonly lost: readonly string[]
  /** Characters of the longest line of prose. */
  readonly longestLine: number
  /** Folds that stand open, by their summary. */
  readonly open: readonly string[]
  /** The lower edge of each heading. */
  readonly headings: Readonly<Record<string, number>>
}

/** Opens pages in one headless browser, each in a window of its own, and measures them as they are laid out. */
export function measured(browser: string, screens: readonly Screen[]): readonly Measured[] {
  // All of a long report at once is more than the browser waits for.
  if (screens.length > AT_ONCE)
    return [...measured(browser, screens.slice(0, AT_ONCE)), ...measured(browser, screens.slice(AT_ONCE))]
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-screens-'))
  try {
    const file = join(folder, 'screens.html')
    writeFileSync(file, stage(screens))
    const { stdout, stderr } = spawnSync(browser, [...HEADLESS, '--dump-dom', pathToFileURL(file).href], {
      encoding: 'utf8',
      timeout: 120_000,
      maxBuffer: 1e9,
    })
    const said = /<pre id="said">([^]*?)<\/pre>/.exec(stdout)?.[1]
    if (said === undefined) throw new Error(`the browser measured nothing: ${stderr.slice(0, 2000)}`)
    if (said === '') throw new Error('the browser was gone before it had measured')
    const answer = JSON.parse(decodeURIComponent(said)) as readonly Measured[] | { readonly error: string }
    if ('error' in answer) throw new Error(answer.error)
    return answer
  } finally {
    removeFolder(folder)
  }
}

const AT_ONCE = 4

/** Writes a picture of a page as a window shows it, in light or dark. */
export function pictured(
  browser: string,
  screen: Screen,
  { file, dark }: { readonly file: string; readonly dark: boolean },
): void {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-screens-'))
  try {
    const page = join(folder, 'screen.html')
    writeFileSync(page, framed([screen]))
    // 0 is dark, 1 is light.
    const scheme = `--blink-settings=preferredColorScheme=${dark ? 0 : 1}`
    const size = `--window-size=${Math.max(screen.width, 500)},${screen.height}`
    spawnSync(browser, [...HEADLESS, scheme, size, `--screenshot=${file}`, pathToFileURL(page).href], {
      timeout: 120_000,
    })
  } finally {
    removeFolder(folder)
  }
}

const HEADLESS = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run']

function framed(screens: readonly Screen[]): string {
  const frames = screens.map(
    ({ html, width, height }) =>
      `<iframe style="display:block;border:0;width:${width}px;height:${height}px" srcdoc="${withoutPolicy(html).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`,
  )
  return `<!doctype html><meta charset="utf-8"><style>body { margin: 0 }</style>${frames.join('\n')}`
}

/** A page's own policy would keep the measuring out; it is tested elsewhere. */
function withoutPolicy(html: string): string {
  return html.replace(/<meta http-equiv[^>]*>/, '')
}

function stage(screens: readonly Screen[]): string {
  return `${framed(screens)}<pre id="said"></pre><script>${SCRIPT}</script>`
}

/** Runs in the browser, once all windows are laid out. */
const SCRIPT = `
const BARE = /(?:^|[^\\w&/])(?:#\\d+\\b|GH-\\d+|[\\w-]+\\/[\\w.-]+#\\d+)/g
addEventListener('load', () => {
  try { look() } catch (error) { document.getElementById('said').textContent = encodeURIComponent(JSON.stringify({ error: String(error.stack) })) }
})
function look() {
  const all = [...document.querySelectorAll('iframe')].map(({ contentDocument: page }) => {
    const view = page.defaultView
    const bottom = (node) => Math.round(node.getBoundingClientRect().bottom + view.scrollY)
    const inside = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT)
    const bare = []
    while (inside.nextNode()) {
      const node = inside.currentNode
      if (!node.parentElement.closest('code, pre, a, style, script')) bare.push(...(node.data.match(BARE) ?? []))
    }
    const links = [...page.querySelectorAll('a[href]')].map((a) => ({ to: a.getAttribute('href'), text: a.textContent }))
    return {
      contentWidth: page.documentElement.scrollWidth,
      contentHeight: page.documentElement.scrollHeight,
      tasks: [...page.querySelectorAll('li > input[type=checkbox], li > p > input[type=checkbox]')].map((box) => bottom(box.closest('li'))),
      links,
      bare,
      lost: links.map(({ to }) => to).filter((to) => to.startsWith('#') && !page.getElementById(to.slice(1))),
      longestLine: Math.max(0, ...[...page.querySelectorAll('p, li')].map(longestLine)),
      headings: Object.fromEntries([...page.querySelectorAll('h2')].map((head) => [head.textContent, bottom(head)])),
      open: [...page.querySelectorAll('details[open] > summary')].map((each) => each.textContent),
    }
  })
  document.querySelectorAll('iframe').forEach((each) => each.remove())
  document.getElementById('said').textContent = encodeURIComponent(JSON.stringify(all))
}
function longestLine(node) {
  let [longest, count, top] = [0, 0, undefined]
  const inside = node.ownerDocument.createTreeWalker(node, NodeFilter.SHOW_TEXT)
  const range = node.ownerDocument.createRange()
  while (inside.nextNode()) {
    const text = inside.currentNode
    if (text.parentElement.closest('p, li') !== node) continue
    for (let at = 0; at < text.length; at++) {
      range.setStart(text, at)
      range.setEnd(text, at + 1)
      const box = range.getBoundingClientRect()
      if (box.width === 0) continue
      if (top === undefined || box.top > top + 8) [count, top] = [0, box.top]
      longest = Math.max(longest, ++count)
    }
  }
  return longest
}
`
