import type { Architecture } from '../model/architecture.ts'
import { wordsIn } from './words-in.ts'

const LABEL = 'kubernetes.io/arch'

/** The one architecture that a manifest ties its pods to, with its line from 0. `nodeSelector` as `kubernetes.io/arch: amd64`, or an affinity whose values follow within a few lines. */
export function pinIn(
  lines: readonly string[],
): { readonly line: number; readonly architecture: Architecture } | undefined {
  for (const [index, line] of lines.entries()) {
    if (!/kubernetes\.io\/arch\b/.test(line)) continue
    const same = wordsIn(line.slice(line.lastIndexOf(LABEL) + LABEL.length).replace(/^["']?\s*:?/, ''))
    const below = /\bkey:/.test(line) ? lines.slice(index, index + 5).flatMap((each) => wordsIn(each)) : []
    const architectures = new Set([...same, ...below].map((each) => each.architecture))
    const [only] = architectures
    if (architectures.size === 1 && only) return { line: index, architecture: only }
  }
  return undefined
}
