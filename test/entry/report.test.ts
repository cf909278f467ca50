import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { writeStepReport } from '../../src/entry/commands/write-report.ts'
import { lines, list, type Block } from '../../src/core/explain/blocks/block.ts'
import { html, inlineHtml } from '../../src/core/explain/blocks/html.ts'
import { bold, code, ours, quoted, sentence } from '../../src/core/explain/blocks/text.ts'
import { drawChange } from '../../src/entry/report/draw-change.ts'
import { reportPage, type ReportFacts } from '../../src/entry/report/report-page.ts'
import { renderPullRequest } from '../../src/core/explain/texts/render-pull-request.ts'
import { findChromium, lookAt } from '../support/chromium.ts'
import { largeStep } from '../support/large-step.ts'
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
    [{ kind: 'heading', level: 2, text: ours('Head `x`') }, '<h2 id="h-head-x">Head <code>x</code></h2>'],
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
    [
      lines(['@@ x', '-a < b', '-c', '+d', ' e'], 'diff'),
      '<pre class="diff"><code>@@ x\n<del>-a &lt; b\n-c</del>\n<ins>+d</ins>\n e</code></pre>',
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
      '<code>main</code>: Kubespray <code>v2.10.0</code>',
      '<b>Draft: 1 error to fix and 1 conflict to settle in ',
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
      [...page.matchAll(/<(\w+)[^>]*\b(?:src|href)="([^"]*)"/g)]
        // Where a link leads is fetched when somebody goes there.
        .filter(([, tag]) => tag !== 'a')
        .map(([, , target]) => target)
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
  test('has a list of its parts, and every link within it leads somewhere', () => {
    const ids = [...page.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const within = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id)
    expect(within.filter((id) => !ids.includes(id))).toEqual([])
    const headings = [...page.matchAll(/<h2 id="([^"]*)"/g)].map(([, id]) => id)
    expect(headings.length).toBeGreaterThan(5)
    expect(within).toEqual(expect.arrayContaining(headings))
  })
  test('conflicts stand open, all else is folded, and a button a verdict shows those alone', () => {
    const opened = [...page.matchAll(/<details class="patch (\w+)"( open)?>/g)].map(([, verdict, open]) => [
      verdict,
      open !== undefined,
    ])
    expect(opened).toEqual([
      ['upstreamed', false],
      ['adapted', false],
      ['conflict', true],
      ['clean', false],
    ])
    for (const verdict of ['all', 'upstreamed', 'adapted', 'conflict', 'clean'])
      expect(page).toContain(`<input type="radio" name="only" id="only-${verdict}"`)
    expect(page).toContain('#only-conflict:checked ~ .patch:not(.conflict)')
  })
  test('25 patches of 180 lines take less than 600 kB', () => {
    const large = reportPage({ title: 'Kubespray v2.20.0', step: largeStep(25) })
    expect(large.length).toBeLessThan(600_000)
    // The same lines are there all the same.
    expect(large).toContain('memory_limit_24_88')
  })
  test('no line that differs is left out of a change, whatever stands in it', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '<', '&', '-', '+') })
    const form = fc.array(
      fc.tuple(fc.constantFrom('+', '-', ' '), line).map(([sign, text]) => `${sign}${text}x`),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(form, form, (before, after) => {
        const words = [['a'], ['b'], ['c']] as const
        const drawn = drawChange({ words, path: 'p', to: 'p', before, after })
        const textOf = (html: string): string =>
          html
            .replace(/<[^>]*>/g, '')
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&amp;', '&')
        const linesOf = (kind: string): readonly string[] =>
          [...drawn.matchAll(new RegExp(`<pre(?: class="(?:${kind}|diff)")?>([^]*?)</pre>`, 'g'))].flatMap(
            ([, text = '']) => textOf(text).split('\n'),
          )
        for (const [form, kind] of [
          [before, 'was'],
          [after, 'now'],
        ] as const) {
          const other = form === before ? after : before
          const shown = linesOf(kind)
          for (const each of form.filter((text) => !other.includes(text))) expect(shown).toContain(each)
        }
      }),
    )
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
