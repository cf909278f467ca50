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

/**
 * What a body is to be rewritten to, with the ticks that people gave it; nothing where it says the same already. GitHub gives bodies
 * back with its own line ends, and without the last one.
 */
export function newBody(before: string, text: string): string | undefined {
  const body = keepTicks(before, text)
  const plain = before.replaceAll('\r\n', '\n').replaceAll('- [X] ', '- [x] ')
  return plain.trim() === body.trim() ? undefined : body
}

const OPEN = /^\s*- \[ \] /

function entryOf(line: string): string {
  return line
    .replace(/\]\([^()]*\)/g, ']')
    .replace(/^\s*- \[.\] /, '')
    .trimEnd()
}
