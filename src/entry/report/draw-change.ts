import { html } from 'diff2html'
import { inlineHtml, type DrawChange } from '../../core/explain/blocks/html.ts'
import { code, say } from '../../core/explain/blocks/text.ts'
import { unifiedDiff } from '../../core/text/unified-diff.ts'

/** Beyond this many lines looking for words that changed takes too long, and nobody looks for them. */
const MOST_WORDS = 600

/** The two forms of a patch side by side, each line of it a line. */
export const drawChange: DrawChange = ({ path, to, before, after }) => {
  const place = path === to ? code(to) : say`${code(path)} → ${code(to)}`
  const head = `<h3>${inlineHtml(say`${place}, as it was written beside as it is now`)}</h3>`
  const lines = unifiedDiff(before.map(withoutPlace), after.map(withoutPlace))
  if (lines.length === 0) return `${head}\n<p>Nothing is left to change.</p>`
  const name = (text: string): string => text.replace(/[\r\n\t]/g, ' ')
  const text =
    [`--- ${name(path)} (as it was written)`, `+++ ${name(to)} (on the release)`, ...lines].join('\n') + '\n'
  const drawn = html(text, {
    outputFormat: 'side-by-side',
    drawFileList: false,
    matching: lines.length > MOST_WORDS ? 'none' : 'lines',
    colorScheme: 'auto' as never,
  })
  return `${head}\n${drawn}`
}

/** Where a hunk stands differs in every release; what it says is what counts. */
function withoutPlace(line: string): string {
  return line.startsWith('@@') ? '@@' : line
}
