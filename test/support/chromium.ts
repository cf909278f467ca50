import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { removeFolder } from './remove-folder.ts'

/** The browser's program, where there is one. In CI there has to be. */
export function findChromium(): string | undefined {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    if (spawnSync(name, ['--version']).status === 0) return name
  }
  if (process.env['CI'] === 'true')
    throw new Error('The report is looked at in a real browser: apt-get install chromium')
  return undefined
}

interface Look {
  /** What the page wrote to the console, errors of its policy included. */
  readonly console: readonly string[]
  /** Addresses that the page asked for; the browser's own are left out. */
  readonly requests: readonly string[]
  /** How wide the page's content is at the window's width. */
  readonly width: number
}

/** Opens a file in a headless browser at a width, as a reader would. */
export function lookAt(browser: string, file: string, width: number): Look {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-browser-'))
  try {
    const log = join(folder, 'net.json')
    const { stderr } = spawnSync(
      browser,
      [
        ...[
          '--headless',
          '--no-sandbox',
          '--disable-gpu',
          '--no-first-run',
          '--disable-background-networking',
        ],
        ...[
          '--disable-component-update',
          '--disable-sync',
          '--enable-logging=stderr',
          `--log-net-log=${log}`,
        ],
        ...[
          `--user-data-dir=${folder}`,
          `--window-size=${width},900`,
          '--dump-dom',
          pathToFileURL(file).href,
        ],
      ],
      { encoding: 'utf8', timeout: 60_000, maxBuffer: 1e8 },
    )
    return {
      console: stderr.split('\n').filter((line) => line.includes(':CONSOLE')),
      requests: requestsIn(readFileSync(log, 'utf8')),
      width: contentWidth(browser, file, width),
    }
  } finally {
    removeFolder(folder)
  }
}

/** Updates and the clock of the browser itself. */
const OWN = /^https?:\/\/[^/]*\.(?:google|googleapis|gvt1|gstatic)\.com\//

function requestsIn(log: string): readonly string[] {
  const urls = [...log.matchAll(/"url":"([^"]+)"/g)].map(([, url]) => url as string)
  return [...new Set(urls)].filter((url) => !url.startsWith('file:') && !OWN.test(url))
}

/** A page that is wider than its window is one that a telephone has to be pushed about on. */
function contentWidth(browser: string, file: string, width: number): number {
  const frame = `<!doctype html><iframe style="border:0;width:${width}px;height:900px" srcdoc="${readFileSync(
    file,
    'utf8',
  )
    .replace(/<meta http-equiv[^>]*>/, '')
    .replaceAll('&', '&amp;')
    .replaceAll(
      '"',
      '&quot;',
    )}"></iframe><script>addEventListener('load',()=>{document.title=String(document.querySelector('iframe').contentDocument.documentElement.scrollWidth)})</script>`
  const page = `data:text/html;base64,${Buffer.from(frame).toString('base64')}`
  const dom = execFileSync(browser, ['--headless', '--no-sandbox', '--disable-gpu', '--dump-dom', page], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1e8,
    timeout: 60_000,
  })
  return Number(/<title>(\d+)<\/title>/.exec(dom)?.[1])
}
