/** A text as code inside of a sentence: behind as many backticks as it takes for those in it to be no end. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = /^`|`$|^ .* $|^$/s.test(text) ? ' ' : ''
  return `${fence}${pad}${text}${pad}${fence}`
}

/** A sentence cut into what is said and what is code in it, in turns: code ends at as many backticks as it began with. */
export function splitCode(sentence: string): readonly string[] {
  const runs = [...sentence.matchAll(/`+/g)].map(({ 0: { length }, index }) => ({ length, index }))
  const closings = closingsOf(runs.map(({ length }) => length))
  const pieces: string[] = []
  let rest = 0
  for (let at = 0; at < runs.length; at++) {
    const closing = closings[at]
    const [open, close] = [runs[at], closing === undefined ? undefined : runs[closing]]
    if (!open || !close || closing === undefined) continue
    const code = sentence.slice(open.index + open.length, close.index)
    const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== ''
    pieces.push(sentence.slice(rest, open.index), isPadded ? code.slice(1, -1) : code)
    rest = close.index + close.length
    at = closing
  }
  return [...pieces, sentence.slice(rest)]
}

/** For each run of backticks the next one of its length. */
function closingsOf(lengths: readonly number[]): readonly (number | undefined)[] {
  const next = new Map<number, number>()
  return lengths
    .map((length, at) => ({ length, at }))
    .toReversed()
    .map(({ length, at }) => {
      const closing = next.get(length)
      next.set(length, at)
      return closing
    })
    .toReversed()
}
