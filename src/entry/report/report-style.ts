import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** The styles of a report: ours, and those of its diffs, taken from the package they come with. */
export function reportStyle(): string {
  const path = createRequire(import.meta.url).resolve('diff2html/bundles/css/diff2html.min.css')
  return `${readFileSync(path, 'utf8')}\n${OURS}`
}

/** Light and dark by the reader's own choice; one column on a telephone, where wide things scroll by themselves. */
const OURS = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --page: #fff; --box: #f6f8fa; --line: #d1d9e0; --good: #1a7f37; --bad: #b91c1c; --look: #8a5a00; --link: #0a58ca }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9aa4af; --page: #0d1117; --box: #161b22; --line: #30363d; --good: #4cc467; --bad: #ff7b72; --look: #e3b341; --link: #79b8ff } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1rem clamp(0.75rem, 3vw, 2rem) 4rem; max-width: 78rem; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.6rem; line-height: 1.25 } h2 { font-size: 1.25rem; margin-top: 2.2rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line) }
h3 { font-size: 1.02rem; margin-top: 1.5rem } h4 { font-size: 0.9rem; margin: 0.5rem 0 0.25rem; color: var(--soft) }
code, pre { font: 0.86em/1.5 ui-monospace, monospace } code { background: var(--box); padding: 0.1em 0.3em; border-radius: 4px }
pre { background: var(--box); border: 1px solid var(--line); border-radius: 6px; padding: 0.6rem 0.8rem; overflow-x: auto; overflow-wrap: normal } pre code { background: none; padding: 0 }
.wide { overflow-x: auto } .wide table { border-collapse: collapse; font-size: 0.93rem } .wide th, .wide td { border: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: normal } .wide thead th { background: var(--box) }
.wide td code { overflow-wrap: normal; white-space: nowrap }
.grid td:nth-child(n+3) { text-align: center } .grid .checked, .grid .held { color: var(--good) } .grid .fails, .grid .lacks, .grid .wrong { color: var(--bad); font-weight: 700 } .grid th[scope=row] { font-weight: 500 }
.legend, .made { color: var(--soft); font-size: 0.88rem }
details { border: 1px solid var(--line); border-radius: 6px; padding: 0.4rem 0.8rem; margin: 0.6rem 0 } summary { cursor: pointer; font-weight: 600 } details[open] > summary { margin-bottom: 0.5rem }
.patch > summary { font-weight: 400 } .patch > summary::marker { color: var(--look) } .patch.clean > summary::marker, .patch.moved > summary::marker { color: var(--good) } .patch.conflict > summary::marker { color: var(--bad) }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 0.6rem } .sides > div { min-width: 0 }
.route { max-width: 100%; height: auto } .route .way { stroke: var(--line); stroke-width: 3 } .route circle { fill: var(--page); stroke: var(--soft); stroke-width: 2.5 } .route text { fill: var(--text); font-size: 15px } .route .kubernetes { fill: var(--soft); font-size: 13px }
.route .done circle { fill: var(--soft) } .route .now circle { fill: var(--good); stroke: var(--good) } .route .now .release { font-weight: 700 }
.d2h-wrapper { font-size: 13px; overflow-wrap: normal } .d2h-file-header { display: none } .d2h-code-line-ctn { overflow-wrap: normal }
.d2h-file-side-diff { overflow-x: auto; overflow-y: hidden } .d2h-file-wrapper { position: relative }
@media (max-width: 46rem) { .wide th, .wide td { padding: 0.25rem 0.4rem } body > ul, body > ol { padding-left: 1.2rem } .d2h-files-diff { display: block } .d2h-file-side-diff { display: block; width: 100%; margin: 0 } .d2h-file-side-diff + .d2h-file-side-diff { border-top: 1px solid var(--line) } }
@media print { details { break-inside: avoid } }
`
