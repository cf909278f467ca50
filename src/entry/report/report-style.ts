import { VERDICTS } from '../../core/model/verdict.ts'

/**
 * The style of a report. Light and dark by the reader's own choice; one column on a telephone, where wide things scroll by themselves;
 * prose in lines that can be read, and on paper everything that is folded.
 */
export function reportStyle(): string {
  const hidden = VERDICTS.map((verdict) => `#only-${verdict}:checked ~ .patch:not(.${verdict})`).join(', ')
  return `${OURS}${hidden} { display: none }\n`
}

const OURS = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --page: #fff; --box: #f6f8fa; --line: #d1d9e0; --good: #1a7f37; --bad: #b91c1c; --look: #8a5a00; --link: #0a58ca; --put: #dafbe1; --out: #ffebe9; --put-word: #aceebb; --out-word: #ffcecb }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9aa4af; --page: #0d1117; --box: #161b22; --line: #30363d; --good: #4cc467; --bad: #ff7b72; --look: #e3b341; --link: #79b8ff; --put: #12301d; --out: #3a1618; --put-word: #1f6f35; --out-word: #8e2a2a } }
* { box-sizing: border-box }
html { scroll-padding-top: 0.75rem }
body { margin: 0 auto; padding: 1rem clamp(0.75rem, 3vw, 2rem) 4rem; max-width: 78rem; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
a { color: var(--link) } p, li, summary, h1, h2, h3 { max-width: 61ch } details li, details p { max-width: 59ch }
h1 { font-size: 1.6rem; line-height: 1.25 } h2 { font-size: 1.25rem; max-width: none; margin-top: 2.2rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line) }
h3 { font-size: 1.02rem; margin-top: 1.5rem; max-width: none } h4 { font-size: 0.9rem; margin: 0.5rem 0 0.25rem; color: var(--soft) }
code, pre { font: 0.86em/1.5 ui-monospace, monospace } code { background: var(--box); padding: 0.1em 0.3em; border-radius: 4px }
pre { background: var(--box); border: 1px solid var(--line); border-radius: 6px; padding: 0.6rem 0.8rem; overflow-x: auto; overflow-wrap: normal; tab-size: 4 } pre code { background: none; padding: 0; font-size: 1em }
nav { margin: 1.2rem 0; padding: 0.7rem 1rem; border: 1px solid var(--line); border-radius: 6px; background: var(--box) } nav b { display: block; margin-bottom: 0.2rem } nav ul { margin: 0; padding: 0; list-style: none; columns: 16rem; column-gap: 2rem } nav li { padding: 0.1rem 0; break-inside: avoid }
.wide { overflow-x: auto } .wide table { border-collapse: collapse; font-size: 0.93rem } .wide th, .wide td { border: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: normal } .wide thead th { background: var(--box) }
.wide td code { overflow-wrap: normal; white-space: nowrap }
.grid td:nth-child(n+3) { text-align: center } .grid .checked, .grid .held { color: var(--good) } .grid .fails, .grid .lacks, .grid .wrong { color: var(--bad); font-weight: 700 } .grid th[scope=row] { font-weight: 500 }
.legend, .made { color: var(--soft); font-size: 0.88rem }
li:has(> input[type=checkbox]) { list-style: none } li > input[type=checkbox] { margin: 0 0.35em 0 -1.5em }
details { border: 1px solid var(--line); border-radius: 6px; padding: 0.4rem 0.8rem; margin: 0.6rem 0 } summary { cursor: pointer; font-weight: 600; max-width: none } details[open] > summary { margin-bottom: 0.5rem }
.patch > summary { font-weight: 400 } .patch > summary::marker { color: var(--look) } .patch.clean > summary::marker, .patch.moved > summary::marker { color: var(--good) } .patch.conflict > summary::marker { color: var(--bad) }
.patches > input { position: absolute; opacity: 0 } .patches > label { display: inline-block; margin: 0 0.4rem 0.4rem 0; padding: 0.2rem 0.7rem; border: 1px solid var(--line); border-radius: 2rem; background: var(--box); cursor: pointer; font-size: 0.92rem }
.patches > input:checked + label { border-color: var(--link); color: var(--link); font-weight: 600 } .patches > input:focus-visible + label { outline: 2px solid var(--link); outline-offset: 2px }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 0.6rem } .sides > div { min-width: 0 }
ins, del { text-decoration: none } .diff ins, .change .now { background: var(--put) } .diff del, .change .was { background: var(--out) } .change ins { background: var(--put-word) } .change del { background: var(--out-word) }
.change { border: 1px solid var(--line); border-radius: 6px; overflow: hidden } .change pre { margin: 0; border: 0; border-radius: 0; padding: 0.1rem 0.8rem } .change .none { background: var(--box) }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)) } .pair .now { border-left: 1px solid var(--line) }
.route { max-width: 100%; height: auto } .route .way { stroke: var(--line); stroke-width: 3 } .route circle { fill: var(--page); stroke: var(--soft); stroke-width: 2.5 } .route text { fill: var(--text); font-size: 15px } .route .kubernetes { fill: var(--soft); font-size: 13px }
.route .done circle { fill: var(--soft) } .route .now circle { fill: var(--good); stroke: var(--good) } .route .now .release { font-weight: 700 }
@media (max-width: 46rem) { .wide th, .wide td { padding: 0.25rem 0.4rem } body > ul, body > ol { padding-left: 1.6rem } .pair { grid-template-columns: minmax(0, 1fr) } .pair .now { border-left: 0 } .pair .none { display: none } }
@media print { body { max-width: none; font-size: 11pt } nav, .patches > input, .patches > label { display: none } .patch { display: block !important } details::details-content { content-visibility: visible; display: block; block-size: auto } pre { white-space: pre-wrap; overflow: visible } h2, h3, summary { break-after: avoid } tr { break-inside: avoid } a { color: inherit } }
`
