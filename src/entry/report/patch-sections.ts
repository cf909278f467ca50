import { html } from 'diff2html'
import { groupFiles } from '../../core/explain/group-files.ts'
import type { CarryFacts } from '../../core/explain/pull-request-facts.ts'
import { short, type Oid } from '../../core/model/oid.ts'
import type { FileOutcome, OpenRegion } from '../../core/model/verdict.ts'
import type { CarriedPatch } from '../../core/series/carried-series.ts'
import type { PatchDiff } from '../../core/series/patch-diff.ts'
import { unifiedDiff } from '../../core/text/unified-diff.ts'
import { escapeHtml, inlineHtml } from './escape-html.ts'

/** Every patch: what became of each file and why, the sides of what is open, and what it was beside what it is. */
export function patchSections({ carried, diffs, upstream }: CarryFacts): string {
  if (carried.patches.length === 0) return ''
  const parts = carried.patches.map((each, index) =>
    patchSection(each, { number: index + 1, diffs: diffs.get(each.patch.id) ?? [], upstream }),
  )
  return `<h2>Each patch, before and after</h2>\n${parts.join('\n')}`
}

interface Context {
  readonly number: number
  readonly diffs: readonly PatchDiff[]
  readonly upstream: ReadonlyMap<Oid, string>
}

function patchSection(
  { patch, verdict, files, cause }: CarriedPatch,
  { number, diffs, upstream }: Context,
): string {
  const open = verdict === 'clean' || verdict === 'moved' ? '' : ' open'
  const from = patch.commits.map(short).join(', ')
  const follows = cause
    ? `<p>It follows from the conflict of “${escapeHtml(cause.title)}”: settle that one first.</p>`
    : ''
  return `<details class="patch" id="patch-${number}"${open}>
<summary><span class="number">${number}</span> ${escapeHtml(patch.title)} <span class="verdict ${verdict}">${verdict}</span></summary>
<p>From <code>${from}</code> by ${escapeHtml(patch.author.name)}.</p>
${follows}
${fileList(files, upstream)}
${files.flatMap((file) => (file.regions ?? []).map((region) => regionHtml(file, region))).join('\n')}
${diffs.map(diffHtml).join('\n')}
</details>`
}

function fileList(files: readonly FileOutcome[], upstream: ReadonlyMap<Oid, string>): string {
  const items = groupFiles(files).map(({ places, verdict, reason, upstream: by }) => {
    // A reason that names the commit itself needs no second mention.
    const unnamed = by.filter((oid) => !reason.includes(oid.slice(0, 7)))
    const evidence = unnamed.map((oid) => `${short(oid)} (${upstream.get(oid) ?? 'upstream'})`).join(', ')
    const told = evidence === '' ? '' : ` Upstream: ${escapeHtml(evidence)}`
    const where = places.map((place) => `<code>${escapeHtml(place)}</code>`).join(', ')
    return `<li>${where}: <b>${verdict}</b>. ${inlineHtml(reason)}${told}</li>`
  })
  return `<ul>\n${items.join('\n')}\n</ul>`
}

function regionHtml({ to }: FileOutcome, { line, key, sides, suggestion }: OpenRegion): string {
  const place = key === undefined ? `line ${line}` : `line ${line}, ${key}`
  const side = (name: string, text: string): string =>
    `<div><h4>${name}</h4><pre><code>${text === '' ? '<i>nothing</i>' : escapeHtml(text.replace(/\n$/, ''))}</code></pre></div>`
  return `<h3>Open in <code>${escapeHtml(to)}</code>, ${escapeHtml(place)}</h3>
<div class="sides">
${side('As the patch found it', sides.base)}
${side('As the release has it', sides.upstream)}
${side('As the patch wants it', sides.patch)}
</div>
${suggestion === undefined ? '' : side('What I would write', suggestion)}`
}

const HIDDEN: Readonly<Record<NonNullable<PatchDiff['hidden']>, string>> = {
  binary: 'not text, so there is no difference to show',
  long: 'too long to show here',
  private: 'an inventory, which I do not quote',
}

/** The same lines as before are shown once; else the two forms of the patch stand side by side, each line of it a line. */
function diffHtml({ path, to, before, after, same, hidden }: PatchDiff): string {
  if (hidden) return `<p><code>${escapeHtml(to)}</code>: ${HIDDEN[hidden]}.</p>`
  const place = path === to ? escapeHtml(to) : `${escapeHtml(path)} → ${escapeHtml(to)}`
  if (same) return `<h3><code>${place}</code>, the same lines as before</h3>\n${sideBySide(path, to, after)}`
  const range = unifiedDiff(before.map(withoutPlace), after.map(withoutPlace))
  return `<h3><code>${place}</code>, as it was written beside as it is now</h3>\n${sideBySide(`${path} (as it was written)`, `${to} (on the release)`, range)}`
}

/** Where a hunk stands differs in every release; what it says is what counts. */
function withoutPlace(line: string): string {
  return line.startsWith('@@') ? '@@' : line
}

/** Beyond this many lines looking for words that changed takes too long, and nobody looks for them. */
const MOST_WORDS = 600

function sideBySide(from: string, to: string, lines: readonly string[]): string {
  if (lines.length === 0) return '<p>Nothing is left to change.</p>'
  const name = (text: string): string => text.replace(/[\r\n\t]/g, ' ')
  const text = [`--- ${name(from)}`, `+++ ${name(to)}`, ...lines].join('\n') + '\n'
  return html(text, {
    outputFormat: 'side-by-side',
    drawFileList: false,
    matching: lines.length > MOST_WORDS ? 'none' : 'lines',
    colorScheme: 'auto' as never,
  })
}
