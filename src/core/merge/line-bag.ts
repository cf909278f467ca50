/** Lines counted, order forgotten: what two changes have in common can be asked of bags. */
export type LineBag = ReadonlyMap<string, number>

/** How much a line says: closing brackets, `---`, `else` and blanks stand everywhere and prove nothing. */
export function lineWeight(line: string): number {
  const letters = line.replace(/[^A-Za-z0-9]/g, '').length
  if (letters === 0) return 0
  return letters < 6 ? 0.2 : 1
}

/** The lines of `lines` beyond those of `without`: what a change moves is neither put in nor taken away. */
export function bagOf(lines: readonly string[], without: readonly string[] = []): LineBag {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  for (const line of without) {
    const left = counts.get(line)
    if (left === undefined) continue
    if (left === 1) counts.delete(line)
    else counts.set(line, left - 1)
  }
  return counts
}

export function bagWeight(bag: LineBag): number {
  let sum = 0
  for (const [line, times] of bag) sum += lineWeight(line) * times
  return sum
}

/** The weight of what two bags share. */
export function sharedWeight(a: LineBag, b: LineBag): number {
  if (a.size > b.size) return sharedWeight(b, a)
  let sum = 0
  for (const [line, times] of a) {
    const others = b.get(line)
    if (others !== undefined) sum += lineWeight(line) * Math.min(times, others)
  }
  return sum
}
