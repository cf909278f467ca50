/** The deepest file of variables of 67 releases has 12 levels; a reader that recurses must not come near the end of the stack. */
export const DEEPEST = 200

/**
 * An upper bound of the nesting: columns that keys start in, and brackets and marks of items that stand open
 * on the way.
 */
export function depthOf(text: string): number {
  const columns = new Set<number>()
  let [open, deepest] = [0, 0]
  for (const line of text.split('\n')) {
    const start = line.search(/\S/)
    if (start < 0) continue
    columns.add(start)
    open += count(line, /[[{]/g) - count(line, /[\]}]/g)
    deepest = Math.max(deepest, open, count(line, /[[{]/g), count(line, /(?:^|\s)[-?](?=\s)/g))
  }
  return Math.max(deepest, columns.size)
}

function count(line: string, pattern: RegExp): number {
  return line.match(pattern)?.length ?? 0
}
