import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { writeStepReport } from '../../src/entry/commands/write-report.ts'
import { lines, list, type Block } from '../../src/core/explain/blocks/block.ts'
import { html, inlineHtml } from '../../src/core/explain/blocks/html.ts'
import { bold, code, ours, quoted, sentence } from '../../src/core/explain/blocks/text.ts'
import { reportPage, type ReportFacts } from '../../src/entry/report/report-page.ts'
import { renderPullRequest } from '../../src/core/explain/texts/render-pull-request.ts'
import { findChromium, lookAt } from '../support/chromium.ts'
import { carriedPatch, carryFacts, fullStep } from '../support/pull-request.ts'
import { removeFolder } from '../support/remove-folder.ts'

const FACTS: ReportFacts = {
  title: 'Kubespray v2.11.0',
  step: fullStep(),
  grid: {
    architectures: ['amd64', 'arm64', 'arm'],
    rows: [
      { component: 'etcd', version: 'v3.3.10', cells: { amd64: 'checked', arm64: 'checked', arm: 'fails' } },
      { component: 'flannel', version: undefined, cells: { amd64: 'image', arm64: 'image', arm: 'wrong' } },
    ],
  },
}

const say = (text: string): Block => ({ kind: 'paragraph', text: sentence(text) })

describe('blocks as HTML', () => {
  test.each([
    [{ kind: 'heading', level: 2, text: ours('Head `x`') }, '<h2>Head <code>x</code></h2>'],
    [say('one\ntwo'), '<p>one\ntwo</p>'],
    [{ kind: 'paragraph', text: [bold`bold`, ' and *not*'] }, '<p><b>bold</b> and *not*</p>'],
    [say('`` a`b ``'), '<p><code>a`b</code></p>'],
    [say('<img src=x>'), '<p>&lt;img src=x&gt;</p>'],
    [
      list([{ text: ['a'], items: [{ text: ['b'] }] }, ['c']]),
      '<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul></li>\n<li>c</li>\n</ul>',
    ],
    [
      { ...list([{ text: ['a'], items: [{ text: ['why'] }] }, ['b']]), isNumbered: true },
      '<ol>\n<li>a\n<ul>\n<li>why</li>\n</ul></li>\n<li>b</li>\n</ol>',
    ],
    [lines(['a < b'], 'sh'), '<pre><code>a &lt; b</code></pre>'],
    [
      { kind: 'table', head: [['a'], ['b']], rows: [[[code('x|y')], ['2']]] },
      '<div class="wide"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><code>x|y</code></td><td>2</td></tr></tbody></table></div>',
    ],
    [
      { kind: 'fold', summary: ['more'], blocks: [say('text')] },
      '<details>\n<summary>more</summary>\n<p>text</p>\n</details>',
    ],
  ] as [Block, string][])('%j', (block, expected) => {
    expect(html([block], () => '')).toBe(expected)
  })
  test('whatever stands in a line, no tag comes out of it but code and stress', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('`', '*', '\\', '<b>', '"', '&', 'x', '|', '<script>') }),
        (text) => {
          const said = [...sentence(text), bold`${quoted(text)}`, code(text), text]
          expect(inlineHtml(said).replace(/<\/?(?:code|b|i)>/g, '')).not.toMatch(/<|"/)
        },
      ),
    )
  })
})

describe('the report of a step', () => {
  const page = reportPage(FACTS)
  test('says what the pull request says', () => {
    for (const part of [
      'This moves <code>main</code>',
      'What needs your eyes',
      'Flannel for arm',
      'Kubespray does not uninstall anything',
      'upgrade-cluster.yml',
    ])
      expect(page).toContain(part)
    expect(page).toContain('<td class="fails" title="fails: no checksum of its own">✗</td>')
  })
  test('needs nothing else: no script, and nothing from anywhere', () => {
    expect(page).not.toMatch(/<script|\son\w+=|javascript:/i)
    expect(
      [...page.matchAll(/\b(?:src|href)="([^"]*)"/g)]
        .map(([, target]) => target)
        .filter((each) => !/^(?:data:|#)/.test(each as string)),
    ).toEqual([])
    expect(page).not.toMatch(/url\((?!data:)|@import/)
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`)
  })
  test('takes other people’s text for text', () => {
    const evil = '<img src=x onerror=alert(1)>"\'&</pre></details><script>'
    const patch = carriedPatch('1', {
      title: evil,
      author: evil,
      verdict: 'conflict',
      files: [
        {
          path: evil,
          reasons: [{ code: 'made-by-earlier', title: evil }],
          regions: [{ line: 1, key: evil, sides: { base: evil, upstream: evil, patch: evil } }],
        },
      ],
    })
    const diff = { path: evil, to: evil, before: [`+${evil}`], after: [`-${evil}`], same: false }
    const shown = reportPage({
      ...FACTS,
      title: evil,
      step: { ...FACTS.step, branch: evil, carry: carryFacts([patch], { diffs: [['1', [diff]]] }) },
    })
    expect(shown).not.toMatch(/<img|<script/i)
    expect(shown.match(/<details/g)?.length).toBe(shown.match(/<\/details>/g)?.length)
  })
  test('the name of the file says the format', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'multiarch-report-'))
    await writeStepReport(join(folder, 'a.html'), FACTS)
    await writeStepReport(join(folder, 'a.md'), FACTS)
    expect(readFileSync(join(folder, 'a.html'), 'utf8')).toBe(page)
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toContain(renderPullRequest(FACTS.step).body)
    removeFolder(folder)
  })
})

const browser = findChromium()

describe.skipIf(browser === undefined)(
  'the report in a real browser (skipped without one: apt-get install chromium)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'multiarch-report-'))
    const file = join(folder, 'report.html')
    writeFileSync(file, reportPage(FACTS))
    afterAll(() => removeFolder(folder))

    test.each([1280, 390])(
      'writes nothing to the console, asks for nothing, and fits a window of %i',
      (width) => {
        const look = lookAt(browser as string, file, width)
        expect(look).toMatchObject({ console: [], requests: [] })
        expect(look.width).toBeLessThanOrEqual(width)
      },
    )
    test('a page that does would be caught', () => {
      const bad = join(folder, 'bad.html')
      writeFileSync(
        bad,
        '<!doctype html><img src="http://127.0.0.1:9/x.png"><script>console.error("no")</script><p style="width:2000px">wide',
      )
      const look = lookAt(browser as string, bad, 390)
      expect(look.console.join('\n')).toContain('no')
      expect(look.requests).toContain('http://127.0.0.1:9/x.png')
      expect(look.width).toBeGreaterThan(390)
    })
  },
)
