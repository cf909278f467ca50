import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

/** A text of ours as GitHub shows it under its title: a pull request or an issue, in the column that a window of 1280 pixels leaves it. */
export function githubPage(title: string, markdown: string): string {
  const body = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  })
  // A picture is drawn by a script of GitHub's, in a frame about this high.
  const drawn = body.replace(
    /<pre><code class="language-mermaid">[^]*?<\/code><\/pre>/g,
    '<div class="mermaid">a picture</div>',
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${STYLE}</style>
<h1>${micromark(title).replace(/<\/?p>/g, '')}</h1><article>${placed(drawn)}</article></html>`
}

/** GitHub's own prefix for the names of places. */
function placed(html: string): string {
  return html.replace(/<a name="([\w-]+)">/g, '<a id="user-content-$1">')
}

/** GitHub's measures and colours, of their style in 2026, as far as they decide where something stands. */
const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --page: #fff; --box: #f6f8fa; --line: #d1d9e0; --link: #0969da }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --soft: #9198a1; --page: #0d1117; --box: #151b23; --line: #3d444d; --link: #4493f8 } }
* { box-sizing: border-box }
body { margin: 0; padding: 16px 32px; background: var(--page); color: var(--text); font: 14px/1.5 -apple-system, system-ui, "Noto Sans", Helvetica, Arial, sans-serif; word-wrap: break-word }
body > h1 { margin: 0 0 16px; font-size: 32px; font-weight: 400; line-height: 1.25 } article { max-width: 840px; padding: 16px; border: 1px solid var(--line); border-radius: 6px }
article > :first-child { margin-top: 0 !important } a { color: var(--link); text-decoration: underline }
p, ul, ol, table, pre, details { margin: 0 0 16px } ul, ol { padding-left: 2em } li + li { margin-top: 0.25em } li > ul, li > ol { margin: 0 }
h2 { margin: 24px 0 16px; padding-bottom: 0.3em; border-bottom: 1px solid var(--line); font-size: 1.5em; line-height: 1.25 } h3 { margin: 24px 0 16px; font-size: 1.25em; line-height: 1.25 }
code { padding: 0.2em 0.4em; font: 85% ui-monospace, monospace; background: var(--box); border-radius: 6px } pre { padding: 16px; overflow: auto; background: var(--box); border-radius: 6px; line-height: 1.45 } pre code { padding: 0; background: none }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse } th, td { padding: 6px 13px; border: 1px solid var(--line) } tr:nth-child(2n) { background: var(--box) }
li:has(> input) { list-style: none } li > input { margin: 0 0.2em 0.25em -1.4em; vertical-align: middle }
.mermaid { height: 320px; margin-bottom: 16px; border: 1px solid var(--line); color: var(--soft) }
@media (max-width: 767px) { body { padding: 16px } body > h1 { font-size: 26px } }
`
