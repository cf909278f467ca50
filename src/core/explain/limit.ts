/** GitHub takes 65,536 characters; what it adds while rendering, and what others quote, want room. */
const MOST = 58_000

/** A text that fits into a body; what is beyond is cut at a line and said to be. The end (our marks) stays. */
export function withinLimit(text: string, end = ''): string {
  if (text.length + end.length <= MOST) return text + end
  const room = MOST - end.length - NOTE.length
  const cut = text.slice(0, text.lastIndexOf('\n', room) > 0 ? text.lastIndexOf('\n', room) : room)
  // A block of code or a fold that lost its end would swallow the rest.
  const fences = [...cut.matchAll(/^(`{3,}|~{3,})/gm)]
  const open = fences.length % 2 === 1 ? `\n${fences.at(-1)?.[1]}` : ''
  const folds = count(cut, '<details>') - count(cut, '</details>')
  return `${cut}${open}${'\n</details>'.repeat(Math.max(0, folds))}${NOTE}${end}`
}

const NOTE = '\n\n*This is longer than a comment may be, so the rest is cut off.*\n\n'

function count(text: string, part: string): number {
  return text.split(part).length - 1
}
