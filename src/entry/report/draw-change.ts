import { diffWordsWithSpace } from 'diff'
import { diffHtml, escapeHtml, inlineHtml, type DrawChange } from '../../core/explain/blocks/html.ts'
import { code, say } from '../../core/explain/blocks/text.ts'
import { unifiedDiff } from '../../core/text/unified-diff.ts'

/** Beyond this many lines looking for words that changed takes too long, and nobody looks for them. */
const MOST_WORDS = 600

/**
 * The two forms of a patch: what they share once, with little of it around what differs, and what differs side by side. No line that
 * differs is left out.
 */
export const drawChange: DrawChange = ({ path, to, before, after }) => {
  const place = path === to ? code(to) : say`${code(path)} → ${code(to)}`
  if (after.length === 0 && before.length > 0)
    return `<h3>${inlineHtml(say`${place}, as it was written; nothing of it is left to change`)}</h3>\n${diffHtml(before)}`
  const lines = unifiedDiff(before.map(withoutPlace), after.map(withoutPlace))
  const head = `<h3>${inlineHtml(say`${place}, as it was written and as it is now`)}</h3>`
  if (lines.length === 0) return `${head}\n<p>Nothing is left to change.</p>`
  const canCompare = lines.length <= MOST_WORDS
  const shown = runsOf(lines).map((run) =>
    run.kind === 'same' ? `<pre>${escapeHtml(run.lines.join('\n'))}</pre>` : pairHtml(run, canCompare),
  )
  return `${head}\n<div class="change">\n${shown.join('\n')}\n</div>`
}

type Run =
  | { readonly kind: 'same'; readonly lines: string[] }
  | { readonly kind: 'pair'; readonly was: string[]; readonly now: string[] }

/** Lines that both forms have, and lines that stand in each other's place, in turns. */
function runsOf(lines: readonly string[]): readonly Run[] {
  const runs: Run[] = []
  for (const line of lines) {
    const last = runs.at(-1)
    const text = line.slice(1)
    if (line.startsWith('@@') || line.startsWith(' ')) {
      // Between two places that differ lies more that is the same.
      const shown = line.startsWith('@@') ? '⋯' : text
      if (line.startsWith('@@') && !last) continue
      if (last?.kind === 'same') last.lines.push(shown)
      else runs.push({ kind: 'same', lines: [shown] })
      continue
    }
    const pair = last?.kind === 'pair' ? last : { kind: 'pair' as const, was: [], now: [] }
    if (pair !== last) runs.push(pair)
    ;(line.startsWith('-') ? pair.was : pair.now).push(text)
  }
  return runs
}

function pairHtml({ was, now }: Extract<Run, { kind: 'pair' }>, canCompare: boolean): string {
  const isWorded = canCompare && was.length === now.length
  const words = isWorded ? was.map((line, at) => wordsHtml(line, now[at] ?? '')) : []
  const side = (lines: readonly string[], name: 'was' | 'now', at: 0 | 1): string => {
    if (lines.length === 0) return `<pre class="${name} none"></pre>`
    const shown = isWorded ? words.map((each) => each[at]) : lines.map(escapeHtml)
    return `<pre class="${name}">${shown.join('\n')}</pre>`
  }
  return `<div class="pair">${side(was, 'was', 0)}${side(now, 'now', 1)}</div>`
}

/** A line in both forms, with the words in which they differ marked. */
function wordsHtml(was: string, now: string): readonly [string, string] {
  let [left, right] = ['', '']
  for (const { value, added, removed } of diffWordsWithSpace(was, now)) {
    const text = escapeHtml(value)
    if (added) right += `<ins>${text}</ins>`
    else if (removed) left += `<del>${text}</del>`
    else {
      left += text
      right += text
    }
  }
  return [left, right]
}

/** Where a hunk stands differs in every release; what it says is what counts. */
function withoutPlace(line: string): string {
  return line.startsWith('@@') ? '@@' : line
}
