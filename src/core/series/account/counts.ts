import type { ReadFile } from './changed-runs.ts'

/** How often each line stands in some files. */
export interface Counts {
  of(text: string): number
}

export function countsOf(files: readonly ReadFile[]): Counts {
  const counts = new Map<string, number>()
  for (const { lines } of files) for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return { of: (text) => counts.get(text) ?? 0 }
}

/** How often each text stands among changed lines. */
export function tallied(lines: readonly { readonly text: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { text } of lines) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
