/**
 * A text of ours with the boxes ticked that somebody ticked in the one before it. An entry is the same where its words are, wherever
 * its links lead by now; what is new, or says something else, is open.
 */
export function keepTicks(before: string, text: string): string {
  const ticked = new Set(
    before
      .split(/\r?\n/)
      .filter((line) => /^\s*- \[x\] /i.test(line))
      .map(entryOf),
  )
  if (ticked.size === 0) return text
  return text
    .split('\n')
    .map((line) => (OPEN.test(line) && ticked.has(entryOf(line)) ? line.replace('[ ]', '[x]') : line))
    .join('\n')
}

const OPEN = /^\s*- \[ \] /

function entryOf(line: string): string {
  return line
    .replace(/\]\([^()]*\)/g, ']')
    .replace(/^\s*- \[.\] /, '')
    .trimEnd()
}
