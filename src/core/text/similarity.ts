/**
 * How alike two texts are, from 0 to 1: the share of the larger one's bytes that stands in lines both have, each line
 * counted as often as both have it (git's `diffcore_count_changes` asks the same of chunks).
 */
export function similarity(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>()
  let sizeA = 0
  for (const line of a) {
    counts.set(line, (counts.get(line) ?? 0) + 1)
    sizeA += line.length
  }
  let shared = 0
  let sizeB = 0
  for (const line of b) {
    sizeB += line.length
    const left = counts.get(line) ?? 0
    if (left === 0) continue
    counts.set(line, left - 1)
    shared += line.length
  }
  const larger = Math.max(sizeA, sizeB)
  return larger === 0 ? 1 : shared / larger
}
