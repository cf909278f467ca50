import type { Sides } from '../model/sides.ts'
import { diff3 } from './diff3.ts'

/**
 * Merges one line word by word: a URL whose version one side changed and whose architecture the other. Words that both
 * changed, or that touch without an unchanged word between, are not settled: `undefined`.
 */
export function mergeWords(sides: Sides<string>): string | undefined {
  const words = (line: string): string[] => line.match(/[A-Za-z0-9_]+|\s+|[^\sA-Za-z0-9_]/g) ?? []
  const merged: string[] = []
  for (const region of diff3({
    base: words(sides.base),
    upstream: words(sides.upstream),
    patch: words(sides.patch),
  })) {
    if (region.kind === 'open') return undefined
    merged.push(...region.lines)
  }
  return merged.join('')
}
