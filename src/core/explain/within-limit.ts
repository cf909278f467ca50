/** GitHub takes 65,536 characters; what it adds while rendering, and what others quote, want room. */
export const MOST = 58_000

/** A text that fits into a body; what is beyond is cut at a line and said to be. The end (our marks) stays. */
export function withinLimit(text: string, end = '', most = MOST): string {
  if (text.length + end.length <= most) return text + end
  const room = most - end.length - NOTE.length
  for (let length = room; length > 0;) {
    const cut = cutAt(text, length)
    const closing = closingOf(cut)
    if (cut.length + closing.length <= room) return `${cut}${closing}${NOTE}${end}`
    length = Math.min(length - closing.length, cut.length - 1)
  }
  return `${NOTE}${end}`
}

const NOTE = '\n\n*This is longer than a comment may be, so the rest is cut off.*\n\n'

/** At a line break, else between two characters. */
function cutAt(text: string, length: number): string {
  const line = text.lastIndexOf('\n', length)
  const cut = text.slice(0, line > 0 ? line : length)
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut
}

/** A block of code or a fold that lost its end would swallow the rest. */
function closingOf(cut: string): string {
  let fence: string | undefined
  let folds = 0
  for (const line of cut.split('\n')) {
    const run = /^\s*(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence === undefined && run !== undefined) fence = run
    else if (fence !== undefined && run?.startsWith(fence) && line.trim() === run) fence = undefined
    else if (fence === undefined) folds += count(line, '<details>') - count(line, '</details>')
  }
  return `${fence === undefined ? '' : `\n${fence}`}${'\n</details>'.repeat(Math.max(0, folds))}`
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}
